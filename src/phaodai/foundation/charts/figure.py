"""A chart as a component: the drawing, what it says in words, and the table behind it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from phaodai.foundation.charts.drawing import NARROW, WIDE, render_svg
from phaodai.foundation.charts.theme import NUMBER_LOCALE, Spec, with_theme
from phaodai.foundation.components import Component, Text
from phaodai.foundation.language import page_language


@dataclass(frozen=True, slots=True)
class Chart(Component):
    """A figure whose title says the finding; ``description`` is for readers who cannot see, ``rows`` its table.

    ``interactive`` also loads the Vega library where the figure comes into sight; phones keep the drawing. ``key`` is
    then unique on the page.
    """

    title: Text
    subtitle: Text
    description: Text
    spec: Spec
    columns: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    key: str = "chart"
    interactive: bool = False

    template: ClassVar[str] = "foundation/components/chart.html"

    @property
    def wide(self) -> SafeString:
        return render_svg(self.spec, width=WIDE, label=str(self.title))

    @property
    def narrow(self) -> SafeString:
        return render_svg(self.spec, width=NARROW, label=str(self.title))

    @property
    def full_spec(self) -> Spec:
        """What the browser draws: with the theme, as wide as its place."""
        return with_theme(self.spec) | {"width": "container"}

    @property
    def spec_id(self) -> str:
        return f"{self.key}-spec"

    @property
    def locale(self) -> str:
        return json.dumps(NUMBER_LOCALE[page_language()])
