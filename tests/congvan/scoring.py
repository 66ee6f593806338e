"""How near a reading is to an answer key: F1 of each component, pooled over documents.

A key is a YAML file beside its text, in the layout of `Reading.as_json`; `raw` is what is printed, `name` what it is
called.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import congvan

Tree = dict[str, Any]
COMPONENTS = (
    "metadata", "recipients", "distribution", "references", "sections", "tasks", "agencies", "roles", "deadlines",
    "quantities", "reporting",
)  # fmt: skip
_FIELDS = ("doc_type", "issuer", "number", "symbol", "place", "date", "subject", "archive")


@dataclass
class Tally:
    right: int = 0
    wanted: int = 0
    given: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.wanted + self.given) if self.wanted + self.given else 1.0

    def count(self, *, right: bool) -> None:
        self.right, self.wanted, self.given = self.right + right, self.wanted + 1, self.given + 1

    def match(self, wanted: list[Any], given: list[Any], same: Callable[[Any, Any], bool]) -> list[tuple[Any, Any]]:
        """Pairs each wanted item with the first unpaired given one that is the same."""
        left, pairs = list(given), []
        for item in wanted:
            found = next((other for other in left if same(item, other)), None)
            if found is not None:
                left.remove(found)
                pairs.append((item, found))
        self.right, self.wanted, self.given = (
            self.right + len(pairs),
            self.wanted + len(wanted),
            self.given + len(given),
        )
        return pairs


def score(folder: Path, change: Callable[[str], str] = lambda text: text) -> dict[str, Tally]:
    """The tallies of every key of a folder; `change` alters the layout of each text before it is read."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for key_file in sorted(folder.glob("*.yaml")):
        key = yaml.safe_load(key_file.read_text(encoding="utf-8"))
        text = key_file.with_suffix(".txt").read_text(encoding="utf-8")
        _compare(key, congvan.read_text(change(text)).as_json(), tallies)
    return tallies


def mean(tallies: dict[str, Tally]) -> float:
    return sum(tallies[part].f1 for part in COMPONENTS) / len(COMPONENTS)


def fold(value: Any) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else "" if value is None else str(value)
    return " ".join(re.sub(r"[^\w%]+", " ", unicodedata.normalize("NFC", text).casefold()).split())


def alike(a: Any, b: Any, least: float) -> bool:
    a, b = fold(a), fold(b)
    return bool(a) and bool(b) and (a == b or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= least)


def _compare(key: Tree, got: Tree, tallies: dict[str, Tally]) -> None:
    wanted, found = key["meta"], got["meta"]
    for name in _FIELDS:
        tallies["metadata"].count(right=_same_field(wanted, found, name))
    signer, seen = wanted.get("signer") or {}, found["signer"]
    tallies["metadata"].count(right=fold(signer.get("name")) == fold(seen["name"]))
    tallies["metadata"].count(right=sorted(signer.get("codes") or []) == sorted(seen["codes"]))
    tallies["recipients"].match(wanted.get("recipients") or [], found["recipients"], lambda a, b: _named(a, b, 0.8))
    tallies["distribution"].match(
        wanted.get("distribution") or [], found["distribution"], lambda a, b: _named(a, b["name"], 0.8)
    )
    tallies["references"].match(key.get("references") or [], got["references"], _same_reference)
    _compare_sections(list(_walk(key.get("sections"))), list(_walk(got["sections"])), tallies)


def _same_field(wanted: Tree, found: Tree, name: str) -> bool:
    printed = [wanted[key] for key in (name, f"{name}_raw") if wanted.get(key)]
    if not printed:
        return not found.get(name)
    return any(alike(value, found.get(name), 0.9) for value in printed)


def _named(wanted: Any, found: str, least: float) -> bool:
    names = [wanted.get("name"), wanted.get("raw")] if isinstance(wanted, dict) else [wanted]
    return any(alike(name, found, least) for name in names)


def _same_reference(a: Tree, b: Tree) -> bool:
    if fold(a.get("number")) != fold(b["number"]) or fold(a.get("symbol")) != fold(b["symbol"]):
        return False
    if not a.get("number"):
        return alike(a["raw"], b["raw"], 0.7)
    return not a.get("date") or fold(a["date"]) == fold(b["date"])


def _walk(sections: list[Tree] | None) -> Iterator[Tree]:
    for section in sections or []:
        yield section
        yield from _walk(section.get("children"))


def _same_section(a: Tree, b: Tree) -> bool:
    return fold(a["id"]) == fold(b["id"]) and alike(fold(a["first_words"])[:40], fold(b["first_words"])[:40], 0.8)


def _compare_sections(wanted: list[Tree], given: list[Tree], tallies: dict[str, Tally]) -> None:
    pairs = tallies["sections"].match(wanted, given, _same_section)
    matched = {id(section): found for section, found in pairs}
    for section in wanted:
        _compare_section(section, matched.get(id(section), {}), tallies)


def _compare_section(key: Tree, got: Tree, tallies: dict[str, Tally]) -> None:
    own = [agency for agency in got.get("agencies", []) if not agency["inherited"]]
    pairs = tallies["agencies"].match(key.get("agencies") or [], own, lambda a, b: _named(a, b["name"], 0.8))
    for wanted, found in pairs:
        tallies["roles"].count(right=wanted["role"] == found["role"])
    tallies["deadlines"].match(key.get("deadlines") or [], got.get("deadlines", []), _same_deadline)
    tallies["quantities"].match(key.get("quantities") or [], got.get("quantities", []), _same_quantity)
    tallies["reporting"].match(
        key.get("reporting") or [], got.get("reporting", []), lambda a, b: alike(a["raw"], b["raw"], 0.6)
    )
    if key["kind"] == "task" or got.get("kind") == "task":
        tallies["tasks"].match([1] * (key["kind"] == "task"), [1] * (got.get("kind") == "task"), lambda *_: True)


def _same_deadline(a: Tree, b: Tree) -> bool:
    return fold(a["date"]) == fold(b["date"]) if a.get("date") else alike(a["raw"], b["raw"], 0.6)


def _same_quantity(a: Tree, b: Tree) -> bool:
    return fold(a["value"]) == fold(b["value"]) and alike(a["unit"], b["unit"], 0.6)
