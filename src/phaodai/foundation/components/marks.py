"""Small marks. Most are printed without a template, because a register holds hundreds of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phaodai.foundation.components.base import Component, Kind, Text
from phaodai.foundation.icons import icon


@dataclass(frozen=True, slots=True)
class State(Component):
    """An icon with words; never a level colour."""

    text: Text
    kind: Kind = ""
    icon: str = "clock"

    def render(self, _context: Context | None = None, /) -> SafeString:
        return format_html('<span class="state {}">{}{}</span>', self.kind, icon(self.icon), self.text)


@dataclass(frozen=True, slots=True)
class Tag(Component):
    """A short word in a pill."""

    text: Text
    kind: Kind = ""
    icon: str = ""

    def render(self, _context: Context | None = None, /) -> SafeString:
        mark = icon(self.icon) if self.icon else ""
        return format_html('<span class="tag {}">{}{}</span>', self.kind, mark, self.text)


@dataclass(frozen=True, slots=True)
class Tier(Component):
    """The tier of a unit in a box: Tỉnh, Huyện, Xã."""

    text: Text

    def render(self, _context: Context | None = None, /) -> SafeString:
        return format_html('<span class="tier">{}</span>', self.text)


@dataclass(frozen=True, slots=True)
class Level(Component):
    """Risk level 1 to 4: shape, digit, word and colour together. Nothing else may use these colours."""

    number: int
    text: Text = ""
    """The word beside the mark; by default "cấp 3"."""
    large: bool = False

    def render(self, _context: Context | None = None, /) -> SafeString:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"A risk level is 1, 2, 3 or 4, not {self.number!r}.")
        css = f"level level-{self.number}" + (" large" if self.large else "")
        word = self.text or _("level %(number)d") % {"number": self.number}
        return format_html('<span class="{}">{}{}</span>', css, icon(f"level-{self.number}", css="mark"), word)


@dataclass(frozen=True, slots=True)
class Meter(Component):
    """A thin bar of ``done`` out of ``total``. Decoration unless labelled: write the figures beside it."""

    done: float
    total: float
    late: bool = False
    label: Text = ""

    def render(self, _context: Context | None = None, /) -> SafeString:
        share = min(max(self.done / self.total, 0), 1) * 100 if self.total else 0
        return format_html(
            '<svg class="meter {}" viewBox="0 0 100 6" preserveAspectRatio="none" {}>'
            '<rect width="{}" height="6"/></svg>',
            "late" if self.late else "",
            _spoken(self.label),
            f"{share:.1f}",
        )


@dataclass(frozen=True, slots=True)
class Measured(Component):
    """A measure of a task in a cell: the figures in words, then the bar. ``Measured("14/17 ca", 14, 17)``."""

    text: Text
    done: float
    total: float
    late: bool = False

    def render(self, _context: Context | None = None, /) -> SafeString:
        return format_html(
            '<span class="measured">{}{}</span>', self.text, Meter(self.done, self.total, late=self.late)
        )


@dataclass(frozen=True, slots=True)
class Stacked(Component):
    """Parts of a whole side by side: done, not yet due, late (and a fourth). Parts are counts."""

    parts: Sequence[float]
    label: Text = ""

    def render(self, _context: Context | None = None, /) -> SafeString:
        total = sum(self.parts) or 1
        starts = [sum(self.parts[:index]) / total * 100 for index in range(len(self.parts))]
        rectangles = format_html_join(
            "",
            '<rect class="part-{}" x="{}" width="{}" height="8"/>',
            (
                (index + 1, f"{starts[index]:.2f}", f"{part / total * 100:.2f}")
                for index, part in enumerate(self.parts)
                if part
            ),
        )
        return format_html(
            '<svg class="stacked" viewBox="0 0 100 8" preserveAspectRatio="none" {}>{}</svg>',
            _spoken(self.label),
            rectangles,
        )


@dataclass(frozen=True, slots=True)
class Accountability(Component):
    """Who answers for it, always in this order: head, unit, deadline, owed to whom, last word."""

    head: Text
    unit: Text
    deadline: Text = ""
    owed_to: Text = ""
    last_word: Text = ""
    late: bool = False
    """The deadline is past."""

    template: ClassVar[str] = "foundation/components/accountability.html"


@dataclass(frozen=True, slots=True)
class Masked(Component):
    """A person as initials and birth year. ``reveal_url`` asks the purpose, shows the name a while and logs it."""

    code: Text
    detail: Text = ""
    reveal_url: str = ""

    template: ClassVar[str] = "foundation/components/masked.html"


@dataclass(frozen=True, slots=True)
class Action(Component):
    """A button named by its effect. ``get`` follows a link; ``post`` sends a form with the token against forgery.

    ``confirm`` is the sentence that is shown, with the button repeated, before a post runs. ``target`` loads the
    answer into that element instead of a new page (``#side`` opens the side panel). Within a form ``submit`` sends
    the form itself.
    """

    label: Text
    url: str = ""
    icon: str = ""
    kind: Literal["", "go", "text"] = ""
    method: Literal["get", "post", "submit"] = "get"
    small: bool = False
    confirm: Text = ""
    target: str = ""
    name: str = ""
    value: str = ""
    refused: Text = ""
    """Why it cannot be done now; the button is then shown but does nothing."""

    template: ClassVar[str] = "foundation/components/action.html"

    @property
    def css(self) -> str:
        return " ".join(["button", self.kind] + ["small"] * self.small).strip()


def _spoken(label: Text) -> SafeString:
    return format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
