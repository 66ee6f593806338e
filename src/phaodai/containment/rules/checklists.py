"""What is looked at in a place, by kind of place: checklists as data, each item with the document that it rests on.

The files stand in `containment/checklists`; an error in one names file and line.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from phaodai.rulebook import DEFAULT_DISEASE, load
from phaodai.rulebook.pack import Source
from phaodai.rulebook.words import Words

FOLDER = Path(__file__).parent.parent / "checklists"
COMMON = "common.toml"
CONFIDENCES = ("A", "B")
"""An item rests on what was read in a text or in a secondary text; anything less sure is a working item of ours."""

LIST_KEYS = {"id", "version", "vi", "en", "places", "every_days", "items"}
ITEM_KEYS = {"id", "document", "confidence", "own", "days", "vi", "en", "remedy"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `days`: how long there is to put it right. `document` is empty for a working item of ours."""

    id: str
    words: Words
    remedy: Words
    days: int
    document: str = ""
    confidence: str = ""

    @property
    def own(self) -> bool:
        """Whether no document was read for it."""
        return not self.document


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is looked at in the places of some kinds, and after how many days again."""

    id: str
    version: int
    name: Words
    places: tuple[str, ...]
    every_days: int
    items: tuple[Item, ...]

    def item(self, name: str) -> Item | None:
        """The item of that id."""
        return next((one for one in self.items if one.id == name), None)


@cache
def checklists() -> Mapping[str, Checklist]:
    """The checklists of this program by id."""
    return read_checklists(FOLDER, load(DEFAULT_DISEASE).documents)


def checklist_for(place_kind: str) -> Checklist | None:
    """The checklist of a kind of place; None where there is none."""
    return next((one for one in checklists().values() if place_kind in one.places), None)


def read_checklists(folder: Path, documents: Collection[str]) -> dict[str, Checklist]:
    """All checklists of a folder; raises PackError, which names file and line, at the first thing that is wrong."""
    shared = _items(Source(folder / COMMON), documents)
    found: dict[str, Checklist] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name != COMMON:
            source = Source(path)
            one = _checklist(source, shared | _items(source, documents))
            _refuse_taken(source, one, found)
            found[one.id] = one
    return found


def _refuse_taken(source: Source, one: Checklist, found: Mapping[str, Checklist]) -> None:
    taken = {place: other.id for other in found.values() for place in other.places}
    for place in one.places:
        if place in taken:
            raise source.error(f"place '{place}' has the checklist '{taken[place]}' already", source.line_of("^places"))


def _checklist(source: Source, items: Mapping[str, Item]) -> Checklist:
    given = source.content.get("checklist", {})
    line = source.line_of(r"^\[checklist\]")
    _refuse_keys(source, given, LIST_KEYS, line)
    for name in given["items"]:
        if name not in items:
            raise source.error(f"no item '{name}'", source.line_of(f'"{name}"', after=line))
    return Checklist(
        given["id"],
        given["version"],
        Words(given["vi"], given["en"]),
        tuple(given["places"]),
        given["every_days"],
        tuple(items[name] for name in given["items"]),
    )


def _items(source: Source, documents: Collection[str]) -> dict[str, Item]:
    rows = source.content.get("item", [])
    read = [_item(source, row, line, documents) for row, line in zip(rows, source.headers("item"), strict=True)]
    return {one.id: one for one in read}


def _item(source: Source, row: Mapping[str, Any], line: int, documents: Collection[str]) -> Item:
    own = row.get("own", False)
    _refuse_keys(source, row, ITEM_KEYS - ({"document", "confidence"} if own else {"own"}), line)
    if not own and row["document"] not in documents:
        raise source.error(f"unknown document '{row['document']}'", source.line_of("^document", after=line))
    if not own and row["confidence"] not in CONFIDENCES:
        at = source.line_of("^confidence", after=line)
        raise source.error(f"confidence must be {' or '.join(CONFIDENCES)}; mark a working item `own = true`", at)
    if set(row["remedy"]) != {"vi", "en"}:
        raise source.error("remedy needs vi and en", source.line_of("^remedy", after=line))
    words, remedy = Words(row["vi"], row["en"]), Words(**row["remedy"])
    return Item(row["id"], words, remedy, row["days"], row.get("document", ""), row.get("confidence", ""))


def _refuse_keys(source: Source, given: Mapping[str, Any], wanted: Collection[str], line: int) -> None:
    """Exactly these keys: nothing is left out, nothing is misspelt."""
    for key in [one for one in given if one not in wanted]:
        raise source.error(f"unknown or contradicting key '{key}'", source.line_of(rf"^{key}\b", after=line))
    for key in sorted(set(wanted) - set(given)):
        raise source.error(f"'{key}' is missing", line)
