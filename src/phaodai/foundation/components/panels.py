"""What stands inside panels: notes, facts, the log, the reason under a verdict, the side panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from phaodai.foundation.components.base import Component, Content, Kind, Text
from phaodai.foundation.components.marks import Action


@dataclass(frozen=True, slots=True)
class Note(Component):
    """A remark in a box: sand by default (needs a look), plum when late or refused, blue for an offer."""

    text: Content
    kind: Kind = ""
    title: Text = ""
    actions: Sequence[Action] = ()
    icon: str = ""

    template: ClassVar[str] = "foundation/components/note.html"

    @property
    def drawing(self) -> str:
        return self.icon or {"late": "clock", "act": "info"}.get(self.kind, "warning")


@dataclass(frozen=True, slots=True)
class Empty(Component):
    """An empty place that says why and what next."""

    text: Text
    actions: Sequence[Action] = ()

    template: ClassVar[str] = "foundation/components/empty.html"


@dataclass(frozen=True, slots=True)
class Fact(Component):
    """A name with its value. ``confirmed`` adds the tick of a person; None leaves the place empty."""

    label: Text
    value: Content
    note: Text = ""
    confirmed: bool | None = None
    wide: bool = False

    template: ClassVar[str] = "foundation/components/fact.html"


@dataclass(frozen=True, slots=True)
class Facts(Component):
    """A list of facts; ``ruled`` sets them in two columns with lines, for the head of a record."""

    facts: Sequence[Fact]
    ruled: bool = False

    template: ClassVar[str] = "foundation/components/facts.html"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What happened when; ``when`` is already formatted, or a word such as "Khó khăn"."""

    when: Text
    text: Content


@dataclass(frozen=True, slots=True)
class Log(Component):
    """What happened, oldest first."""

    entries: Sequence[LogEntry]
    title: Text = ""

    template: ClassVar[str] = "foundation/components/log.html"


@dataclass(frozen=True, slots=True)
class Reason(Component):
    """Why a rule decided so: outcome, figures, clause, document, and what would change it."""

    title: Text
    outcome: Content
    figures: Content = None
    clause: Content = None
    document: Text = ""
    document_url: str = ""
    unverified: Text = ""
    """A value that nobody has verified; printed in plum below the document."""
    changes_if: Content = None
    actions: Sequence[Action] = ()

    template: ClassVar[str] = "foundation/components/reason.html"


@dataclass(frozen=True, slots=True)
class Why(Component):
    """The door to a reason: a button "Vì sao", or the decided ``word`` itself with a dotted line.

    Give the ``reason``, or a ``url`` that answers with one when the door is opened.
    """

    reason: Reason | None = None
    url: str = ""
    word: Text = ""
    small: bool = True

    template: ClassVar[str] = "foundation/components/why.html"


@dataclass(frozen=True, slots=True)
class SidePanel(Component):
    """What opens beside the list into ``#side``; ``close_url`` is the list without it."""

    title: Text
    body: Content
    actions: Sequence[Action] = ()
    close_url: str = ""
    full_url: str = ""
    """The page of the same thing at full width."""

    template: ClassVar[str] = "foundation/components/side_panel.html"
