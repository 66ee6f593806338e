"""Reads the text of a document: puts together what the readers of its parts find."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from congvan.language import one_of, table, words
from congvan.model import Agency, Doubt, Meta, Reading, Reference, Section, Span
from congvan.reading.addressees import read_addressees
from congvan.reading.assignments import agencies_of
from congvan.reading.deadlines import deadlines_of
from congvan.reading.doubts import doubts_of
from congvan.reading.folding import squeezed
from congvan.reading.foot import Foot, read_foot
from congvan.reading.kinds import kind_of
from congvan.reading.layout import Layout, lay_out
from congvan.reading.letterhead import Letterhead, province_of, read_letterhead
from congvan.reading.outline import Node, Outline, outline_of
from congvan.reading.paragraphs import paragraphs_of
from congvan.reading.passage import Passage, joined
from congvan.reading.preamble import ordering_body
from congvan.reading.quantities import quantities_of
from congvan.reading.references import Own, read_references
from congvan.reading.reports import reporting_of

_TITLE_WORDS, _FIRST_LETTERS, _MOST_WORDS = 20, 31, 40
_KIND_LENGTH = 30
_GIVES_NO_ORDER = ("context", "basis", "closing")
_TIMING = re.compile(r"^\W*(?:Về )?[Tt]hời (?:gian|hạn)(?!\w)")
_PARTY_CODE = re.compile(rf"(?:^|/){one_of(words('letterhead', 'party_symbols'))}$")


def read_document(text: str, doubts: list[Doubt]) -> Reading:
    """The reading of a normalised text; `doubts` are the warnings made before, when it was decoded."""
    layout = lay_out(text)
    top = read_letterhead(layout)
    foot = read_foot(layout.foot)
    outline = outline_of(paragraphs_of(layout.body))
    annex = outline_of(paragraphs_of(layout.annex), prefix="PL.")
    references = read_references(_cited_in(layout, outline, annex), Own(top.number, top.symbol, _year(top)))
    _settle_date(top, references)
    meta, spans = _meta(layout, top, foot, outline)
    builder = _Builder(meta)
    nodes = outline.nodes + [node for node in annex.nodes if node.marker]
    sections = tuple(builder.section(node, ()) for node in nodes)
    doubts = doubts + top.doubts + layout.bruises + doubts_of(layout, top, outline, meta, references)
    return Reading(meta, tuple(references), sections, tuple(doubts), text, spans)


def _year(top: Letterhead) -> int | None:
    if top.date:
        return top.date.year
    return top.date_candidates[0].year if top.date_candidates else None


def _cited_in(layout: Layout, outline: Outline, annex: Outline) -> list[Passage]:
    """The passages in which documents are cited, in the order of the text."""
    head = joined([line.words for line in layout.head])
    title = joined([line.words for line in layout.title])
    parts = [part for half in (outline, annex) for part in half.preamble]
    for half in (outline, annex):
        parts += [part for node in half.walk() for part in node.paragraphs] + half.closing + half.notes
    return [passage for passage in (_subject_of(head), _numbered_in(title)) if passage] + [part.words for part in parts]


def _subject_of(head: Passage) -> Passage:
    """The part of a head from V/v on: what stands before it is the document's own number."""
    found = re.search(r"(?i:V/v|Về việc|VỀ VIỆC)", head.form)
    return head.cut(found.start()) if found else head.cut(0, 0)


def _numbered_in(title: Passage) -> Passage:
    """A title from its first citation by number on: "Thông báo kết luận của ..." names itself, not another document."""
    found = re.search(r"(?<!\w)số\s+\d", title.form, re.IGNORECASE)
    return title.cut(max(0, found.start() - _KIND_LENGTH)) if found else title.cut(0, 0)


def _settle_date(top: Letterhead, references: list[Reference]) -> None:
    """Chooses among the dates that a bruised date may be: the first that is not before what the document cites."""
    if top.date or not top.date_candidates:
        return
    cited = [reference.date for reference in references if reference.date]
    latest = max((date for date in cited if date <= max(top.date_candidates)), default=dt.date.min)
    top.date = next((date for date in top.date_candidates if date >= latest), None)


def _meta(layout: Layout, top: Letterhead, foot: Foot, outline: Outline) -> tuple[Meta, dict[str, Span]]:
    recipients, recipient_spans = read_addressees(layout.address)
    ordered_by = ordering_body(outline)
    spans = {**top.spans, **foot.spans, **recipient_spans}
    if ordered_by:
        spans["ordering_body"] = ordered_by.span()
    meta = Meta(
        doc_type=top.doc_type or _letter(top, recipients),
        system=_system(top),
        issuer=top.issuer,
        issuer_parent=top.issuer_parent,
        number=top.number,
        symbol=top.symbol,
        place=top.place,
        date=top.date,
        province=province_of(top),
        subject=top.subject,
        urgency=top.urgency,
        recipients=recipients,
        ordering_body=ordered_by.text if ordered_by else None,
        signer=foot.signer,
        distribution=tuple(foot.copies),
        archive=foot.archive,
        receiving_stamp=top.stamp,
    )
    return meta, spans


def _letter(top: Letterhead, recipients: tuple[str, ...]) -> str | None:
    """A document without a printed kind: its symbol's type code says it, else it is an official letter."""
    codes = table("documents")["codes"]
    for part in re.split(r"[-/]", top.symbol or ""):
        if part in codes:
            return str(codes[part]).upper()
    return (
        words("documents", "titles")[words("documents", "titles").index("CÔNG VĂN")]
        if top.symbol or top.subject or recipients
        else None
    )


def _system(top: Letterhead) -> str | None:
    named = f"{top.issuer_parent or ''} {top.issuer or ''}".upper()
    lists = table("letterhead")
    if top.party_motto or any(body in named for body in lists["party"]) or _PARTY_CODE.search(top.symbol or ""):
        return "party"
    if any(body in named for body in lists["military"]):
        return "military"
    return "state" if top.state_motto or top.issuer or top.symbol else None


class _Builder:
    """Turns the nodes of the outline into sections."""

    def __init__(self, meta: Meta) -> None:
        self.meta = meta
        self.orderers = [name for name in (meta.ordering_body, meta.issuer) if name]

    def section(self, node: Node, above: tuple[Agency, ...]) -> Section:
        kind = kind_of(node, self.meta.doc_type)
        own = agencies_of(node, self.orderers) if kind not in _GIVES_NO_ORDER else []
        handed_down = tuple(replace(agency, inherited=True) for agency in above)
        orders = tuple(own) + tuple(
            agency for agency in handed_down if squeezed(agency.name) not in {squeezed(a.name) for a in own}
        )
        passages = [part.body for part in node.paragraphs]
        telling = kind == "context" and not _TIMING.match(node.title.form)
        deadlines = deadlines_of(passages, self.meta.date) if not telling else ()
        children = tuple(self.section(child, tuple(own) or above) for child in node.children)
        return Section(
            id=node.id,
            marker=node.mark.text or None,
            first_words=_first_words(node),
            text="\n".join(part.words.text for part in node.paragraphs),
            kind=kind,
            agencies=orders,
            deadlines=deadlines,
            quantities=quantities_of(passages, deadlines),
            reporting=reporting_of(node, own or list(above)) if kind not in _GIVES_NO_ORDER else (),
            children=children,
            span=_whole_span(node),
        )


def _first_words(node: Node) -> str:
    """The words to know a section by: its whole title, or the beginning of its text."""
    printed = node.title.text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    if len(printed) <= _TITLE_WORDS and (node.children or len(node.paragraphs) > 1):
        return " ".join(printed)
    taken: list[str] = []
    while printed and len(re.sub(r"\W+", " ", " ".join(taken))) < _FIRST_LETTERS:
        taken.append(printed.pop(0))
    return " ".join(taken)


def _whole_span(node: Node) -> Span:
    """From the mark to the last character of the last part below it."""
    spans = [part.words.span() for part in node.paragraphs if part.words]
    if node.mark:
        spans.append(node.mark.span())
    spans += [_whole_span(child) for child in node.children]
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else (0, 0)
