"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, path

from phaodai.surveillance.pages import case_new, cases, chains, laboratory, transmissions

urlpatterns: list[URLPattern] = [
    path("ca-benh/moi", case_new.new, name="surveillance-case-new"),
    path("ca-benh/<int:pk>", cases.case, name="surveillance-case"),
    path("ca-benh/<int:pk>/cach-ly", cases.isolate, name="surveillance-case-isolate"),
    path("ca-benh/<int:pk>/ket-thuc", cases.close, name="surveillance-case-close"),
    path("ca-benh/<int:pk>/tom-tat", chains.brief, name="surveillance-case-brief"),
    path("ca-benh/<int:pk>/mau", laboratory.add_sample, name="surveillance-test-add"),
    path("mau/<int:pk>/ket-qua", laboratory.answer, name="surveillance-test-answer"),
    path("ca-benh/<int:pk>/nguon", transmissions.link, name="surveillance-link"),
    path("moi-noi/<int:pk>/rut", transmissions.unlink, name="surveillance-unlink"),
    path("chuoi/<int:pk>", chains.chain, name="surveillance-chain"),
]
