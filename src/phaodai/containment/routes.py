"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, path

from phaodai.containment.pages import deciding, maps, unit

urlpatterns: list[URLPattern] = [
    path("", maps.levels, name="containment"),
    path("cap-do.json", maps.feed, name="containment-feed"),
    path("tinh-lai", maps.assess, name="containment-assess"),
    path("don-vi/<int:pk>", unit.unit, name="containment-unit"),
    path("de-xuat/ky", deciding.decide_together, name="containment-decide-together"),
    path("de-xuat/<int:pk>/ky", deciding.decide, name="containment-decide"),
    path("de-xuat/<int:pk>/tra-lai", deciding.send_back, name="containment-send-back"),
    path("de-xuat/<int:pk>/bao-dan", deciding.announce, name="containment-announce"),
]
