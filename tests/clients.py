"""Officers before the program's pages, without a network: Django's test client, signed in."""

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import ClientHandler

# Middleware is loaded once for all: WhiteNoise reads the folder of static files each time.
_HANDLER = ClientHandler(enforce_csrf_checks=False)


def stranger(language: str = "vi") -> Client:
    """A browser that nobody has signed in with."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.handler = _HANDLER
    return client


def sign_in(username: str, language: str = "vi") -> Client:
    """A browser of the named officer."""
    client = stranger(language)
    client.force_login(User.objects.get(username=username))
    return client
