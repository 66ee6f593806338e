"""What leads a list: the queue of things to do, filters as links, tabs and pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from phaodai.foundation.components.base import Component, Content, Text
from phaodai.foundation.components.marks import Action, State
from phaodai.foundation.components.panels import Empty, Why


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to do: a verb, a clock, a reason, and one primary button."""

    verb: Content
    clock: State | None = None
    reason: Content = None
    url: str = ""
    """Where Enter and the verb lead."""
    actions: Sequence[Action | Why] = ()


@dataclass(frozen=True, slots=True)
class Queue(Component):
    """Things to do, most pressing first."""

    items: Sequence[QueueItem]
    empty: Empty | None = None

    template: ClassVar[str] = "foundation/components/queue.html"


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is a link; ``count`` is how many rows it leaves."""

    label: Text
    url: str
    count: Text | int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class ChipMenu:
    """A filter with several values: "Cấp: cả ba" opens its options."""

    label: Text
    options: Sequence[Chip]
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chips(Component):
    """Filters of a list. ``search_url`` adds a field that filters while typing into ``target``."""

    chips: Sequence[Chip | ChipMenu]
    label: Text = ""
    search_url: str = ""
    search: str = ""
    target: str = ""
    hidden: Sequence[tuple[str, str]] = ()
    """Name and value of the filters that a typed search must keep."""
    extra: Content = None
    """Set at the right end, such as a count or keys."""

    template: ClassVar[str] = "foundation/components/chips.html"

    @property
    def parts(self) -> list[tuple[bool, Chip | ChipMenu]]:
        """Each part with whether it is a menu, which a template cannot ask."""
        return [(isinstance(part, ChipMenu), part) for part in self.chips]


@dataclass(frozen=True, slots=True)
class Tab:
    label: Text
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Tabs(Component):
    """Parts of one record, each a page of its own."""

    tabs: Sequence[Tab]
    label: Text = ""

    template: ClassVar[str] = "foundation/components/tabs.html"


@dataclass(frozen=True, slots=True)
class Pager(Component):
    """How much of a list is shown and where the rest is. ``more_url`` appends the next rows in place."""

    shown: int
    total: int
    previous_url: str = ""
    next_url: str = ""
    more_url: str = ""

    template: ClassVar[str] = "foundation/components/pager.html"
