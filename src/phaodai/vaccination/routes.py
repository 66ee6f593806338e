"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, path

from phaodai.vaccination.pages import (
    doses_desk,
    doses_phone,
    events,
)

urlpatterns: list[URLPattern | URLResolver] = []

# The vaccinating tables and the desk behind them.
urlpatterns += [
    path("buoi/<int:pk>/tiem/", doses_phone.app, name="dose-phone"),
    path("buoi/<int:pk>/tiem/danh-sach", doses_phone.held, name="dose-phone-held"),
    path("buoi/<int:pk>/tiem/may-phu.js", doses_phone.worker, name="dose-phone-worker"),
    path("buoi/<int:pk>/tiem/<slug:name>", doses_phone.deed, name="dose-phone-deed"),
    path("may/dang-xuat", doses_phone.leave, name="dose-phone-leave"),
    path("nghi-ngo", doses_desk.doubts, name="dose-doubts"),
    path("danh-tinh", doses_desk.identities, name="dose-identities"),
    path("bang-mui-tiem", doses_desk.sheets, name="dose-sheets"),
    path("viec/<slug:name>/<int:pk>", doses_desk.deed, name="dose-deed"),
    path("phan-ung", events.reactions, name="dose-reactions"),
    path("phan-ung/<slug:name>/<int:pk>", events.deed, name="dose-reaction-deed"),
]
