"""Reads through what OCR has done to the marks of letters: in the matching form only, never in what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from congvan.language import table
from congvan.model import Doubt
from congvan.reading.folding import fold
from congvan.reading.lines import Line
from congvan.reading.passage import Passage

_REPORTED = 12


@cache
def _phrases(key: str) -> tuple[re.Pattern[str], dict[str, str]]:
    spelt = {fold(phrase): phrase for phrase in table("bruises")[key]}
    ordered = sorted(spelt, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)"), spelt


def unbruised(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines with bruised phrases mended in their form, and what was read as what."""
    folded = [fold(line.form) for line in lines]
    mended, doubts = _mend(list(lines), folded, "sure")
    more_mended, more = _mend(list(mended), folded, "in_bruised_text")
    if len({doubt.what for doubt in doubts + more}) < table("bruises")["bruised_from"]:
        return mended, doubts
    return more_mended, (doubts + more)[:_REPORTED]


def _mend(lines: list[Line], folded: list[str], key: str) -> tuple[list[Line], list[Doubt]]:
    pattern, spelt = _phrases(key)
    doubts: list[Doubt] = []
    for place, line in enumerate(lines):
        form = line.form
        for found in pattern.finditer(folded[place]):
            printed, meant = form[found.start() : found.end()], spelt[found.group()]
            if printed.lower() == meant.lower():
                continue
            form = form[: found.start()] + meant + form[found.end() :]
            what = f"Đọc «{printed}» là «{meant}» (lỗi nhận dạng chữ)."
            doubts.append(Doubt("text", what, line.words.span(found.start(), found.end())))
        if form is not line.form:
            words = line.words
            lines[place] = replace(line, words=Passage(words.text, words.places, form))
    return lines, doubts
