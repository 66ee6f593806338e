"""Reading policy packs: TOML files of documents, facts, words, tables and provisions, into one checked `Pack`.

A pack is a folder; `packs/common` is read before it. Every error names the file and the line.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from phaodai.rulebook.conditions import Every, read_when
from phaodai.rulebook.documents import RANKS, Document
from phaodai.rulebook.errors import PackError
from phaodai.rulebook.facts import KINDS, Fact, Term, Vocabulary
from phaodai.rulebook.provisions import CONFIDENCES, STATES, Confidence, Provision, State
from phaodai.rulebook.tables import TableSpec
from phaodai.rulebook.words import Words, fold

PACKS = Path(__file__).parent / "packs"
COMMON = "common"
# Files are read in this order of contents: what a section names must have been read before it.
SECTIONS = ("vocabulary", "fact", "table", "document", "provision")

DOCUMENT_KEYS = {"number", "kind", "issuer", "date", "rank", "confidence", "vi", "en", "note"}
VALUE_KEYS = {
    "then",
    "when",
    "from",
    "to",
    "document",
    "further",
    "confidence",
    "clause",
    "note",
    "vi",
    "en",
    "priority",
} | {
    "state",
    "doubtful",
    "supersedes",
    "retroactive",
    "gap",
}
TABLE_KEYS = {"vi", "en", "rule", "unit", "fields", "optional", "bands", "bands_from", "low", "high", "by"}
PROVISION_KEYS = VALUE_KEYS | {"table", "rows"}
ROW_KEYS = VALUE_KEYS | {"id"}
ONLY_ROW = "value"


@dataclass(frozen=True)
class Origin:
    """Where a provision stands, for error messages, and what its author declared about its neighbours in time."""

    path: Path
    line: int
    gap: str = ""


@dataclass
class Pack:
    """Everything that the files of one disease declare, by name."""

    name: str
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    tables: dict[str, TableSpec] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    provisions: list[Provision] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)


class Source:
    """One TOML file with its lines, so that an error can say where."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()
        try:
            self.content = tomllib.loads("\n".join(self.lines))
        except tomllib.TOMLDecodeError as error:
            at_line = re.search(r"line (\d+)", str(error))
            raise PackError(path, int(at_line[1]) if at_line else len(self.lines), f"not valid TOML: {error}") from None

    def error(self, problem: str, line: int) -> PackError:
        return PackError(self.path, line, problem)

    def line_of(self, pattern: str, *, after: int = 1, before: int | None = None) -> int:
        """The first line from `after` to `before` that matches; `after` itself where none does."""
        for number in range(after, (before or len(self.lines)) + 1):
            if re.search(pattern, self.lines[number - 1]):
                return number
        return after

    def headers(self, section: str) -> list[int]:
        """The lines that open each `[[section]]`."""
        return [number for number, line in enumerate(self.lines, 1) if line.split("#")[0].strip() == f"[[{section}]]"]


def read_pack(name: str, folder: Path = PACKS) -> Pack:
    """All files of `packs/common` and of the pack's own folder; raises PackError at the first thing that is wrong."""
    sources = [Source(path) for part in (COMMON, name) for path in sorted((folder / part).glob("*.toml"))]
    pack = Pack(name)
    for source in sources:
        _refuse_unknown(source, source.content, set(SECTIONS), "section", 1)
    for section in SECTIONS:
        for source in sources:
            READERS[section](pack, source)
    return pack


def _refuse_unknown(source: Source, given: Mapping[str, Any], allowed: set[str], what: str, line: int) -> None:
    for key in given:
        if key not in allowed:
            where = source.line_of(rf"\b{re.escape(key)}\b", after=line)
            raise source.error(f"unknown {what} '{key}'; choose one of: {', '.join(sorted(allowed))}", where)


def _require(source: Source, given: Mapping[str, Any], needed: tuple[str, ...], line: int) -> None:
    for key in needed:
        if key not in given:
            raise source.error(f"'{key}' is missing; add it", line)


def _read_vocabularies(pack: Pack, source: Source) -> None:
    for name, entry in source.content.get("vocabulary", {}).items():
        _require(source, entry, ("terms",), source.line_of(rf"^\[vocabulary\.{re.escape(name)}\]"))
        known = pack.vocabularies.get(name)
        terms = {**(known.terms if known else {}), **{term.id: term for term in _terms(entry["terms"])}}
        spellings = {fold(text): term.id for term in terms.values() for text in (term.id, *term.aliases, *term.label)}
        pack.vocabularies[name] = Vocabulary(name, terms, spellings | {fold(term): term for term in terms})


def _terms(entries: list[dict[str, Any]]) -> Iterator[Term]:
    for entry in entries:
        yield Term(entry["id"], Words(entry["vi"], entry["en"]), tuple(entry.get("aliases", ())))


def _read_facts(pack: Pack, source: Source) -> None:
    for name, entry in source.content.get("fact", {}).items():
        line = source.line_of(rf"^\[fact\.{re.escape(name)}\]")
        allowed = {"kind", "vi", "en", "unit", "low", "high", "vocabulary", "absent", "silent", "derived", "inputs"}
        _refuse_unknown(source, entry, allowed, "key", line)
        _require(source, entry, ("kind", "vi", "en"), line)
        if entry["kind"] not in KINDS:
            raise source.error(f"kind '{entry['kind']}' is none of: {', '.join(KINDS)}", line)
        vocabulary = entry.get("vocabulary")
        if vocabulary is not None and vocabulary not in pack.vocabularies:
            raise source.error(f"no vocabulary '{vocabulary}' is declared", line)
        pack.facts[name] = _fact(name, entry, pack.vocabularies.get(vocabulary or ""))


def _fact(name: str, entry: dict[str, Any], vocabulary: Vocabulary | None) -> Fact:
    limits = {"share": (0.0, 1.0), "count": (0.0, float("inf")), "flag": (0.0, 1.0)}
    low, high = limits.get(entry["kind"], (-float("inf"), float("inf")))
    return Fact(
        name=name,
        kind=entry["kind"],
        label=Words(entry["vi"], entry["en"]),
        unit=entry.get("unit", ""),
        low=entry.get("low", low),
        high=entry.get("high", high),
        vocabulary=vocabulary,
        absent=entry.get("absent", False if entry["kind"] == "flag" and not entry.get("derived") else None),
        silent=entry.get("silent", False),
        derived=entry.get("derived", False),
        inputs=tuple(entry.get("inputs", ())),
    )


def _read_tables(pack: Pack, source: Source) -> None:
    for name, entry in source.content.get("table", {}).items():
        line = source.line_of(rf'^\[table\."?{re.escape(name)}"?\]')
        _refuse_unknown(source, entry, TABLE_KEYS, "key", line)
        _require(source, entry, ("vi", "en"), line)
        pack.tables[name] = TableSpec(
            name=name,
            title=Words(entry["vi"], entry["en"]),
            rule=entry.get("rule", ""),
            unit=entry.get("unit", ""),
            fields=tuple(entry.get("fields", ())),
            optional=tuple(entry.get("optional", ())),
            bands=entry.get("bands", ""),
            bands_from=float(entry.get("bands_from", 0)),
            low=float(entry.get("low", "-inf")),
            high=float(entry.get("high", "inf")),
            by=entry.get("by", ""),
        )


def _read_documents(pack: Pack, source: Source) -> None:
    entries = source.content.get("document", [])
    for line, entry in zip(source.headers("document"), entries, strict=True):
        _refuse_unknown(source, entry, DOCUMENT_KEYS, "key", line)
        _require(source, entry, ("number", "kind", "issuer", "date", "rank", "confidence", "vi", "en"), line)
        if entry["number"] in pack.documents:
            raise source.error(f"document '{entry['number']}' is declared twice; keep one", line)
        if entry["rank"] not in RANKS:
            raise source.error(f"rank '{entry['rank']}' is none of: {', '.join(RANKS)}", line)
        if entry["confidence"] not in CONFIDENCES:
            raise source.error(f"confidence '{entry['confidence']}' is none of: {', '.join(CONFIDENCES)}", line)
        _day(source, line, entry["date"])
        subject = Words(entry.pop("vi"), entry.pop("en"))
        pack.documents[entry["number"]] = Document(subject=subject, **entry)


def _read_provisions(pack: Pack, source: Source) -> None:
    headers = source.headers("provision")
    ends = [*(line - 1 for line in headers[1:]), len(source.lines)][: len(headers)]
    for line, end, entry in zip(headers, ends, source.content.get("provision", []), strict=True):
        _refuse_unknown(source, entry, PROVISION_KEYS, "key", line)
        _require(source, entry, ("table",), line)
        shared = {key: value for key, value in entry.items() if key not in ("rows", "table")}
        for row in entry.get("rows", [{"id": ONLY_ROW}]):
            _require(source, row, ("id",), line)
            at_line = source.line_of(rf'\bid\s*=\s*"{re.escape(row["id"])}"', after=line, before=end)
            _refuse_unknown(source, row, ROW_KEYS, "key", at_line)
            _add(pack, source, at_line, entry["table"], _merged(shared, row))


def _merged(shared: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    merged = {**shared, **row}
    if "when" in shared or "when" in row:
        merged["when"] = {**shared.get("when", {}), **row.get("when", {})}
    return merged


def _add(pack: Pack, source: Source, line: int, table: str, entry: dict[str, Any]) -> None:
    if table not in pack.tables:
        raise source.error(f"no table '{table}' is declared; declare it in tables.toml or mend the name", line)
    _require(source, entry, ("from", "document", "confidence", "vi", "en"), line)
    provision = _provision(pack, source, line, table, entry)
    if provision.name in pack.origins:
        other = pack.origins[provision.name]
        raise source.error(
            f"{provision.name} overlaps the same value at {other.path.name}:{other.line}; keep one", line
        )
    if provision.begin < provision.document.date and not entry.get("retroactive"):
        raise source.error(
            f"{provision.name} begins before its document's date; mend it or write retroactive = true", line
        )
    pack.provisions.append(provision)
    pack.origins[provision.name] = Origin(source.path, line, entry.get("gap", ""))


def _provision(pack: Pack, source: Source, line: int, table: str, entry: dict[str, Any]) -> Provision:
    state = _choice(source, line, entry.get("state", "set"), STATES)
    if (state == "set") != ("then" in entry):
        raise source.error("'then' must be given where the state is set, and only there", line)
    return Provision(
        table=table,
        row=entry["id"],
        begin=_day(source, line, entry["from"]),
        end=_day(source, line, entry["to"]) if "to" in entry else None,
        when=_when(pack, source, line, entry.get("when", {})),
        then=entry.get("then"),
        document=_document(pack, source, line, entry["document"]),
        confidence=cast("Confidence", _choice(source, line, entry["confidence"], CONFIDENCES)),
        reason=Words(entry["vi"], entry["en"]),
        clause=entry.get("clause", ""),
        state=cast("State", state),
        priority=entry.get("priority", 0),
        order=len(pack.provisions),
        note=entry.get("note", ""),
        further_documents=tuple(_document(pack, source, line, number) for number in entry.get("further", ())),
        doubtful=entry.get("doubtful", {}),
        supersedes=tuple(entry.get("supersedes", ())),
    )


def _choice(source: Source, line: int, given: str, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise source.error(f"'{given}' is none of: {', '.join(allowed)}", line)
    return given


def _day(source: Source, line: int, given: Any) -> dt.date:
    if type(given) is not dt.date:
        raise source.error(f"{given!r} is no date; write it like 2021-10-12, without quotes", line)
    return given


def _document(pack: Pack, source: Source, line: int, number: str) -> Document:
    if number not in pack.documents:
        raise source.error(f"document '{number}' is missing; declare it in documents.toml", line)
    return pack.documents[number]


def _when(pack: Pack, source: Source, line: int, when: dict[str, Any]) -> Every:
    try:
        return read_when(when, pack.facts)
    except ValueError as error:
        raise source.error(str(error), line) from None


READERS = {
    "vocabulary": _read_vocabularies,
    "fact": _read_facts,
    "table": _read_tables,
    "document": _read_documents,
    "provision": _read_provisions,
}
