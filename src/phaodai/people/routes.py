"""Addresses of this context beyond its registers."""

from django.urls import path

from phaodai.people import pages

urlpatterns = [
    path("nguoi-dan/giong", pages.like, name="people-like"),
    path("nguoi-dan/trung", pages.duplicates, name="people-duplicates"),
    path("nguoi-dan/trung/tim", pages.look_for_duplicates, name="people-duplicates-look"),
    path("nguoi-dan/trung/<int:pk>", pages.answer, name="people-duplicate-answer"),
    path("nguoi-dan/<int:pk>/ten/", pages.reveal, name="people-reveal"),
    path("nguoi-dan/<int:pk>/tach", pages.part, name="people-part"),
]
