"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, path

from phaodai.foresight.pages import evaluation, overview, unit

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="foresight"),
    path("danh-gia", evaluation.evaluation, name="foresight-evaluation"),
    path("<int:pk>", unit.unit, name="foresight-unit"),
]
