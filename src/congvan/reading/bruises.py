"""Reads through what OCR has done to the marks of letters: in the matching form only, never in what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from congvan.language import table
from congvan.model import Doubt
from congvan.reading.folding import fold
from congvan.reading.lines import Line
from congvan.reading.passage import Passage

_REPORTED = 12
_NAMES = "names"


def _names() -> list[str]:
    """The names of bodies and of their fields, of more than one syllable, that no other name is like but for its marks."""
    lists = table("bodies")
    keys = ("heads", "posts", "nouns", "domains", "areas", "tails", "closing")
    names = [name for key in keys for name in lists[key] if " " in name]
    alike: dict[str, set[str]] = {}
    for name in names:
        alike.setdefault(fold(name), set()).add(name.lower())
    return [name for name in names if len(alike[fold(name)]) == 1]


@cache
def _phrases(key: str) -> tuple[re.Pattern[str], dict[str, str]]:
    spelt = {fold(phrase): phrase for phrase in (_names() if key == _NAMES else table("bruises")[key])}
    # "văn bản chỉ đạo" is a paper, no "Ban Chỉ đạo".
    ordered = sorted(spelt, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?<!van )(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)"), spelt


def unbruised(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines with bruised phrases mended in their form, and what was read as what."""
    folded = [fold(line.form) for line in lines]
    told: set[str] = set()
    mended, doubts = _mend(list(lines), folded, "sure", told)
    if len(told) + len(_bruised(mended, folded, "in_bruised_text")) < table("bruises")["bruised_from"]:
        return mended, doubts
    for key in ("in_bruised_text", _NAMES):
        mended, more = _mend(list(mended), folded, key, told)
        doubts += more
    return mended, doubts[:_REPORTED]


def _bruised(lines: Sequence[Line], folded: list[str], key: str) -> set[str]:
    """The different phrases of a list that stand bruised in the lines."""
    return {
        line.form[slice(*found.span())].lower()
        for place, line in enumerate(lines)
        for found, _ in _bruises_in(line.form, folded[place], key)
    }


def _bruises_in(form: str, folded: str, key: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each bruised phrase of a line, and what it means."""
    pattern, spelt = _phrases(key)
    for found in pattern.finditer(folded):
        meant = spelt[found.group()]
        printed = form[found.start() : found.end()]
        if printed.lower() != meant.lower():
            yield (
                found,
                "".join(
                    letter.upper() if p.isupper() else letter.lower() for letter, p in zip(meant, printed, strict=True)
                ),
            )


def _mend(lines: list[Line], folded: list[str], key: str, told: set[str]) -> tuple[list[Line], list[Doubt]]:
    """The lines mended, and one doubt for each line that holds what was not `told` before."""
    doubts: list[Doubt] = []
    for place, line in enumerate(lines):
        form, said = line.form, []
        for found, meant in _bruises_in(line.form, folded[place], key):
            printed = line.form[found.start() : found.end()]
            form = form[: found.start()] + meant + form[found.end() :]
            if printed.lower() not in told:
                told.add(printed.lower())
                said.append((f"«{printed}» là «{meant}»", found))
        if form is not line.form:
            words = line.words
            lines[place] = replace(line, words=Passage(words.text, words.places, form))
        if said:
            what = f"Đọc {', '.join(phrase for phrase, _ in said)} (lỗi nhận dạng chữ)."
            doubts.append(Doubt("text", what, line.words.span(said[0][1].start(), said[-1][1].end())))
    return lines, doubts
