"""Taking documents into the book, confirming what the reader proposed, reading and filing them."""

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import congvan
from phaodai.command.actions.proposing import propose_tasks
from phaodai.command.models import Acknowledgement, Citation, Clause, Document, DocumentFile
from phaodai.command.rules.certainty import FIELDS
from phaodai.command.rules.files import LARGEST_DOCUMENT, MEGABYTE
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import field_of, guard_version
from phaodai.people.models import Organisation

AMENDABLE = (
    "forwarded_to", "file_code", "note", "system", "kind", "number", "symbol", "issued_on", "place", "issuer",
    "issuer_parent", "subject", "urgency", "signer_name", "signer_title", "recipients", "distribution",
)  # fmt: skip


# What another document cites this one by.
_IDENTITY = frozenset({"number", "symbol", "issued_on"})
_READ = frozenset(column for column, _name in FIELDS)


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic
def register_document(
    *,
    actor: Actor,
    moment: datetime,
    upload: Upload,
    arrived_at: datetime | None = None,
    forwarded_to: str = "",
    file_code: str = "",
) -> Document:
    """Give a document the next arrival number of the actor's own book, read it, and propose its tasks.

    Refuses a file that is no document (with what to do instead) and one that is already in the book.
    """
    actor.require(Permission.COMMAND_DIRECTIVE_REGISTER)
    organisation = Organisation.objects.get(pk=actor.organisation)
    _refuse_large(upload)
    _refuse_twin(upload, organisation)
    started = perf_counter()
    reading = _read(upload)
    arrived = arrived_at or moment
    document = Document(
        organisation=organisation,
        **vars_of_area(organisation),
        arrival_year=arrived.year,
        arrival_number=_next_arrival_number(organisation, arrived.year),
        arrived_at=arrived,
        forwarded_to=forwarded_to,
        file_code=file_code,
        state=Document.State.READ,
        read_milliseconds=round((perf_counter() - started) * 1000),
    )
    _fill(document, reading)
    document.save()
    DocumentFile.objects.create(
        document=document, **DocumentFile.facts_of(upload.name, upload.content_type, upload.content)
    )
    _keep_tree(document, reading)
    propose_tasks(document)
    Fact.tell("command:document:registered", subject=document, moment=moment, officer=actor.officer)
    return document


def vars_of_area(organisation: Organisation) -> dict[str, int | None]:
    """The area columns of a row that belongs to `organisation`."""
    return {
        "province_id": organisation.province_id,
        "district_id": organisation.district_id,
        "commune_id": organisation.commune_id,
    }


def _refuse_large(upload: Upload) -> None:
    if len(upload.content) > LARGEST_DOCUMENT:
        size, limit = len(upload.content) // MEGABYTE, LARGEST_DOCUMENT // MEGABYTE
        raise Refusal(
            _("The file has %(size)d MB; the limit is %(limit)d MB. Scan in black and white, or split it.")
            % {"size": size, "limit": limit},
            field="file",
        )


def _refuse_twin(upload: Upload, organisation: Organisation) -> None:
    digest = DocumentFile.facts_of(upload.name, upload.content_type, upload.content)["sha256"]
    twin = Document.objects.filter(organisation=organisation, original__sha256=digest).first()
    if twin:
        raise Refusal(
            _("This file is already in the book: arrival number %(number)d of %(day)s.")
            % {"number": twin.arrival_number, "day": f"{twin.arrived_at:%d/%m/%Y}"},
            field="file",
        )


def _read(upload: Upload) -> dict[str, Any]:
    try:
        reading = congvan.read(upload.content, filename=upload.name)
    except congvan.Unreadable as problem:
        raise Refusal(
            problem.vi if (get_language() or "vi").startswith("vi") else problem.en, field="file"
        ) from problem
    return reading.as_json() | {
        "text": reading.text,
        "spans": {name: list(span) for name, span in reading.spans.items()},
    }


def _next_arrival_number(organisation: Organisation, year: int) -> int:
    with connection.cursor() as cursor:
        # Two clerks registering at once must not draw the same number; the lock ends with the transaction.
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [organisation.pk, year])
    last = Document.objects.filter(organisation=organisation, arrival_year=year).aggregate(last=Max("arrival_number"))[
        "last"
    ]
    return (last or 0) + 1


def _fill(document: Document, reading: dict[str, Any]) -> None:
    meta = reading["meta"]
    signer = meta.get("signer") or {}
    document.text = reading.pop("text")
    document.reading = reading
    document.system = meta.get("system") or ""
    document.kind = meta.get("doc_type") or ""
    for name in ("number", "symbol", "place", "issuer", "issuer_parent", "subject", "urgency"):
        setattr(document, name, (meta.get(name) or "")[: field_of(Document, name).max_length])
    document.issued_on = meta.get("date")
    document.signer_name = (signer.get("name") or "")[:120]
    document.signer_title = (signer.get("title") or "")[:200]
    document.recipients = meta.get("recipients") or []
    document.distribution = meta.get("distribution") or []
    document.search_key = search_key_of(document)


def search_key_of(document: Document) -> str:
    """What the register's search looks through, folded."""
    return fold(" ".join([document.reference, document.subject, document.issuer, document.kind, document.file_code]))


def _keep_tree(document: Document, reading: dict[str, Any]) -> None:
    for reference in reading["references"]:
        Citation.objects.create(
            document=document, cited=_find_cited(document, reference), **_citation_columns(reference)
        )
    _keep_clauses(document, reading["sections"], parent=None, counter=iter(range(1, 100_000)), depth=0)
    _link_waiting_citations(document)


def _citation_columns(reference: dict[str, Any]) -> dict[str, Any]:
    return {
        "raw": (reference.get("raw") or "")[:300],
        "kind": (reference.get("type") or "")[:40],
        "number": (reference.get("number") or "")[:20],
        "symbol": (reference.get("symbol") or "")[:60],
        "issued_on": reference.get("date"),
        "issuer": (reference.get("issuer") or "")[:200],
        "relation": reference.get("relation") or Citation.Relation.CITES,
    }


def _find_cited(document: Document, reference: dict[str, Any]) -> Document | None:
    if not reference.get("number") or not reference.get("symbol"):
        return None
    found = Document.objects.filter(number=reference["number"], symbol=reference["symbol"]).exclude(pk=document.pk)
    if reference.get("date"):
        found = found.filter(issued_on=reference["date"])
    return found.order_by("pk").first()


def _link_waiting_citations(document: Document) -> None:
    """Earlier letters that cite this one found nothing when they came; now they do."""
    if document.number and document.symbol:
        waiting = Citation.objects.filter(cited=None, number=document.number, symbol=document.symbol).exclude(
            document=document
        )
        waiting.filter(Q(issued_on=None) | Q(issued_on=document.issued_on)).update(cited=document)


def _keep_clauses(
    document: Document, sections: list[dict[str, Any]], *, parent: Clause | None, counter: Any, depth: int
) -> None:
    for section in sections:
        span = section.get("span") or [None, None]
        clause = Clause.objects.create(
            document=document,
            parent=parent,
            path=section["id"][:40],
            position=next(counter),
            depth=depth,
            marker=(section.get("marker") or "")[:20],
            heading=(section.get("first_words") or "")[:200],
            text=section.get("text") or "",
            kind=section.get("kind") or Clause.Kind.CONTEXT,
            span_start=span[0],
            span_end=span[1],
        )
        _keep_clauses(document, section.get("children") or [], parent=clause, counter=counter, depth=depth + 1)


def document_for(actor: Actor, document_id: int) -> Document:
    """The document of the actor's own book, locked for the transaction; `NotHere` when it is not theirs."""
    document = Document.objects.select_for_update().filter(pk=document_id, organisation_id=actor.organisation).first()
    if document is None:
        raise NotHere(_("This document is not in the book of your unit."))
    return document


@transaction.atomic
def amend_document(*, actor: Actor, moment: datetime, document_id: int, version: int, **changes: Any) -> Document:
    """Correct what the reader proposed. Refuses fields that are not the office's to change."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    document = document_for(actor, document_id)
    changes = guard_version(document, version, changes)
    for name, value in changes.items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(document, name, value)
    document.confirmed_fields = sorted({*document.confirmed_fields, *(name for name in changes if name in _READ)})
    document.version += 1
    document.search_key = search_key_of(document)
    document.full_clean(exclude=["organisation"])
    document.save()
    if _IDENTITY & changes.keys():
        _link_waiting_citations(document)
    Fact.tell(
        "command:document:amended", subject=document, moment=moment, officer=actor.officer, fields=sorted(changes)
    )
    return document


@transaction.atomic
def confirm_document(*, actor: Actor, moment: datetime, document_id: int) -> Document:
    """A person vouches for the reading. Refuses while number, date, issuer or subject are missing."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    document = document_for(actor, document_id)
    missing = [name for name in ("kind", "subject", "issuer") if not getattr(document, name)]
    if missing:
        labels = ", ".join(str(field_of(Document, name).verbose_name) for name in missing)
        raise Refusal(
            _("Still missing: %(labels)s. Fill it in from the original.") % {"labels": labels}, field=missing[0]
        )
    if document.state in (Document.State.RECEIVED, Document.State.READ):
        document.state = Document.State.CONFIRMED
        document.confirmed_by_id = actor.officer
        document.confirmed_at = moment
        document.version += 1
        document.save()
        Fact.tell("command:document:confirmed", subject=document, moment=moment, officer=actor.officer)
    return document


@transaction.atomic
def settle_clause(*, actor: Actor, moment: datetime, clause_id: int, kind: str) -> Clause:
    """Say what a clause is: a principle without a task, a heading, context. Its open proposals are dropped."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    clause = (
        Clause.objects.select_related("document")
        .filter(pk=clause_id, document__organisation_id=actor.organisation)
        .first()
    )
    if clause is None:
        raise NotHere(_("This document is not in the book of your unit."))
    if kind not in Clause.Kind.values:
        raise Refusal(_("Choose what the section is."), field="kind")
    clause.kind, clause.settled = kind, True
    clause.save()
    if kind != Clause.Kind.TASK:
        clause.proposals.open().update(state="dropped")
    Fact.tell("command:clause:settled", subject=clause, moment=moment, officer=actor.officer, becomes=kind)
    return clause


@transaction.atomic
def file_document(*, actor: Actor, moment: datetime, document_id: int, note: str = "") -> Document:
    """Close a document that asks nothing of anybody."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    document = document_for(actor, document_id)
    if document.tasks.exists():
        raise Refusal(_("Tasks were already sent from this document; it closes when they are done."))
    document.state, document.note = Document.State.FILED, note or document.note
    document.version += 1
    document.save()
    Fact.tell("command:document:filed", subject=document, moment=moment, officer=actor.officer)
    return document


@transaction.atomic
def acknowledge_document(*, actor: Actor, moment: datetime, document_id: int) -> Acknowledgement:
    """The actor's organisation has read the document and passed it on (quán triệt). Doing it twice changes nothing."""
    actor.require(Permission.COMMAND_TASK_REPORT)
    document = Document.objects.filter(pk=document_id).first()
    if document is None or not actor.organisation or actor.officer is None:
        raise NotHere(_("There is no such document, or it was not sent to your unit."))
    acknowledgement, _created = Acknowledgement.objects.get_or_create(
        document=document, organisation_id=actor.organisation, defaults={"officer_id": actor.officer, "at": moment}
    )
    return acknowledgement
