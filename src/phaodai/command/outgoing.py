"""From an outgoing paper to its file, in the layout of the State or of the Party."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from congvan.writing import Annex, Block, Distribution, Figure, Item, Kind, Paper, Paragraph, System, Table, Urgency
from phaodai.command.models import OutgoingPaper
from phaodai.command.papers import place_of, signature_of, superior_of, symbol_of, write_paper
from phaodai.command.pictures import columns_of
from phaodai.command.rules.annexing import cell_of
from phaodai.command.rules.drafting import Node, tree_of
from phaodai.foundation import clock
from phaodai.foundation.charts import render_png
from phaodai.foundation.clock import VIETNAM

KINDS = {
    "CV": Kind.LETTER, "CT": Kind.DIRECTIVE, "CĐ": Kind.URGENT_DISPATCH, "TB": Kind.NOTICE,
    "KH": Kind.PLAN, "QĐ": Kind.DECISION, "BC": Kind.REPORT, "GBN": Kind.RECEIPT,
}  # fmt: skip
_BASIS = "Căn cứ "


def symbol_for(paper: OutgoingPaper) -> str:
    """What follows the number: UBND, CT-UBND, CV/TU."""
    return symbol_of(paper.organisation, KINDS[paper.kind], System(paper.system))


def content_of(paper: OutgoingPaper, suffix: str) -> bytes:
    """The file of the paper: `docx` or `pdf`."""
    return write_paper(printed(paper), suffix)


def printed(paper: OutgoingPaper) -> Paper:
    """The paper as it is laid out; in Vietnamese whoever asks for it. A draft shows blanks for number and day."""
    with translation.override("vi"):
        return _printed(paper)


def _printed(paper: OutgoingPaper) -> Paper:
    organisation, system, kind = paper.organisation, System(paper.system), KINDS[paper.kind]
    day = paper.signed_at.astimezone(VIETNAM).date() if paper.signed_at else None
    bases, nodes = _bases(tree_of(paper.body)) if kind is Kind.DECISION else ((), tree_of(paper.body))
    return Paper(
        kind=kind,
        system=system,
        issuer=organisation.name,
        issuer_parent=superior_of(organisation, system),
        number=paper.number,
        symbol=paper.symbol or symbol_for(paper),
        place=place_of(organisation),
        date=day,
        urgency=Urgency(paper.urgency) if paper.urgency else None,
        subject=paper.subject,
        ordering_body=organisation.name if kind is Kind.DECISION else None,
        recipients=tuple(paper.recipients),
        bases=bases,
        body=tuple(_blocks(nodes)),
        signer=signature_of(
            organisation, day or clock.today(), paper.signer, paper.signer_title, authority=paper.authority
        ),
        distribution=tuple(Distribution(line) for line in paper.distribution),
        archive=paper.archive or None,
        annexes=tuple(_annex(one) for one in paper.annexes),
    )


def _annex(annex: dict[str, Any]) -> Annex:
    """A kept table on a page of its own, with its chart; `widths` are shares of the page, one a column."""
    widths = tuple(annex["widths"]) if annex.get("widths") else None
    rows = tuple(tuple(map(cell_of, row)) for row in annex["rows"])
    table = Table(tuple(annex["header"]), rows, widths=widths)
    return Annex(annex["title"], (table, *_chart(annex)), landscape=bool(annex.get("landscape")))


def _chart(annex: dict[str, Any]) -> tuple[Figure, ...]:
    drawn = annex.get("chart")
    if not drawn or not annex["rows"]:
        return ()
    named = ", ".join(drawn)
    return (Figure(render_png(columns_of(annex["header"], annex["rows"], drawn)), f"Biểu đồ: {named}.", named),)


def _bases(nodes: list[Node]) -> tuple[tuple[str, ...], list[Node]]:
    """The paragraphs at the head of a decision that say on what it rests, and the rest."""
    first = next((at for at, node in enumerate(nodes) if not node.text.startswith(_BASIS)), len(nodes))
    return tuple(node.text.rstrip(";. ") for node in nodes[:first]), nodes[first:]


def _blocks(nodes: Iterable[Node]) -> Iterable[Block]:
    for node in nodes:
        if node.form:
            yield Item(node.text, blocks=tuple(_blocks(node.below)), marker=node.marker)
        else:
            yield Paragraph(node.text)
