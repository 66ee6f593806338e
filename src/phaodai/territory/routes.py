"""Addresses of this context, below /dia-ban/."""

from django.urls import path

from phaodai.territory.pages import browsing, feeds, units

urlpatterns = [
    path("", browsing.browse, name="territory"),
    path("tim.json", feeds.suggest, name="territory-suggest"),
    path("ban-do.json", feeds.country_map, name="territory-map"),
    path("<int:pk>/", units.unit, name="territory-unit"),
    path("<int:pk>/ban-do.json", feeds.unit_map, name="territory-unit-map"),
]
