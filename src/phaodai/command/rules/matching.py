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


_DISTRICTS = (("peoples_committee", 2),)
_COMMUNES = (("peoples_committee", 3),)
_DEPARTMENTS = (("department", 1),)

# Plural cues, in folded words -> kinds and tiers. First fit wins; longer cues stand before shorter ones.
GROUPS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("cac co quan don vi dia phuong", (*_DEPARTMENTS, *_DISTRICTS)),
    ("cac nganh cac cap cac dia phuong", (*_DEPARTMENTS, *_DISTRICTS)),
    ("cac so ban nganh dia phuong", (*_DEPARTMENTS, *_DISTRICTS)),
    ("tung co quan don vi dia phuong", (*_DEPARTMENTS, *_DISTRICTS)),
    ("cac cap uy chinh quyen", (("party_committee", 2), *_DISTRICTS)),
    ("ttyt cac huyen", (("health_centre", 2),)),
    ("ttyt huyen", (("health_centre", 2),)),
    ("tram y te", (("health_station", 3),)),
    ("ubnd cac xa", _COMMUNES),
    ("ubnd xa phuong", _COMMUNES),
    ("ubnd cap xa", _COMMUNES),
    ("ubnd cac huyen", _DISTRICTS),
    ("ubnd huyen thi xa", _DISTRICTS),
    ("ubnd huyen tp", _DISTRICTS),
    ("ubnd cap huyen", _DISTRICTS),
    ("cac huyen uy", (("party_committee", 2),)),
    ("cac huyen thi", (("party_committee", 2),)),
    ("huyen uy thi uy", (("party_committee", 2),)),
    ("huyen uy thanh uy", (("party_committee", 2),)),
    ("cac dia phuong", _DISTRICTS),
    ("cac so nganh", _DEPARTMENTS),
    ("cac so ban nganh", _DEPARTMENTS),
    ("so ban nganh", _DEPARTMENTS),
)

_ABBREVIATIONS = (
    ("uy ban nhan dan", "ubnd"),
    ("mat tran to quoc", "mttq"),
    ("trung tam y te", "ttyt"),
    ("thanh pho", "tp"),
)


def match(printed: str, folded: str, candidates: Sequence[Candidate]) -> Match:
    """The organisations that `printed` (folded: `folded`) names; empty when none fits."""
    words = words_of(folded)
    exact = [c.id for c in candidates if words in (words_of(c.name), words_of(c.short_name))]
    if exact:
        return Match(printed, tuple(exact[:1]))
    for cue, kinds in GROUPS:
        if f" {cue} " in f" {words} ":
            return Match(printed, tuple(c.id for c in candidates if (c.kind, c.tier) in kinds))
    inside = [c for c in candidates if len(c.name) > 8 and f" {words_of(c.name)} " in f" {words} "]
    longest = max(inside, key=lambda c: len(c.name), default=None)
    return Match(printed, (longest.id,) if longest else ())


def words_of(folded: str) -> str:
    """A folded name as the matcher compares it: words alone, the usual abbreviations for long forms."""
    text = " ".join(re.findall(r"\w+", folded))
    for long, short in _ABBREVIATIONS:
        text = text.replace(long, short)
    return text
