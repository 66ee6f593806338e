"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, path

from phaodai.surveillance.pages import case_new, cases, chains, laboratory, outbreaks, transmissions

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
    path("o-dich/tim", outbreaks.find, name="surveillance-outbreak-find"),
    path("o-dich/<int:pk>", outbreaks.outbreak, name="surveillance-outbreak"),
    path("o-dich/<int:pk>/mo", outbreaks.open_it, name="surveillance-outbreak-open"),
    path("o-dich/<int:pk>/khong-phai", outbreaks.refuse, name="surveillance-outbreak-refuse"),
    path("o-dich/<int:pk>/them-ca", outbreaks.add, name="surveillance-outbreak-add"),
    path("o-dich/<int:pk>/het-dich", outbreaks.close, name="surveillance-outbreak-close"),
]
