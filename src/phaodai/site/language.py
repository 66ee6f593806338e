"""The language of a page: Vietnamese until somebody chooses otherwise."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class VietnameseFirst(LocaleMiddleware):
    """Takes no notice of the browser's own language: the machines of many offices run an English system."""

    def process_request(self, request: HttpRequest) -> None:
        """Let only the officer's own choice, kept in a cookie, turn the page to English."""
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)
