"""The one set of icons: drawings of ``static/phaodai/icons.svg``, each on a square of 16 px."""

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "phaodai/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """Names of the drawings in the sprite."""
    sprite = Path(__file__).parent / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite.read_text(encoding="utf-8")))


def icon(name: str, label: str = "", css: str = "i") -> SafeString:
    """Draw an icon. Without a label it is decoration beside a word; with one it speaks for itself."""
    if name not in icon_names():
        raise ValueError(f"No icon is called {name!r}. There are: {', '.join(sorted(icon_names()))}.")
    address = f"{static(SPRITE)}#{name}"
    if label:
        drawing = '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>'
        return format_html(drawing, css, label, address)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, address)
