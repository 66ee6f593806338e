"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, path

from phaodai.care.pages import (
    facilities,
    facilities_board,
    facilities_deeds,
    facilities_report,
    home,
    home_deeds,
    home_family,
    home_new,
    home_one,
    inside,
    mobile,
    patients,
    patients_death,
    patients_deeds,
    patients_new,
    patients_severe,
    rosters,
    rosters_deeds,
    transfers,
    transfers_one,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", facilities_board.board, name="care"),
    path("co-so/moi", facilities.new, name="care-facility-new"),
    path("co-so/<int:pk>", facilities.facility, name="care-facility"),
    path("co-so/<int:pk>/viec", facilities_deeds.deed, name="care-facility-deed"),
    path("co-so/<int:pk>/bao-cao", facilities_report.report, name="care-bed-report"),
    path("truc", rosters.people, name="care-people"),
    path("truc/viec", rosters_deeds.deed, name="care-people-deed"),
    path("truc/xep-ca", rosters.new, name="care-roster-new"),
    path("tai-nha", home.home, name="care-home"),
    path("tai-nha/bat-dau", home_new.new, name="care-home-new"),
    path("tai-nha/<int:pk>", home_one.one, name="care-home-one"),
    path("tai-nha/<int:pk>/viec", home_deeds.deed, name="care-home-deed"),
    path("gia-dinh/<slug:reference>", home_family.family, name="care-home-family"),
    path("luu-dong", mobile.stations, name="mobile-stations"),
    path("luu-dong/<int:pk>", mobile.station, name="mobile-station"),
]

urlpatterns += [
    path("dieu-tri/moi", patients_new.new, name="care-patient-new"),
    path("dieu-tri/<int:pk>", patients.patient, name="care-patient"),
    path("dieu-tri/<int:pk>/viec", patients_deeds.deed, name="care-patient-deed"),
    path("dieu-tri/<int:pk>/tu-vong", patients_death.review, name="care-death-review"),
    path("ca-nang", patients_severe.severe, name="care-severe"),
    path("chuyen-tuyen", transfers.board, name="care-transfers"),
    path("chuyen-tuyen/<int:pk>", transfers_one.transfer, name="care-transfer"),
    path("chuyen-tuyen/<int:pk>/viec", transfers_one.deed, name="care-transfer-deed"),
    path("nhiem-ben-trong", inside.inside, name="care-inside"),
]
