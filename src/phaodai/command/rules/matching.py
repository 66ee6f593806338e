"""From the names a document uses to the organisations that exist: "UBND các huyện, thành phố" is ten of them.

Pure: the caller gives the candidates with their folded names. What fits nothing comes back unmatched, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """An organisation as the matcher sees it; names are folded (lower case, no accents)."""

    id: int
    kind: str
    tier: int
    name: str
    short_name: str


@dataclass(frozen=True)
class Match:
    """The organisations that one printed name stands for."""

    printed: str
    organisations: tuple[int, ...]


# Plural cues -> (kind, tier). First fit wins; longer cues stand before shorter ones.
GROUPS: tuple[tuple[str, str, int], ...] = (
    ("trung tam y te cac huyen", "health_centre", 2),
    ("trung tam y te huyen", "health_centre", 2),
    ("tram y te", "health_station", 3),
    ("uy ban nhan dan cac xa", "peoples_committee", 3),
    ("uy ban nhan dan xa", "peoples_committee", 3),
    ("ubnd cac xa", "peoples_committee", 3),
    ("ubnd xa phuong", "peoples_committee", 3),
    ("ubnd cap xa", "peoples_committee", 3),
    ("uy ban nhan dan cac huyen", "peoples_committee", 2),
    ("ubnd cac huyen", "peoples_committee", 2),
    ("ubnd huyen", "peoples_committee", 2),
    ("ubnd cap huyen", "peoples_committee", 2),
    ("cac huyen uy", "party_committee", 2),
    ("huyen uy thanh uy", "party_committee", 2),
    ("cac dia phuong", "peoples_committee", 2),
    ("cac so nganh", "department", 1),
    ("cac so ban nganh", "department", 1),
    ("so ban nganh", "department", 1),
)

_ABBREVIATIONS = (("uy ban nhan dan", "ubnd"), ("mat tran to quoc", "mttq"), ("trung tam y te", "ttyt"), ("thanh pho", "tp"))


def match(printed: str, folded: str, candidates: Sequence[Candidate]) -> Match:
    """The organisations that `printed` (folded: `folded`) names; empty when none fits."""
    words = _words(folded)
    exact = [c.id for c in candidates if words in (_words(c.name), _words(c.short_name))]
    if exact:
        return Match(printed, tuple(exact[:1]))
    for cue, kind, tier in GROUPS:
        if f" {_words(cue)} " in f" {words} ":
            return Match(printed, tuple(c.id for c in candidates if c.kind == kind and c.tier == tier))
    inside = [c for c in candidates if len(c.name) > 8 and f" {_words(c.name)} " in f" {words} "]
    longest = max(inside, key=lambda c: len(c.name), default=None)
    return Match(printed, (longest.id,) if longest else ())


def _words(folded: str) -> str:
    text = " ".join(re.findall(r"\w+", folded))
    for long, short in _ABBREVIATIONS:
        text = text.replace(long, short)
    return text
