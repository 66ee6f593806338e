"""Addresses of this context beyond its registers."""

from django.urls import path

from phaodai.people import pages

urlpatterns = [path("nguoi-dan/<int:pk>/ten/", pages.reveal, name="people-reveal")]
