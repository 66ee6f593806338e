"""The letterhead and the title: issuer, number and symbol, place and date, kind and subject, urgency, stamp."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass, field

from congvan.language import UPPER, one_of, table, words
from congvan.model import Doubt, Span, Stamp
from congvan.reading import dates
from congvan.reading.folding import fold, mostly_capitals, squeezed
from congvan.reading.layout import Layout, is_motto, is_title
from congvan.reading.lines import Line
from congvan.reading.passage import Passage, joined, matching_form

# A type code or a body's initials, then more of them: CV/TU, UBND-VXNV, QĐ-BCĐQG, QyĐ/ThU.
SYMBOL = rf"{UPPER}(?:(?!ngày)[\w&])*(?:[-/.&]{UPPER}(?:(?!ngày)\w)*|\s?-\s?{UPPER}{{2}}(?:(?!ngày)\w)*)*"
_MOTTO_INSIDE = re.compile(
    r"(?:cong\s+)?hoa xa hoi chu nghia viet nam|doc lap\W{1,5}tu do\W{1,5}hanh phuc|dang cong san viet nam"
)
_NUMBER = re.compile(
    rf"(?:^|(?<=\s))[Ss][ốồổỗộôoóờởỡổơ0Ố](?:\s*[:.;,]\s*|\s+|(?=[lI\d]))"
    rf"(?P<number>[\dlIOo][\dlIOoSB ]*(?:/\d{{4}})?|[.…_ ]*)\s*[-/]\s*(?P<symbol>{SYMBOL})"
)
_BARE_NUMBER = re.compile(rf"^(?P<number>\d{{1,5}}(?:/\d{{4}})?)\s*[-/]\s*(?P<symbol>{UPPER}{{2}}[\w/&.-]*)$")
_CAPITALISED = rf"{UPPER}[\w']*"
_PLACE = (
    rf"(?:(?:TP|Tp|Thành phố|Thị xã|Thị trấn|TX|TT|Huyện|Xã|Phường|Quận)"
    rf"\.?\s*)?{_CAPITALISED}(?:(?:\s*-\s*|\s+){_CAPITALISED}){{0,4}}"
)
_DATED = re.compile(
    rf"(?:(?P<place>{_PLACE})\s*[,.]\s*)?"
    rf"(?:(?i:lúc|hồi)?\s*\d{{1,2}}\s*(?:giờ|h|:)\s*(?:\d{{2}}\s*(?:phút)?)?\s*,?\s*)?"
    rf"(?i:ngày)\s*(?P<day>\d{{1,2}}|[.…_ ]*)\s*(?i:tháng)"
    rf"\s*(?P<month>\d{{1,2}}|[.…_ ]*)\s*(?i:năm)\s*(?P<year>\d{{4}})"
)
_DATED_BRUISED = re.compile(r"ngay\s*(?P<day>\S{1,3}?)\s*thang\s*(?P<month>\S{1,3}?)\s*nam\s*(?P<year>\d{4})")
_PLACE_ALONE = re.compile(rf"(?P<place>{_PLACE})\s*,\s*$")
_ABOUT = re.compile(r"^\W{0,3}(?:V/\s?v|Về việc|V\s?/\s?v)\s*:?\s*", re.IGNORECASE)
_OF_BODY = re.compile(r"^(?:CỦA|của|Của)\s+(?P<body>.*)$")
_STAMP_HEAD = re.compile(rf"^\W{{0,2}}{one_of(words('letterhead', 'stamps'))}\W*$")
_STAMP_FIELD = re.compile(rf"^\W*{one_of(words('letterhead', 'stamp_fields'))}\s*[:.]", re.IGNORECASE)
_STAMP_NUMBER = re.compile(r"Số\s*[:.]?\s*(\d+)(?!\d*\s*[-/]\s*[A-ZĐ])", re.IGNORECASE)
_TITLE = re.compile(rf"^\W{{0,3}}(?P<kind>{one_of(words('documents', 'titles'))})(?=\W|$)")
_URGENT = re.compile(rf"(?<!\w){one_of(words('letterhead', 'urgencies'))}(?!\w)")
_SECRET = re.compile(rf"^\W*{one_of(words('letterhead', 'secrecies'))}\W*$")
_ISSUER_HEAD = re.compile(rf"^\W?(?:CÁC\s+)?{one_of(words('letterhead', 'issuers'))}(?!\w)", re.IGNORECASE)
_PROVINCE = re.compile(rf"(?i:TỈNH(?: ỦY| ĐOÀN)?|THÀNH PHỐ|TP\.?|THÀNH ỦY)\s+(?P<name>(?!(?i:ỦY|ĐOÀN)){UPPER}[\w -]*)")


@dataclass(slots=True)
class Letterhead:
    """What the top of a document says. `spans` names where each field stands."""

    doc_type: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: dt.date | None = None
    date_candidates: list[dt.date] = field(default_factory=list)
    subject: str | None = None
    urgency: str | None = None
    stamp: Stamp | None = None
    party_motto: bool = False
    state_motto: bool = False
    spans: dict[str, Span] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def keep(self, name: str, part: Passage) -> str:
        """Notes where a field stands; returns its words."""
        self.spans[name] = part.span()
        return part.text


def read_letterhead(layout: Layout) -> Letterhead:
    """The fields of the top of a document."""
    found = Letterhead()
    cells = [cell for line in layout.head for cell in _without_mottoes(line, found)]
    cells = _take_stamp(cells, found)
    cells = _take_number(cells, found)
    cells = _take_date(cells, found)
    cells = _take_marks(cells, found)
    cells = _take_subject(cells, found)
    _take_issuer(cells, found)
    _read_title(layout.title, found)
    return found


def _without_mottoes(line: Line, found: Letterhead) -> list[Line]:
    """The line without the mottoes of the state and the Party, in the pieces that they leave."""
    folded = fold(line.form)
    if "dang cong san" in folded:
        found.party_motto = True
    if "xa hoi chu nghia" in folded or "doc lap" in folded:
        found.state_motto = True
    if is_motto(line):
        return []
    pieces, start = [], 0
    for match in _MOTTO_INSIDE.finditer(folded):
        pieces.append(line.words.cut(start, match.start()).strip())
        start = match.end()
    pieces.append(line.words.cut(start).strip())
    return [Line(piece, line.gap) for piece in pieces if len(piece) > 1 or piece.text.isalnum()]


def _take_stamp(cells: list[Line], found: Letterhead) -> list[Line]:
    """Takes out the stamp of the receiving office: its heading, the office above it and the fields below it."""
    heading = next((place for place, cell in enumerate(cells) if _STAMP_HEAD.match(cell.form)), None)
    if heading is None:
        return cells
    last = heading
    while (
        last + 1 < len(cells) and _STAMP_FIELD.match(cells[last + 1].form) and not _NUMBER.search(cells[last + 1].form)
    ):
        last += 1
    first = heading
    while first > 0 and mostly_capitals(cells[first - 1].form) and first > heading - 3:
        first -= 1
    stamp = joined([cell.words for cell in cells[heading : last + 1]])
    number = _STAMP_NUMBER.search(stamp.form)
    date = next((hit.group() for hit in dates.DATE.finditer(stamp.form)), None)
    read = next((dates.from_match(hit, None) for hit in dates.DATE.finditer(f"ngày {date}")), None) if date else None
    office = joined([cell.words for cell in cells[first:heading]]).text or None
    found.stamp = Stamp(office, number.group(1) if number else None, read)
    found.spans["receiving_stamp"] = stamp.span()
    return cells[:first] + cells[last + 1 :]


def _take_number(cells: list[Line], found: Letterhead) -> list[Line]:
    for place, cell in enumerate(cells):
        match = _NUMBER.search(cell.form) or _BARE_NUMBER.match(cell.form)
        if not match or not any(letter.isupper() for letter in match["symbol"][:2]):
            continue
        found.number = _digits(match["number"], found, cell.words.span(*match.span()))
        found.symbol = re.sub(r"\s", "", match["symbol"]).rstrip("./-")
        found.spans["number"] = (
            cell.words.span(*match.span("number")) if found.number else cell.words.span(*match.span())
        )
        found.spans["symbol"] = cell.words.span(*match.span("symbol"))
        rest = [cell.words.cut(0, match.start()).strip(), cell.words.cut(match.end()).strip()]
        pieces = [Line(piece, cell.gap) for piece in rest if len(piece) > 1]
        # What stands before the number is the issuing body; the mark keeps what follows from being taken for it.
        return [
            *cells[:place],
            *pieces[: 1 if rest[0] else 0],
            _NUMBER_STOOD_HERE,
            *pieces[1 if rest[0] else 0 :],
            *cells[place + 1 :],
        ]
    return cells


_NUMBER_STOOD_HERE = Line(Passage("", ()), gap=True)


def _digits(printed: str, found: Letterhead, span: Span) -> str | None:
    """The number as digits; letters that OCR makes of digits are read as these, with a warning."""
    packed = re.sub(r"[\s.…_]", "", printed)
    if not packed:
        return None
    likely = table("letterhead")["lookalikes"]
    repaired = "".join(
        letter if letter.isdigit() or letter == "/" else likely.get(letter, [""])[0] for letter in packed
    )
    if repaired != packed:
        found.doubts.append(
            Doubt("meta.number", f"Số in là «{printed.strip()}», đọc là {repaired}; cần kiểm tra.", span)
        )
    return repaired or None


def _take_date(cells: list[Line], found: Letterhead) -> list[Line]:
    """Takes out place and date: first where one line holds them, then where they go on over two, then where bruised."""
    for reach in (1, 2):
        for place, cell in enumerate(cells):
            words_ = joined([part.words for part in cells[place : place + reach]])
            match = _DATED.search(words_.form)
            begun = match is not None and (match.end("place") if match["place"] else match.start()) <= len(cell.form)
            if match and begun and _fits(match, words_, found, cells, place):
                return _around(cells, place, reach, words_, match)
    for place, cell in enumerate(cells):
        bruised = _DATED_BRUISED.search(fold(cell.form))
        if bruised:
            _read_bruised(bruised, cell.words, found)
            return _around(cells, place, 1, cell.words, bruised)
    return cells


def _around(cells: list[Line], place: int, reach: int, whole: Passage, match: re.Match[str]) -> list[Line]:
    """The cells without the match; what stood before and after it stays."""
    start = match.start()
    lead = _PLACE_ALONE.search(whole.form[:start])
    pieces = [whole.cut(0, lead.start() if lead else start).strip(), whole.cut(match.end()).strip()]
    return [*cells[:place], *(Line(piece, gap=True) for piece in pieces if len(piece) > 1), *cells[place + reach :]]


def _fits(match: re.Match[str], whole: Passage, found: Letterhead, cells: list[Line], place: int) -> bool:
    """Takes the date of a match, unless it stands inside a subject ("... ngày 19 tháng 5 năm 2021 của ...")."""
    if not match["place"] and _ABOUT.match(cells[place].form):
        return False
    if match["day"].isdigit() and match["month"].isdigit():
        found.date = dates.day(int(match["year"]), int(match["month"]), int(match["day"]))
        if found.date is None:
            what = f"Ngày in «{match['day']}/{match['month']}/{match['year']}» không có trong lịch."
            found.doubts.append(Doubt("meta.date", what, whole.span(*match.span())))
        found.spans["date"] = whole.span(
            match.start("day") if not match["place"] else match.end("place") + 1, match.end()
        )
    else:
        found.doubts.append(Doubt("meta.date", "Văn bản chưa ghi đủ ngày, tháng.", whole.span(*match.span())))
    if match["place"]:
        found.place = found.keep("place", whole.cut(*match.span("place")).strip(" .,-"))
    return True


def _read_bruised(match: re.Match[str], words_: Passage, found: Letterhead) -> None:
    """A date whose digits OCR has spoiled: the dates it may be, to be settled by what the text cites."""
    lead = _PLACE_ALONE.search(words_.form[: match.start()])
    if lead:
        found.place = found.keep("place", words_.cut(*lead.span("place")).strip())
    days, months = (_number_readings(words_.form[slice(*match.span(part))]) for part in ("day", "month"))
    read = (dates.day(int(match["year"]), month, day) for day, month in itertools.product(days, months))
    found.date_candidates = [date for date in read if date]
    span = words_.span(*match.span())
    found.spans["date"] = span
    found.doubts.append(
        Doubt("meta.date", f"Ngày tháng in là «{words_.text[slice(*match.span())]}»; cần kiểm tra.", span)
    )


def _number_readings(printed: str) -> list[int]:
    """The numbers that the signs may stand for."""
    likely = table("letterhead")["lookalikes"]
    options = [[letter] if letter.isdigit() else likely.get(letter, []) for letter in printed]
    return [int("".join(choice)) for choice in itertools.product(*options) if choice]


def _take_marks(cells: list[Line], found: Letterhead) -> list[Line]:
    """Takes out the marks of urgency and secrecy."""
    kept = []
    for cell in cells:
        urgent = _URGENT.search(cell.form) if len(cell.form) < 30 else None
        if urgent:
            found.urgency = found.keep("urgency", cell.words.cut(*urgent.span()))
        elif not _SECRET.match(cell.form):
            kept.append(cell)
    return kept


def _take_subject(cells: list[Line], found: Letterhead) -> list[Line]:
    """Takes out the subject of a letter: from V/v to the next gap, over as many lines as it was wrapped."""
    first = next((place for place, cell in enumerate(cells) if _ABOUT.match(cell.form)), None)
    if first is None:
        return cells
    last = first
    while last + 1 < len(cells) and _continues(cells[last + 1], cells[last]):
        last += 1
    subject = joined([cell.words for cell in cells[first : last + 1]])
    about = _ABOUT.match(subject.form)
    found.subject = found.keep("subject", subject.cut(about.end() if about else 0).strip(" .;-"))
    return cells[:first] + cells[last + 1 :]


def _continues(cell: Line, before: Line) -> bool:
    if not cell.words or (
        mostly_capitals(cell.form) and not mostly_capitals(before.form) and _ISSUER_HEAD.match(cell.form)
    ):
        return False
    if not cell.gap:
        return True
    return cell.form[0].islower() or before.form.rstrip().endswith((",", "-"))


def _take_issuer(cells: list[Line], found: Letterhead) -> None:
    """The issuing body and the one above it: the capitals before the number."""
    until = next((place for place, cell in enumerate(cells) if cell is _NUMBER_STOOD_HERE), len(cells))
    parts = [cell for cell in cells[:until] if mostly_capitals(cell.form) or _ISSUER_HEAD.match(cell.form)]
    if not parts:
        parts = [cell for cell in cells if cell.words and mostly_capitals(cell.form) and _ISSUER_HEAD.match(cell.form)][
            :2
        ]
    names: list[list[Passage]] = []
    for cell in parts:
        if len(cell.form) > 90:
            continue
        if names and not _ISSUER_HEAD.match(cell.form):
            names[-1].append(cell.words)
        else:
            names.append([cell.words])
    bodies = [joined(name).strip(" .:,;-*") for name in names]
    bodies = [body for body in bodies if body]
    if bodies:
        found.issuer = found.keep("issuer", bodies[-1])
    if len(bodies) > 1:
        found.issuer_parent = found.keep("issuer_parent", bodies[-2])


def _read_title(lines: list[Line], found: Letterhead) -> None:
    """The printed kind and the subject under it."""
    if not lines:
        return
    match = _TITLE.match(lines[0].form)
    if match is None:
        return
    kind = lines[0].words.cut(*match.span("kind"))
    found.keep("doc_type", kind)
    found.doc_type = kind.form.upper()
    rest = lines[0].words.cut(match.end()).strip(" :.")
    urgent = _URGENT.search(rest.form) if rest and len(rest.form) < 30 else None
    if urgent:
        found.urgency = found.urgency or found.keep("urgency", rest.cut(*urgent.span()))
        rest = rest.cut(0, 0)
    parts = _subject_lines(lines[1:], rest, found)
    subject = joined([part for part in parts if part])
    about = _ABOUT.match(subject.form)
    subject = subject.cut(about.end() if about else 0).strip(" .;:-")
    if subject:
        found.subject = found.keep("subject", subject)


def _subject_lines(lines: list[Line], rest: Passage, found: Letterhead) -> list[Passage]:
    """The lines of the subject: without the name of the body whose document it is, nor the authority that decides."""
    parts = [rest] if rest else []
    for line in lines:
        urgent = _URGENT.search(line.form)
        if urgent and len(line.form) < 30:
            found.urgency = found.urgency or found.keep("urgency", line.words.cut(*urgent.span()))
            continue
        of_body = _OF_BODY.match(line.form)
        if of_body and not parts and mostly_capitals(line.form):
            found.issuer = found.issuer or found.keep("issuer", line.words.cut(*of_body.span("body")).strip())
            continue
        if parts and _decides(line, parts[-1]):
            break
        if parts and is_title(line):
            break
        parts.append(line.words)
    return parts


def _decides(line: Line, before: Passage) -> bool:
    """Whether a line names the authority of a decision ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"), after the subject."""
    name = re.sub(rf"^\W*(?:{one_of(words('signature', 'posts'))})\s+", "", line.form)
    named = mostly_capitals(line.form) and (_ISSUER_HEAD.match(name) or name != line.form)
    return bool(named and (line.gap or not mostly_capitals(before.form)))


def province_of(found: Letterhead) -> str | None:
    """The province of a provincial, district or commune body, spelt as the place line spells it where it can be."""
    for name in (found.issuer, found.issuer_parent):
        match = _PROVINCE.search(matching_form(name or ""))
        if match:
            printed = match["name"].strip()
            same = found.place and squeezed(found.place) == squeezed(printed)
            return found.place if same else " ".join(word.capitalize() for word in printed.split())
    return None
