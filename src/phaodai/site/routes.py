"""Every address of the program. The only place that mounts pages."""

from django.urls import include, path
from django.views.i18n import set_language

from phaodai.containment.routes import announcements, journeys
from phaodai.foundation.registers.layout_pages import layout_pages
from phaodai.foundation.registers.pages import pages_of
from phaodai.site import pages, today
from phaodai.site.api import api
from phaodai.site.registers import REGISTERS
from phaodai.supply.routes import published
from phaodai.vaccination.routes import verifications

_ROOM_PATHS = {
    "command": "chi-huy/",
    "containment": "khoanh-vung/",
    "surveillance": "giam-sat/",
    "care": "cuu-chua/",
    "vaccination": "tiem-chung/",
    "supply": "hau-can/",
    "foresight": "du-bao/",
}

urlpatterns = [
    path("", pages.home, name="home"),
    path("suc-khoe", pages.healthy, name="healthy"),
    path("hom-nay", today.today, name="today"),
    path("tim", pages.search, name="search"),
    path("tim/goi-y", pages.suggest, name="suggest"),
    path("khung-nhin/", include(layout_pages(REGISTERS))),
    path("ngon-ngu", set_language, name="set_language"),
    path("tai-khoan/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("dia-ban/", include("phaodai.territory.routes")),
    path("luat/", include("phaodai.rulebook.routes")),
    path("chi-huy/", include("phaodai.command.routes")),
    path("khoanh-vung/", include("phaodai.containment.routes")),
    path("khai-bao-di-lai/", include(journeys)),
    path("bao-to-chuc/", include(announcements)),
    path("cong-khai/", include(published)),
    path("xac-minh-chung-nhan/", include(verifications)),
    path("du-bao/", include("phaodai.foresight.routes")),
    path("cuu-chua/", include("phaodai.care.routes")),
    path("tiem-chung/", include("phaodai.vaccination.routes")),
    path("hau-can/", include("phaodai.supply.routes")),
    path("viec-noi-tiep/", include("phaodai.playbook.routes")),
    path("giam-sat/", include("phaodai.people.routes")),
    path("giam-sat/", include("phaodai.surveillance.routes")),
    *(path(_ROOM_PATHS[register.room], include(pages_of(register))) for register in REGISTERS),
]

handler400 = "phaodai.site.failures.bad_request"
handler403 = "phaodai.site.failures.forbidden"
handler404 = "phaodai.site.failures.not_found"
handler500 = "phaodai.site.failures.failed"
