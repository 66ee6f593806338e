"""Sign-in: accounts belong to officers, are opened by the office, and act through the post held today."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from phaodai.foundation import clock
from phaodai.foundation.scope import Actor
from phaodai.people.models import Post


class OfficersOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody opens an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Closed: the office opens accounts."""
        return False


def find_actor(request: HttpRequest) -> Actor | None:
    """The officer behind a request, in the post that leads or the oldest; read once a request."""
    cached: Any = getattr(request, "phaodai_actor", None)
    if cached is None:
        posts = Post.objects.as_of(clock.today()).filter(officer__user_id=request.user.pk or 0)
        post = posts.select_related("officer", "organisation").order_by("-is_head", "id").first()
        cached = post.actor() if post else False
        request.phaodai_actor = cached  # type: ignore[attr-defined]
    return cached or None
