"""Draws specifications as SVG for pages and PNG for documents, with no browser and no network."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

import vl_convert
from django.contrib.staticfiles import finders
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from phaodai.foundation.charts.theme import (
    NUMBER_LOCALE,
    TIME_LOCALE,
    Spec,
    Theme,
    paint,
    tokens,
    with_theme,
)
from phaodai.foundation.formats import Language
from phaodai.foundation.language import page_language

WIDE, NARROW = 560, 328
"""Widths in CSS pixels of the drawing on a desk and on a phone of 360 px."""


def render_svg(spec: Spec, *, width: int = WIDE, label: str = "") -> SafeString:
    """Draw for a page: colours stay tokens, so that the drawing follows the theme; the label is read aloud."""
    drawn = _svg(json.dumps(with_theme(spec) | {"width": width}, ensure_ascii=False), page_language())
    named = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)
    return mark_safe(named)  # noqa: S308  # made by Vega from data that it escapes


def render_png(spec: Spec, *, width: int = WIDE, scale: float = 2, theme: Theme = "light") -> bytes:
    """Draw for a document: PNG of ``width`` CSS pixels times ``scale``, in the colours of the theme."""
    language = page_language()
    _register_fonts()
    painted = paint(with_theme(spec) | {"width": width, "background": "var(--sheet)"}, tokens(theme))
    return vl_convert.vegalite_to_png(
        painted,
        scale=scale,
        format_locale=NUMBER_LOCALE[language],
        time_format_locale=TIME_LOCALE[language],
        allowed_base_urls=[],
    )


@lru_cache(maxsize=256)
def _svg(spec: str, language: Language) -> str:
    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(
        json.loads(spec),
        format_locale=NUMBER_LOCALE[language],
        time_format_locale=TIME_LOCALE[language],
        allowed_base_urls=[],
    )
    return _tidy(drawn, f"c{abs(hash((spec, language))):x}")


def _tidy(drawn: str, prefix: str) -> str:
    """Take out what a page does not need: fixed size, roles inside an image, empty paths; clip names become unique."""
    drawn = re.sub(r' (?:role|aria-[a-z]+|pointer-events|class|xmlns:xlink|version)="[^"]*"', "", drawn)
    drawn = re.sub(r'<svg([^>]*) width="[\d.]+" height="[\d.]+"', r"<svg\1", drawn, count=1)
    drawn = re.sub(r'<path d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>', "", drawn)
    return re.sub(r"(id=\"|url\(#)(clip|gradient)", rf"\1{prefix}\2", drawn)


@cache
def _register_fonts() -> None:
    found = finders.find("vendor/fonts/Inter-400.ttf")
    if isinstance(found, str):
        vl_convert.register_font_directory(str(Path(found).parent))
