"""What the frame of a page needs to know: rooms, scope, person, clock and thread. Other contexts fill it in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from phaodai.foundation.components import Text

SyncKind = Literal["done", "sending", "offline", "broken"]


@dataclass(frozen=True, slots=True)
class Room:
    """A door of the rail. ``count`` is what waits for this person; a room without permission is not in the list."""

    key: str
    label: Text
    icon: str
    url: str
    count: int = 0
    letter: str = ""
    """The key that follows ``g`` on the keyboard."""
    apart: bool = False
    """Set below a rule, away from the daily rooms."""


@dataclass(frozen=True, slots=True)
class ThreadStop:
    """One of at most five stops from the document to the report; exactly one is the present page."""

    label: Text
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit the person may look at; ``depth`` indents it below its parent (0 to 2)."""

    label: Text
    url: str
    current: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A long job that runs on while the person works; ``percent`` is 0 to 100."""

    label: Text
    percent: int
    note: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sync:
    """The line that says where one's work is: on the server, on its way, in this machine, or in need of a person."""

    kind: SyncKind
    text: Text

    @property
    def icon(self) -> str:
        return {"done": "check", "sending": "sync", "offline": "offline", "broken": "warning"}[self.kind]


@dataclass(frozen=True, slots=True)
class Shell:
    """The context variable ``shell`` of ``foundation/base.html``; a context processor puts it there."""

    rooms: Sequence[Room] = ()
    room: str = ""
    """Key of the room this page belongs to."""
    home_url: str = "/"
    person: Text = ""
    post: Text = ""
    scope_label: Text = ""
    scopes: Sequence[Scope] = ()
    as_of: datetime | None = None
    search_url: str = ""
    suggest_url: str = ""
    """Answers the search field while typing with an HTML fragment; empty: only on Enter."""
    sign_out_url: str = ""
    language_url: str = ""
    """Takes a POST of ``language`` and ``next``, as Django's ``set_language`` does."""
    sync: Sync | None = None
    jobs: Sequence[Job] = field(default=())
    drill: bool = False
    """The data are those of an exercise: the top edge is striped and the word is printed."""
    single_keys: bool = True
    """Off: shortcuts of one letter do nothing (WCAG 2.1.4)."""
