"""The foot of a document: who receives copies, where it is filed, who signed and on whose behalf."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from congvan.language import LOWER, UPPER, one_of, words
from congvan.model import Copy, Signer, Span
from congvan.reading.folding import fold, mostly_capitals
from congvan.reading.lines import BULLET, Line
from congvan.reading.passage import Passage, joined

_HEADING = re.compile(r"^\W*n\s?[o0]i\s?(?:nhan|gui)\s*[:.]?\s*")
_CODES = one_of(words("signature", "codes"))
_AUTHORITY = re.compile(rf"^\W{{0,2}}(?P<code>{_CODES})(?:\.\s*|\s+)(?={UPPER}{{2}})")
_AUTHORITY_INSIDE = re.compile(rf"(?<=\S)\s+(?=(?:TM|T/M|KT|K/T|TL|T/L|TUQ)(?:\.\s*|\s+){UPPER}{{2}})")
_POST_AT_END = re.compile(rf"(?<=[;:)])\s+(?={one_of(words('signature', 'posts'))}\s*$)")
_POST = re.compile(rf"^\W{{0,2}}{one_of(words('signature', 'posts'))}(?!\w)")
_RANK = re.compile(rf"^(?:(?i:{one_of(words('signature', 'ranks'))})[.,]?\s*)+(?={UPPER})")
_FAMILY = re.compile(rf"^{one_of(words('signature', 'families'))}\s", re.IGNORECASE)
# "H'Lan", "K'Ré": the names of the peoples of the highlands have a capital after the apostrophe.
_WORD = rf"{UPPER}{LOWER}*(?:'{UPPER}?{LOWER}*)*"
_PERSON = re.compile(rf"^{_WORD}(?:\s+{_WORD}){{1,4}}$")
_PERSON_CAPITALS = re.compile(rf"^{UPPER}+(?:\s+{UPPER}+){{1,4}}$")
_PERSON_SEAM = re.compile(rf"(?<=[;)])\s+(?={one_of(words('signature', 'families'))}(?:\s+{_WORD}){{1,3}}$)")
_PERSON_AT_END = re.compile(rf"(?<=[.;])\s+(?P<name>{one_of(words('signature', 'families'))}(?:\s+{_WORD}){{1,3}})$")
_SIGNED = re.compile(rf"\(?\s*{one_of(words('signature', 'signed'))}\s*\)?", re.IGNORECASE)
_ARCHIVE = re.compile(rf"^\W*L[ưu]+(?!{LOWER})\s*(?:trữ|tại)?\s*[:;.,]?\s*")
_ARCHIVE_INSIDE = re.compile(r"(?<=[;,.])\s*-?\s*(?=Lưu\s*[:;]?\s*[A-ZĐV])")
_NOTE_WORDS = one_of(words("signature", "notes"))
_NOTE = re.compile(
    rf"\s*[,;]?\s*(?:\((?P<note>\s*(?:{_NOTE_WORDS}|b/\w)[^()]*)\)|\}}\s*(?P<brace>để [^()]*|báo cáo)?)\s*[.,;]*\s*$",
    re.IGNORECASE,
)
_NOTE_ALONE = re.compile(r"\W*(?:để )?(?:báo cáo|b/c)\W*", re.IGNORECASE)
_NEXT_ITEM = re.compile(rf"(?<=[;.,])\s*[-+]\s*(?={UPPER})")
_SEMICOLON = re.compile(r";\s*")
_EDGES = " \t\n.,;:-+*•"


@dataclass(slots=True)
class Foot:
    """What the foot says; `spans` names where each field stands."""

    copies: list[Copy] = field(default_factory=list)
    archive: str | None = None
    signer: Signer = field(default_factory=Signer)
    spans: dict[str, Span] = field(default_factory=dict)


def read_foot(lines: list[Line]) -> Foot:
    """The distribution list and the signature block; each line belongs to one of them, in whatever order they stand."""
    items: list[list[Line]] = []
    signing: list[Line] = []
    listing = False
    for piece in _pieces(lines):
        heading = _HEADING.match(fold(piece.form))
        listing = listing or heading is not None
        line = Line(piece.words.cut(heading.end() if heading else 0).strip(), piece.gap)
        if not line.words:
            continue
        if listing and not _signs(line):
            _file(line, items)
        else:
            signing.append(line)
    foot = Foot()
    _read_copies(items, foot)
    foot.signer = _read_signer(signing, foot)
    return foot


def _pieces(lines: list[Line]) -> list[Line]:
    """The lines, parted where a flattened second column or a second item begins inside one."""
    pieces: list[Line] = []
    for line in lines:
        parts = [line.words]
        for seam in (_AUTHORITY_INSIDE, _POST_AT_END, _PERSON_SEAM, _NEXT_ITEM, _ARCHIVE_INSIDE):
            parts = [piece for part in parts for piece in part.split(seam)]
        pieces.extend(Line(part.strip(), line.gap) for part in parts)
    return pieces


def _signs(line: Line) -> bool:
    """Whether a line belongs to the signature block."""
    if line.bullet and not _AUTHORITY.match(line.form):
        return False
    if _ARCHIVE.match(line.form):
        return False
    capitals = mostly_capitals(line.form)
    if capitals and (_AUTHORITY.match(line.form) or _POST.match(line.form)):
        return True
    return (
        _person(line.form) is not None
        or _SIGNED.fullmatch(line.form.strip()) is not None
        or (capitals and len(line.form) > 12)
    )


def _file(line: Line, items: list[list[Line]]) -> None:
    """Puts a line of the distribution list to the item it continues, or makes it a new one."""
    starts = line.bullet or _ARCHIVE.match(line.form) or line.form.rstrip().endswith(":") or not items
    finished = bool(items) and items[-1][-1].form.rstrip().endswith((";", ".", ":"))
    if starts or finished or (line.gap and line.form[0].isupper()):
        items.append([line])
    else:
        items[-1].append(line)


def _read_copies(items: list[list[Line]], foot: Foot) -> None:
    group: str | None = None
    for item in items:
        whole = joined([line.words for line in item])
        bullet = BULLET.match(whole.form)
        words_ = whole.cut(bullet.end() if bullet else 0).strip()
        archive = _ARCHIVE.match(words_.form)
        if foot.archive and not bullet:
            continue  # Footnotes and what a portal adds stand after the last line of the list.
        if archive:
            _read_archive(words_.cut(archive.end()), foot)
        elif words_.form.endswith(":") and not bullet:
            group = words_.text.rstrip(": ")
        else:
            parts = [words_] if bullet else list(words_.split(_SEMICOLON))
            foot.copies.extend(copy for copy in (_copy(part, group) for part in parts) if copy)
    if foot.copies:
        foot.spans["distribution"] = (foot.copies[0].span[0], foot.copies[-1].span[1])


def _copy(words_: Passage, group: str | None) -> Copy | None:
    note = _NOTE.search(words_.form)
    name = words_.cut(0, note.start() if note else None).strip(_EDGES)
    if not name or _NOTE_ALONE.fullmatch(name.form):
        return None
    said = (note["note"] or note["brace"]) if note else None
    return Copy(name.text, said.strip() if said else None, group, words_.span())


def _read_archive(words_: Passage, foot: Foot) -> None:
    person = _PERSON_AT_END.search(words_.form)
    if person:
        foot.spans["signer"] = words_.span(*person.span("name"))
        foot.signer = Signer(name=words_.text[slice(*person.span("name"))])
    value = words_.cut(0, person.start() if person else None).strip(_EDGES)
    if value and foot.archive is None:
        foot.archive = value.text
        foot.spans["archive"] = value.span()


def _read_signer(lines: list[Line], foot: Foot) -> Signer:
    """The lines of the block in order: authorities (TM., KT. ...), the office, the name."""
    authority: list[Passage] = []
    codes: list[str] = []
    title: list[Passage] = []
    name: Passage | None = None
    for line in lines:
        match = _AUTHORITY.match(line.form)
        if match:
            authority.append(line.words.strip())
            codes.append(match["code"])
        elif _person(line.form) and not _POST.match(line.form):
            name = _person_part(line.words)
        elif mostly_capitals(line.form) and name is None:
            _office(line, authority, title)
    if name is not None:
        foot.spans["signer"] = name.span()
    kept = name.text if name is not None else foot.signer.name
    return Signer(kept, joined(title).strip(" .,").text or None, tuple(part.text for part in authority), tuple(codes))


def _office(line: Line, authority: list[Passage], title: list[Passage]) -> None:
    """A line of capitals is the signer's office, or goes on with the authority above it."""
    if _POST.match(line.form) or not authority or title:
        title.append(line.words.strip())
    else:
        authority[-1] = joined([authority[-1], line.words.strip()])


def _person_part(words_: Passage) -> Passage:
    rank = _RANK.match(words_.form)
    return words_.cut(rank.end() if rank else 0).strip(_EDGES)


def _person(form: str) -> str | None:
    """The name in a line that is a person's name, maybe after a rank or a degree."""
    rank = _RANK.match(form)
    name = form[rank.end() if rank else 0 :].strip(_EDGES)
    if _PERSON.match(name) and (rank or _FAMILY.match(name) or len(name.split()) in (2, 3)):
        return name
    if _PERSON_CAPITALS.match(name) and _FAMILY.match(name) and not _POST.match(name):
        return name
    return None
