"""Confirmed documents as answer keys: what the machine read, with what people corrected in its place.

The layout is that of `congvan`'s own reading, so that a key can be held against any reader's answer.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from phaodai.command.actions.proposing import Names, candidates_for, remembered_for
from phaodai.command.models import Clause, Document, Proposal
from phaodai.command.rules.matching import words_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import field_of

SCHEMA = "phaodai-directive-label/1"
CONFIRMED = (Document.State.CONFIRMED, Document.State.DISPATCHED, Document.State.FILED)

# The reading's name of a value, and the column that a person corrects.
_META = (
    ("doc_type", "kind"), ("system", "system"), ("number", "number"), ("symbol", "symbol"), ("place", "place"),
    ("issuer", "issuer"), ("issuer_parent", "issuer_parent"), ("subject", "subject"), ("urgency", "urgency"),
    ("recipients", "recipients"), ("distribution", "distribution"),
)  # fmt: skip
_SECTION = ("id", "marker", "first_words", "kind", "agencies", "deadlines", "quantities", "reporting")
_LISTS = ("agencies", "deadlines", "quantities", "reporting")
_ACCOUNTABLE = ("lead", "implement", "accountable", None)


@dataclass
class AnswerKey:
    """One document with its key; `corrections` says in words where people read otherwise than the machine."""

    document: Document
    name: str
    key: dict[str, Any]
    corrections: list[str] = field(default_factory=list)


def confirmed_documents(actor: Actor) -> QuerySet[Document]:
    """The documents of the actor's own book that a person vouched for, newest first, with what a key needs."""
    sent = Proposal.objects.exclude(state=Proposal.State.DROPPED).prefetch_related("addressees", "coordinating")
    clauses = Clause.objects.in_order().prefetch_related(Prefetch("proposals", sent, to_attr="kept"))
    found = Document.objects.of_register(actor.organisation).filter(state__in=CONFIRMED, confirmed_at__isnull=False)
    return found.prefetch_related(Prefetch("clauses", clauses, to_attr="tree")).order_by("-confirmed_at", "-pk")


def keys_of(documents: Iterable[Document]) -> list[AnswerKey]:
    """The key of each document of one book."""
    names: Names | None = None
    found = []
    for document in documents:
        names = names or Names(candidates_for(document), remembered_for(document))
        found.append(_key_of(document, names))
    return found


def _key_of(document: Document, names: Names) -> AnswerKey:
    name = f"{document.arrival_year}-{document.arrival_number:04}-{slugify(fold(document.reference)) or 'khong-so'}"
    key = AnswerKey(document, name, {"schema": SCHEMA, "file": f"{name}.txt", "layout": []})
    reading = document.reading
    key.key["meta"] = _meta(key, reading["meta"])
    key.key["references"] = [_plain(one) for one in reading.get("references") or []]
    clauses = {clause.path: clause for clause in document.tree}  # type: ignore[attr-defined]
    key.key["sections"] = [_section(key, one, clauses, names) for one in reading.get("sections") or []]
    return key


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    """Without the places in the text, which are the reader's own and no part of a key."""
    return {name: value for name, value in one.items() if name != "span"}


def _meta(key: AnswerKey, read: dict[str, Any]) -> dict[str, Any]:
    document = key.document
    meta = {name: value for name, value in read.items() if name != "spans"}
    for name, column in _META:
        _correct(key, meta, name, column)
    issued = document.issued_on.isoformat() if document.issued_on else None
    if issued != (str(read["date"])[:10] if read.get("date") else None):
        meta["date"] = issued
        key.corrections.append(_label("issued_on"))
    meta["distribution"] = [_plain(one) for one in meta.get("distribution") or []]
    meta["signer"] = signer = dict(read.get("signer") or {})
    _correct(key, signer, "name", "signer_name")
    _correct(key, signer, "title", "signer_title")
    return meta


def _correct(key: AnswerKey, meta: dict[str, Any], name: str, column: str) -> None:
    """The person's value where it differs from what the machine's would look like in the same column."""
    value, limit = getattr(key.document, column), field_of(Document, column).max_length
    read = meta.get(name) or ([] if isinstance(value, list) else "")
    if value != (read[:limit] if limit else read):
        meta[name] = value or None
        key.corrections.append(_label(column))


def _label(column: str) -> str:
    return str(field_of(Document, column).verbose_name)


def _section(key: AnswerKey, read: dict[str, Any], clauses: dict[str, Clause], names: Names) -> dict[str, Any]:
    section = {name: read.get(name) for name in _SECTION} | {
        name: [_plain(one) for one in read.get(name) or []] for name in _LISTS
    }
    clause = clauses.get(read["id"])
    if clause is not None:
        _correct_kind(key, section, clause)
        kept: list[Proposal] = clause.kept  # type: ignore[attr-defined]
        if kept:
            _correct_agencies(key, section, clause, kept, names)
            _correct_deadline(key, section, clause, kept[0])
    section["children"] = [_section(key, one, clauses, names) for one in read.get("children") or []]
    return section


def _correct_kind(key: AnswerKey, section: dict[str, Any], clause: Clause) -> None:
    """What a person said the section is; a task that was added to it says that it is one."""
    kept: list[Proposal] = clause.kept  # type: ignore[attr-defined]
    kind = Clause.Kind.TASK.value if kept else clause.kind
    if kind != section["kind"]:
        section["kind"] = kind
        key.corrections.append(_("section %(path)s") % {"path": clause.path})


def _correct_agencies(
    key: AnswerKey, section: dict[str, Any], clause: Clause, kept: list[Proposal], names: Names
) -> None:
    """Names that a person took away are left out; units that a person added are put in where the section prints them."""
    chosen = {body.pk: body for one in kept for body in one.addressees.all()}
    beside = {body.pk: body for one in kept for body in one.coordinating.all()}
    covered: set[int] = set()
    agencies = []
    for agency in section["agencies"]:
        found = set(names.match(agency["name"]).organisations)
        covered |= found
        role = _role(agency.get("role"), found, set(chosen), set(beside))
        agencies += [agency | {"role": role}] if role != "gone" else []
    printed = f" {words_of(fold(clause.text))} "
    for bodies, role in ((chosen, "implement"), (beside, "coordinate")):
        for pk, body in bodies.items():
            if pk not in covered and any(f" {words_of(fold(n))} " in printed for n in (body.name, body.short_name)):
                agencies.append({"name": body.name, "role": role})
    if agencies != section["agencies"]:
        section["agencies"] = agencies
        key.corrections.append(_("units of section %(path)s") % {"path": clause.path})


def _role(role: str | None, found: set[int], chosen: set[int], beside: set[int]) -> str | None:
    """The role after a person's choice; "gone" when none of the name's units is among those chosen."""
    if not found or role not in (*_ACCOUNTABLE, "coordinate"):
        return role
    if found & chosen:
        return "implement" if role == "coordinate" else role
    return "coordinate" if found & beside else "gone"


def _correct_deadline(key: AnswerKey, section: dict[str, Any], clause: Clause, proposal: Proposal) -> None:
    if proposal.deadline is None:
        return
    day = proposal.deadline.astimezone(VIETNAM).date()
    dated = next((one for one in section["deadlines"] if one.get("date")), None)
    raw = "" if section["deadlines"] else _printed(day, clause.text)
    if dated is not None and str(dated["date"])[:10] != day.isoformat():
        dated["date"] = day.isoformat()
    elif raw:
        section["deadlines"] = [{"raw": raw, "date": day.isoformat()}]
    else:
        return
    key.corrections.append(_("deadline of section %(path)s") % {"path": clause.path})


def _printed(day: date, text: str) -> str:
    """The day as the section prints it, or nothing: a deadline that a person chose is no reading."""
    forms = (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d}/{day.month}/{day.year}")
    return next((form for form in forms if form in text), "")


def yaml_of(key: dict[str, Any]) -> str:
    """A key as YAML: a line for each value, the values themselves as JSON, which YAML holds."""
    lines = []
    for name, value in key.items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {inner}: {_json(one)}" for inner, one in value.items())]
        elif isinstance(value, list) and value:
            lines += [f"{name}:", *(f"  - {_json(one)}" for one in value)]
        else:
            lines.append(f"{name}: {_json(value)}")
    return "\n".join(lines) + "\n"


def _json(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, default=str)
    # YAML takes every escape of JSON, but not its pairs of surrogates nor characters that cannot be printed.
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in written)


def zip_of(keys: Iterable[AnswerKey]) -> bytes:
    """NAME.txt and NAME.yaml of each document in one file."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for one in keys:
            file.writestr(f"{one.name}.txt", one.document.text)
            file.writestr(f"{one.name}.yaml", yaml_of(one.key))
    return packed.getvalue()
