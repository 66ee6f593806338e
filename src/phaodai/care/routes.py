"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, URLResolver, path

from phaodai.care.pages import home, home_deeds, home_family, home_new, home_one, mobile

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-nha", home.home, name="care-home"),
    path("tai-nha/bat-dau", home_new.new, name="care-home-new"),
    path("tai-nha/<int:pk>", home_one.one, name="care-home-one"),
    path("tai-nha/<int:pk>/viec", home_deeds.deed, name="care-home-deed"),
    path("gia-dinh/<slug:reference>", home_family.family, name="care-home-family"),
    path("luu-dong", mobile.stations, name="mobile-stations"),
    path("luu-dong/<int:pk>", mobile.station, name="mobile-station"),
]
