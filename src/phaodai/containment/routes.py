"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, include, path

from phaodai.containment.pages import (
    arrivals,
    arrivals_groups,
    checkpoints,
    checkpoints_phone,
    deciding,
    declarations,
    maps,
    sites,
    sites_board,
    sites_deeds,
    sites_today,
    stays,
    stays_admit,
    stays_deeds,
    stays_home,
    stays_rules,
    unit,
)

quarantine: list[URLPattern] = [
    path("", sites_board.board, name="quarantine"),
    path("khu/moi", sites.new, name="quarantine-site-new"),
    path("khu/<int:pk>", sites.site, name="quarantine-site"),
    path("khu/<int:pk>/viec", sites_deeds.deed, name="quarantine-site-deed"),
    path("khu/<int:pk>/hom-nay", sites_today.today, name="quarantine-today"),
    path("khu/<int:pk>/nhan", stays_admit.new, name="quarantine-admit"),
    path("nguoi/<int:pk>", stays.stay, name="quarantine-stay"),
    path("nguoi/<int:pk>/viec", stays_deeds.deed, name="quarantine-stay-deed"),
    path("nguoi/<int:pk>/bien-cua", stays.door_sign, name="quarantine-door-sign"),
    path("tai-nha/moi", stays_home.new, name="quarantine-home"),
    path("doi-quy-dinh", stays_rules.change, name="quarantine-rules"),
    path("giay-xac-nhan", sites_deeds.certify, name="quarantine-certify"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("cach-ly/", include(quarantine)),
    path("", maps.levels, name="containment"),
    path("cap-do.json", maps.feed, name="containment-feed"),
    path("tinh-lai", maps.assess, name="containment-assess"),
    path("don-vi/<int:pk>", unit.unit, name="containment-unit"),
    path("de-xuat/ky", deciding.decide_together, name="containment-decide-together"),
    path("de-xuat/<int:pk>/ky", deciding.decide, name="containment-decide"),
    path("de-xuat/<int:pk>/tra-lai", deciding.send_back, name="containment-send-back"),
    path("de-xuat/<int:pk>/bao-dan", deciding.announce, name="containment-announce"),
    path("nguoi-den/viec", arrivals.work, name="containment-arrivals-work"),
    path("nguoi-den/<int:pk>/ho-so", arrivals.arrival, name="containment-arrival"),
    path("nguoi-den/<int:pk>/hoi-lai", arrivals.ask_again, name="containment-arrival-again"),
    path("nguoi-den/<int:pk>/quyet-dinh", arrivals.decide, name="containment-arrival-decide"),
    path("nguoi-den/<int:pk>/den-tham", arrivals.visit, name="containment-arrival-visit"),
    path("nguoi-den/<int:pk>/vao-noi-cach-ly", arrivals.place, name="containment-arrival-place"),
    path("nguoi-den/<int:pk>/het-cach-ly", arrivals.end, name="containment-arrival-end"),
    path("theo-doi-sau-den/<int:pk>/hom-nay", arrivals.watch, name="containment-monitoring-watch"),
    path("theo-doi-sau-den/<int:pk>/dung", arrivals.stop, name="containment-monitoring-stop"),
    path("chot/<int:pk>/ho-so", checkpoints.checkpoint, name="containment-checkpoint"),
    path("chot/<int:pk>/ca-truc", checkpoints.duty, name="containment-checkpoint-duty"),
    path("chot/<int:pk>/dong", checkpoints.close, name="containment-checkpoint-close"),
    path("chot/<int:pk>/dien-thoai", checkpoints_phone.phone, name="containment-checkpoint-phone"),
    path("chot/<int:pk>/ghi", checkpoints_phone.record, name="containment-checkpoint-record"),
    path("xe-den", arrivals_groups.groups, name="containment-groups"),
    path("xe-den/<int:pk>", arrivals_groups.group, name="containment-group"),
]

# Behind the public door, at an address that fits on a poster.
journeys: list[URLPattern] = [
    path("", declarations.declare_journey, name="declare-journey"),
    path("tra-cuu", declarations.find_declaration, name="declaration-find"),
    path("<str:reference>", declarations.declaration, name="declaration"),
]
