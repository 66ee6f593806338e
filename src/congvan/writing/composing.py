"""Composes a paper into its printed lines, by the rules of form of its system."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from congvan.writing.kinds import Kind, System, capacity_code
from congvan.writing.layout import LAYOUTS, Role
from congvan.writing.numbering import flatten
from congvan.writing.paper import Annex, Distribution, Figure, Paper, Signature, Table
from congvan.writing.printed import Element, Line, Printed, PrintedAnnex
from congvan.writing.wording import (
    balanced,
    clean,
    format_long_date,
    format_number_and_symbol,
    format_number_line,
    format_place_date,
    listed,
    roman,
    single_line,
    with_end_mark,
)

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
TITLE_BLOCKS = {
    System.STATE: (Line(Role.NATIONAL_TITLE, NATIONAL_TITLE), Line(Role.MOTTO, MOTTO, rule=1)),
    System.PARTY: (Line(Role.NATIONAL_TITLE, PARTY_TITLE, rule=1),),
}
# Characters that fit a line; longer titles are broken by hand into even lines, as clerks do.
HEAD_COLUMNS = 24
LETTER_SUBJECT_COLUMNS = 34
PLACE_DATE_COLUMNS = 46
SUBJECT_COLUMNS = 66
ANNEX_TITLE_COLUMNS = 48


def compose(paper: Paper) -> Printed:
    """The lines of a paper by the rules of its system."""
    return Printed(
        layout=LAYOUTS[paper.system],
        title=single_line(clean(f"{reference(paper)}: {paper.subject}")),
        author=single_line(clean(paper.issuer)),
        description=single_line(clean(paper.subject)),
        issuer=tuple(issuer(paper)),
        title_block=TITLE_BLOCKS[paper.system],
        number=tuple(number(paper)),
        place_date=(Line(Role.PLACE_DATE, place_date(paper)),),
        opening=tuple(opening(paper)),
        body=tuple(body(paper)),
        distribution=tuple(distribution(paper)),
        signature=tuple(signature(paper.signer, paper.system)),
        annexes=tuple(composed_annex(paper, place) for place in range(len(paper.annexes))),
    )


def reference(paper: Paper) -> str:
    """How other papers name this one: "Báo cáo số 15/BC-UBND"."""
    number = single_line(format_number_and_symbol(paper.number, paper.symbol, paper.system))
    return f"{paper.kind.value.capitalize()} số {number}"


def issuer(paper: Paper) -> Iterator[Line]:
    """The parent body and the issuer, with a rule below or the Party's star."""
    if paper.issuer_parent:
        yield Line(Role.ISSUER_PARENT, headed(paper.issuer_parent))
    if paper.system is System.PARTY:
        yield Line(Role.ISSUER, headed(paper.issuer))
        yield Line(Role.SEPARATOR, "*")
    else:
        yield Line(Role.ISSUER, headed(paper.issuer), rule=0.4)


def number(paper: Paper) -> Iterator[Line]:
    """Number and symbol, and what stands under them."""
    yield Line(Role.NUMBER, format_number_line(paper.number, paper.symbol, paper.system))
    if paper.kind is Kind.LETTER:
        yield Line(Role.LETTER_SUBJECT, letter_subject(paper.subject))
    if paper.urgency:
        yield Line(Role.URGENCY, paper.urgency.value, framed=True)


def place_date(paper: Paper) -> str:
    """Place and date, on two lines where one is too short."""
    words = format_place_date(paper.place, paper.date)
    return words if len(words) <= PLACE_DATE_COLUMNS else balanced(words, PLACE_DATE_COLUMNS)


def opening(paper: Paper) -> Iterator[Line]:
    """Kind, subject, who orders, to whom, on what legal bases."""
    if paper.kind is not Kind.LETTER:
        yield from headline(paper)
    yield from recipients(paper)
    dash = "- " if paper.system is System.PARTY else ""
    for basis in listed(paper.bases):
        yield Line(Role.BASIS, dash + basis)
    if paper.kind is Kind.DECISION:
        yield Line(Role.DECIDES, decides(paper))


def headline(paper: Paper) -> Iterator[Line]:
    """Name of the kind and subject, with the ordering body where the form prints one."""
    yield Line(Role.KIND, paper.kind.value)
    ordering = capitals(paper.ordering_body or "")
    if ordering and paper.system is System.PARTY and paper.kind is not Kind.DECISION:
        yield Line(Role.SUBJECT, f"CỦA {ordering}")
    subject = balanced(paper.subject, SUBJECT_COLUMNS)
    if paper.system is System.PARTY:
        yield Line(Role.SUBJECT, subject)
        yield Line(Role.SUBJECT_END, "-----")
    else:
        yield Line(Role.SUBJECT, subject, rule=0.35)
    if ordering and paper.system is System.STATE and paper.kind is not Kind.URGENT_DISPATCH:
        yield Line(Role.ORDERING_BODY, ordering)


def decides(paper: Paper) -> str:
    """The words between the bases and the articles; the Party puts the deciding body in front."""
    if paper.system is System.STATE:
        return "QUYẾT ĐỊNH:"
    return f"{capitals(single_line(paper.ordering_body or paper.issuer))} QUYẾT ĐỊNH"


def recipients(paper: Paper) -> Iterator[Line]:
    """ "Kính gửi", or in an urgent dispatch "… điện:", with the addressees."""
    entries, label = paper.recipients, "Kính gửi:"
    if paper.kind is Kind.URGENT_DISPATCH:
        label = f"{capitals(single_line(paper.ordering_body or paper.issuer))} điện:"
    if len(entries) == 1:
        yield Line(Role.RECIPIENT_SINGLE, f"{label} {entries[0]}")
    elif entries:
        yield Line(Role.RECIPIENT_LABEL, label)
        between = "," if paper.system is System.PARTY else ";"
        yield from (Line(Role.RECIPIENT, f"- {entry}") for entry in listed(entries, between))


def body(paper: Paper) -> Iterator[Element]:
    """The content, ended by "./."; its last line stays with the signature, which must not stand alone on a page."""
    *elements, last = [*flatten(paper.body, paper.body_numbering)] or [Line(Role.BODY, "")]
    if not isinstance(last, Line):
        elements.append(last)
        last = Line(Role.BODY, "")
    if last.lead and not last.text:
        elements.append(replace(last, lead=with_end_mark(last.lead), keep=True))
    else:
        elements.append(replace(last, text=with_end_mark(last.text), keep=True))
    yield from leading(elements)


def leading(elements: list[Element]) -> Iterator[Element]:
    """The elements; a line that leads to a table or a figure stays on its page."""
    for element, following in pairwise([*elements, None]):
        if isinstance(element, Line) and isinstance(following, Table | Figure):
            yield replace(element, keep=True)
        elif element:
            yield element


def distribution(paper: Paper) -> Iterator[Line]:
    """ "Nơi nhận" with its groups and the archive line."""
    entries = [*paper.distribution]
    archive = f"Lưu{'' if paper.system is System.PARTY else ':'} {paper.archive}" if paper.archive else None
    if not entries and not archive:
        return
    yield Line(Role.DISTRIBUTION_LABEL, "Nơi nhận:")
    texts = [distribution_text(entry) for entry in entries] + ([archive] if archive else [])
    ended = listed(texts, "," if paper.system is System.PARTY else ";")
    group: str | None = None
    for text, entry in zip(ended, [*entries, None], strict=False):
        if entry and entry.group and entry.group != group:
            yield Line(Role.DISTRIBUTION, f"{entry.group.rstrip(':')}:")
        group = entry.group if entry else group
        yield Line(Role.DISTRIBUTION, f"- {text}")


def distribution_text(entry: Distribution) -> str:
    """ "TT Tỉnh ủy (b/c)"."""
    return f"{entry.name} ({entry.note})" if entry.note else entry.name


def signature(signer: Signature, system: System) -> Iterator[Line]:
    """Authority lines, position, name."""
    for authority in signer.authority:
        yield Line(Role.AUTHORITY, f"{capacity_code(authority.capacity, system)} {capitals(authority.of)}")
    if signer.title:
        yield Line(Role.POSITION, capitals(signer.title))
    yield Line(Role.SIGNER, signer.name)


def composed_annex(paper: Paper, place: int) -> PrintedAnnex:
    """The annex at this place, from 0, under its head."""
    annex = paper.annexes[place]
    label = "Phụ lục" if len(paper.annexes) == 1 else f"Phụ lục {roman(place + 1)}"
    elements = leading([*annex_head(paper, annex, label), *flatten(annex.body, annex.numbering)])
    return PrintedAnnex(tuple(elements), annex.landscape)


def annex_head(paper: Paper, annex: Annex, label: str) -> Iterator[Line]:
    """Number and title of an annex and the paper it belongs to (Decree 30, III.1)."""
    day = format_long_date(paper.date) if paper.date else "ngày     tháng     năm"
    source = f"(Kèm theo {reference(paper)}\n{day} của {single_line(paper.issuer)})"
    yield Line(Role.ANNEX, label)
    yield Line(Role.ANNEX_TITLE, balanced(capitals(annex.title), ANNEX_TITLE_COLUMNS))
    yield Line(Role.ANNEX_SOURCE, source, rule=0.35)


def letter_subject(subject: str) -> str:
    """The subject of a letter with its "V/v", once."""
    return balanced(subject if subject.startswith("V/v") else f"V/v {subject}", LETTER_SUBJECT_COLUMNS)


def capitals(name: str) -> str:
    """A name in capitals."""
    return name.upper()


def headed(name: str) -> str:
    """A body's name for the head: capitals on lines of about equal length; line feeds of the author are kept."""
    return "\n".join(balanced(part, HEAD_COLUMNS) for part in capitals(name).split("\n"))
