"""Addresses of testing, below /giam-sat/xet-nghiem."""

from django.urls import URLPattern, path

from phaodai.surveillance.pages import (
    testing_campaigns,
    testing_labels,
    testing_laboratory,
    testing_overview,
    testing_table,
)

urlpatterns: list[URLPattern] = [
    path("xet-nghiem", testing_overview.testing, name="surveillance-testing"),
    path("xet-nghiem/dot/moi", testing_campaigns.new, name="surveillance-campaign-new"),
    path("xet-nghiem/dot/<int:pk>", testing_campaigns.campaign, name="surveillance-campaign"),
    path("xet-nghiem/dot/<int:pk>/vong-sau", testing_campaigns.again, name="surveillance-campaign-again"),
    path("xet-nghiem/dot/<int:pk>/dong", testing_campaigns.close, name="surveillance-campaign-close"),
    path("xet-nghiem/nhan", testing_labels.add, name="surveillance-labels-add"),
    path("xet-nghiem/nhan/<int:pk>", testing_labels.sheet, name="surveillance-labels"),
    path("xet-nghiem/lay-mau", testing_table.take, name="surveillance-sample-take"),
    path("xet-nghiem/lay-mau/gui", testing_table.send, name="surveillance-samples-send"),
    path("xet-nghiem/lay-mau/<int:pk>/doc", testing_table.read_rapid, name="surveillance-rapid-read"),
    path("xet-nghiem/lay-mau/<int:pk>/bo", testing_table.drop, name="surveillance-sample-drop"),
    path("xet-nghiem/mau-gop", testing_overview.pools, name="surveillance-pools"),
    path("xet-nghiem/ket-qua", testing_overview.results, name="surveillance-results"),
    path("xet-nghiem/ket-qua/da-xem", testing_overview.see, name="surveillance-results-seen"),
    path("xet-nghiem/ong/<int:pk>/loai", testing_laboratory.reject, name="surveillance-sample-reject"),
    path("xet-nghiem/phong/<int:pk>", testing_laboratory.laboratory, name="surveillance-laboratory"),
    path("xet-nghiem/phong/<int:pk>/nhan", testing_laboratory.receive, name="surveillance-laboratory-receive"),
    path("xet-nghiem/phong/<int:pk>/chay", testing_laboratory.start, name="surveillance-laboratory-start"),
    path("xet-nghiem/phong/<int:pk>/tra-loi", testing_laboratory.answer, name="surveillance-laboratory-answer"),
    path("xet-nghiem/phong/<int:pk>/bang", testing_laboratory.sheet, name="surveillance-laboratory-sheet"),
]
