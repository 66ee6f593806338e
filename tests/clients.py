"""Officers before the program's pages, without a network: Django's test client, signed in."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone
from django.utils.crypto import get_random_string

from tests.world import OFFICERS

# Middleware is loaded once for all: WhiteNoise reads the folder of static files each time.
_HANDLER = ClientHandler(enforce_csrf_checks=False)
_IN_OFFICE = {username for username, *_ in OFFICERS}


def stranger(language: str = "vi") -> Client:
    """A browser that nobody has signed in with."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.handler = _HANDLER
    return client


def open_sessions() -> None:
    """A session of each officer of the small world, kept with it: to sign in costs more than most pages."""
    for username in _IN_OFFICE:
        open_session(username, _key_of(username))


def open_session(username: str, key: str | None = None) -> str:
    """A session as the door opens it for the right password; returns the key that its cookie carries."""
    user = User.objects.get(username=username)
    told = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    key = key or get_random_string(32)
    ends = timezone.now() + timedelta(days=1)
    Session.objects.create(session_key=key, session_data=SessionStore().encode(told), expire_date=ends)
    return key


def _key_of(username: str) -> str:
    return f"phien-{username}".ljust(32, "0")


def sign_in(username: str, language: str = "vi") -> Client:
    """A browser of the named officer."""
    client = stranger(language)
    if username in _IN_OFFICE:
        client.cookies[settings.SESSION_COOKIE_NAME] = _key_of(username)
    else:
        client.force_login(User.objects.get(username=username))
    return client
