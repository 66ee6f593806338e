"""The documents that a document names: each once, with its number, date, issuer, and what is said of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from congvan.language import UPPER, one_of, table, words
from congvan.model import Reference
from congvan.reading import dates
from congvan.reading.clauses import sentences
from congvan.reading.folding import fold, squeezed
from congvan.reading.letterhead import SYMBOL
from congvan.reading.passage import Passage

_KIND = one_of(fold(kind) for kind in words("documents", "cited")).replace(" +", r"\s*")
_BEFORE = one_of(fold(word) for word in words("documents", "before_number"))
_NUMBERED = re.compile(rf"(?<![\w/.,])(?P<number>\d{{1,5}}(?:/\d{{4}})?)\s*[-/]\s?(?P<symbol>{SYMBOL})")
_KIND_BEFORE = re.compile(rf"(?<![a-z])(?P<kind>{_KIND})\s*(?:{_BEFORE}\s*)?(?:s[o0]\s*[:.]?\s*)?$")
_LISTED_BEFORE = re.compile(r"(?:,|;|va|hoac)\s*(?:so\s*)?$")
_BARE_KIND = one_of(fold(kind) for kind in words("documents", "known_by_number"))
_BARE = re.compile(rf"(?<![a-z])(?P<kind>{_BARE_KIND})\s+(?P<so>so\s*[:.]?\s*)?(?P<number>\d{{1,4}})(?![\d%/\w.-])")
_DATED_AFTER = re.compile(r"(?P<comma>\s*,?\s*)ng[aàáảãạ]y\s+(?=\d)", re.IGNORECASE)
_ISSUED_BY = re.compile(r"\s*,?\s*của\s*", re.IGNORECASE)
_ISSUER_END = re.compile(
    r"\s+(?:về|v/v|thông báo|quy định|ban hành|hướng dẫn|tại|phê duyệt|sửa đổi|ngày|"
    r"và\s+(?:Công|Chỉ|Nghị|Quyết|Thông|Kế|các)|gửi|đã|kết luận|yêu cầu|triển khai|chỉ đạo|để|"
    r"liên quan|được)(?!\w)|[,;.:()\"]|\s-\s|\s+(?:Công văn|Chỉ thị|Nghị quyết|Quyết định|"
    r"Thông báo)"
)
_ISSUING = re.compile(
    rf"[Nn]gày\s+(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})"
    rf",?\s+(?P<issuer>{UPPER}[^.;:]{{2,80}}?)\s+(?:đã\s+)?(?:có|ban hành|ký ban hành)"
    rf"\s*(?:các\s+)?$"
)
_NUMBERLESS = re.compile(
    rf"(?<!\w)(?P<kind>{one_of(words('documents', 'numberless'))})\s+(?P<name>(?:(?!số\s*\d)"
    rf"[^.;:\n\"]){{3,140}}?)\s*,?\s*(?P<dated>ngày\s+\d{{1,2}}(?:[/.-]\d{{1,2}}[/.-]|"
    rf"\s+tháng\s+\d{{1,2}}\s+năm\s+)\d{{4}}|năm\s+\d{{4}})"
)
_LAW_ALONE = re.compile(
    rf"^\W*Căn cứ\s+(?:các\s+)?(?P<kind>Luật|Bộ luật|Pháp lệnh|Hiến pháp)"
    rf"\s+(?P<name>{UPPER}[^.;:\n]{{3,140}}?)\s*[;.,]?\s*$"
)
_REPLACES = re.compile(rf"(?<!\w){one_of(words('documents', 'replaces'))}(?!\w)", re.IGNORECASE)
# How far back a word that rules a citation may stand.
_LONGEST = 1200
_BASIS = re.compile(rf"^\W*{one_of(words('documents', 'basis'))}(?!\w)")


@dataclass(frozen=True, slots=True)
class Own:
    """What a citation must not be: the document itself."""

    number: str | None
    symbol: str | None
    year: int | None


def read_references(passages: Iterable[Passage], own: Own) -> list[Reference]:
    """The documents cited in the passages, each once, in the order in which they first appear."""
    found: list[Reference] = []
    for passage in passages:
        for start, end in sentences(passage.form):
            for reference in _in_sentence(passage.cut(start, end), own):
                _merge(reference, found)
    return found


def _in_sentence(sentence: Passage, own: Own) -> list[Reference]:
    folded = fold(sentence.form)
    found: list[Reference] = []
    for match in _NUMBERED.finditer(sentence.form):
        if not _plausible(match):
            continue
        if match["number"] == own.number and squeezed(match["symbol"]) == squeezed(own.symbol or ""):
            continue
        found.append(_numbered(sentence, folded, match, found, own))
    taken = [reference.span for reference in found]
    bare = [_bare(sentence, match, own) for match in _BARE.finditer(folded)]
    dated = [
        _numberless(sentence, match)
        for match in (*_NUMBERLESS.finditer(sentence.form), *_LAW_ALONE.finditer(sentence.form))
    ]
    for reference in (*bare, *dated):
        if reference and not any(a < reference.span[1] and reference.span[0] < b for a, b in taken):
            found.append(reference)
            taken.append(reference.span)
    return sorted(found, key=lambda reference: reference.span)


def _plausible(match: re.Match[str]) -> bool:
    """Whether a number and letters are a document's: initials of a kind or a body, not "24/7" or "5-K"."""
    capitals = sum(1 for letter in match["symbol"] if letter.isupper())
    return capitals >= 2 and not re.match(r"^(?:COVID|SARS|F\d|RT)", match["symbol"])


def _numbered(sentence: Passage, folded: str, match: re.Match[str], before: list[Reference], own: Own) -> Reference:
    start = match.start()
    kind_before = _KIND_BEFORE.search(folded[max(0, start - 45) : start])
    kind = None
    if kind_before:
        start = max(0, match.start() - 45) + kind_before.start()
        kind = _spelt(kind_before["kind"])
    elif before and _LISTED_BEFORE.search(folded[max(0, start - 12) : start]):
        kind = before[-1].type
    kind = kind or _kind_of(match["symbol"])
    date, end = _date_after(sentence.form, match.end(), own.year)
    issuer = _issuer_after(sentence, end)
    if date is None:
        issuing = _ISSUING.search(sentence.form[max(0, start - _LONGEST) : start].rstrip())
        if issuing:
            date = dates.day(int(issuing["year"]), int(issuing["month"]), int(issuing["day"]))
            issuer = issuer or issuing["issuer"]
    symbol = re.sub(r"\s", "", match["symbol"]).rstrip(".-/")
    issuer = issuer or _issuer_of(symbol)
    return _reference(sentence, (start, end), kind, number=match["number"], symbol=symbol, date=date, issuer=issuer)


def _bare(sentence: Passage, match: re.Match[str], own: Own) -> Reference | None:
    """A document cited by its number alone: "Chỉ thị 16", "Chỉ thị số 15 của Thủ tướng Chính phủ"."""
    kind = _spelt(match["kind"])
    if (
        not sentence.form[match.start()].isupper()
        or len(match["number"]) == 4
        or (not match["so"] and kind not in ("Chỉ thị", "Nghị quyết"))
    ):
        return None
    date, end = _date_after(sentence.form, match.end(), own.year)
    issuer = _issuer_after(sentence, end)
    return _reference(sentence, (match.start(), end), kind, number=match["number"], date=date, issuer=issuer)


def _numberless(sentence: Passage, match: re.Match[str]) -> Reference | None:
    """A law, or a dispatch named by its author and date."""
    kind, name = match["kind"], match["name"]
    if kind not in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp") and not re.match(r"(?:của|khẩn|mật|hỏa tốc)\s", name):
        return None
    if kind in ("Luật", "Bộ luật", "Pháp lệnh") and not name[0].isupper() and not name.startswith("sửa đổi"):
        return None
    dated = match.groupdict().get("dated") or ""
    hit = next(dates.dates_in(dated, None), None)
    by = re.match(r"(?:khẩn |mật |hỏa tốc )?của\s+(.+)", name)
    end = match.end() if dated else match.end("name")
    issuer = by.group(1).strip() if by else None
    return _reference(sentence, (match.start("kind"), end), kind, date=hit.date if hit else None, issuer=issuer)


def _reference(
    sentence: Passage,
    interval: tuple[int, int],
    kind: str | None,
    *,
    number: str | None = None,
    symbol: str | None = None,
    date: dt.date | None = None,
    issuer: str | None = None,
) -> Reference:
    words_ = sentence.cut(*interval).strip()
    relation = _relation(sentence, interval[0])
    return Reference(words_.text, kind, number, symbol, date, issuer, relation, words_.span())


def _date_after(form: str, start: int, year: int | None) -> tuple[dt.date | None, int]:
    """The date right after a number, and where it ends."""
    lead = _DATED_AFTER.match(form, start)
    if not lead:
        return None, start
    found = dates.DATE.match(form, lead.end("comma"))
    date = dates.from_match(found, year) if found else None
    return (date, found.end()) if found and date else (None, start)


def _issuer_after(sentence: Passage, start: int) -> str | None:
    """The body named after "của", up to where the sentence goes on."""
    lead = _ISSUED_BY.match(sentence.form, start)
    if not lead:
        return None
    stop = _ISSUER_END.search(sentence.form, lead.end())
    name = sentence.text[lead.end() : stop.start() if stop else lead.end() + 90].strip()
    return name if name and name[0].isupper() and len(name) < 90 else None


def _kind_of(symbol: str) -> str | None:
    """The kind that the type code of a symbol says; a letter has none."""
    parts = re.split(r"[-/]", symbol)
    codes = table("documents")["codes"]
    return next((codes[part] for part in parts if part in codes), "Công văn" if len(parts) > 1 else None)


def _issuer_of(symbol: str) -> str | None:
    """The issuer that a symbol says by itself, of those with one well-known code."""
    parts = re.split(r"[-/]", symbol)
    known = table("documents")["issuers"]
    return next((known[part] for part in parts if part in known), None)


def _spelt(folded: str) -> str | None:
    """The kind as the table spells it, from what a bruised text prints."""
    bare = re.sub(r"\s+", "", folded)
    return next((kind for kind in words("documents", "cited") if re.sub(r"\s+", "", fold(kind)) == bare), None)


def _relation(sentence: Passage, start: int) -> str:
    if _REPLACES.search(sentence.form[max(0, start - _LONGEST) : start]):
        return "replaces"
    return "basis" if _BASIS.match(sentence.form) else "cites"


def _merge(reference: Reference, found: list[Reference]) -> None:
    """Adds a citation, or completes the one of the same document that stands already."""
    for place, known in enumerate(found):
        if not _same(reference, known):
            continue
        found[place] = replace(
            known,
            mentions=known.mentions + 1,
            date=known.date or reference.date,
            issuer=known.issuer or reference.issuer,
            symbol=known.symbol or reference.symbol,
            relation=reference.relation if known.relation == "cites" else known.relation,
        )
        return
    found.append(reference)


def _same(a: Reference, b: Reference) -> bool:
    if a.number is None or b.number is None:
        return a.number == b.number and fold(a.raw) == fold(b.raw)
    if a.number.split("/")[0] != b.number.split("/")[0]:
        return False
    if a.symbol and b.symbol:
        return (
            fold(a.symbol) == fold(b.symbol)
            and (a.number == b.number)
            and (not a.date or not b.date or a.date == b.date)
        )
    return a.type == b.type and (not a.date or not b.date or a.date == b.date)
