"""Addresses of this context."""

from django.urls import URLPattern, path

from phaodai.playbook.pages import steps

urlpatterns: list[URLPattern] = [
    path("", steps.playbook, name="playbook"),
    path("<int:pk>", steps.step, name="playbook-step"),
    path("<int:pk>/lam", steps.accept, name="playbook-accept"),
    path("<int:pk>/khong-lam", steps.decline, name="playbook-decline"),
]
