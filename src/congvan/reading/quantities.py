"""Amounts: a number and the unit that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from congvan.language import one_of, table, words
from congvan.model import Deadline, Quantity
from congvan.reading import dates
from congvan.reading.clauses import just_before
from congvan.reading.passage import Passage

_FIGURE = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_UNITS = [unit for key in ("counted", "measured", "lasting", "money") for unit in words("units", key)]
# "1.250 Tổ COVID cộng đồng": what is counted may be printed as a name is.
_NAMED_UNITS = [unit for unit in words("units", "counted") if unit.count(" ") > 1]
_COUNTED = rf"(?:{one_of(_UNITS)}(?!\w)|(?i:{one_of(_NAMED_UNITS)})(?!\w)|{one_of(_UNITS)})"
_PER = (
    r"(?:\s*/\s*(?:người|kg|con|ngày|tuần|tháng|lần|hộ|năm|suất|ca|xã|giờ|em|học sinh|ca bệnh|đơn vị|"
    r"cơ sở|trẻ|buổi|lượt|tổ|bàn|điểm|chốt|m2|m²|lít|phút|100\.000 dân|100\.000 người))*"
)
_NUMERALS = one_of(table("units")["numerals"])
_AMOUNT = re.compile(
    rf"(?<![\w/.,-])(?P<low>{_FIGURE})(?:\s*(?:-|đến)\s*(?P<high>{_FIGURE})"
    rf")?\s*(?:(?P<percent>%)|"
    rf"(?P<unit>(?:{one_of(table('units')['scales'])}\s+)?{_COUNTED}(?:(?!\w)|(?=\d[.,;])){_PER}))"
)
_IN_WORDS = re.compile(
    (
        rf"(?<!\w)(?P<low>{_NUMERALS})"
        rf"\s+(?P<unit>{one_of(words('units', 'lasting') + [unit for unit in words('units', 'money') if ' ' in unit])})"
        rf"(?!\w)"
    ),
    re.IGNORECASE,
)
_NAMED_BY = re.compile(rf"(?<!\w)(?i:{one_of(words('units', 'naming'))})\s*[.:-]?\s*$")
# "mỗi ngày 02 lần": the day is the rhythm and does not name the number.
_EACH = re.compile(r"(?:mỗi|một) (?:ngày|tuần|tháng|ca|lớp|nhóm|tổ)\s*$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?<!\w)(?:(?:trong|Trong)(?:\s+(?:vòng|thời gian|thời hạn))?|đến hết|tối thiểu|tối đa|"
    r"ít nhất|không quá|hơn|trên|dưới|gần|khoảng|từ|đạt|Chlorine|mỗi|đủ|sau)\s+$"
)
_CLOCK = re.compile(
    (
        rf"(?<!\w)(?:trước|lúc|vào|từ|đến|sau|trước khi|hồi|và)\s+{dates.TIME}(?=\s*(?:\d|ngày|hằng|"
        rf"hàng|mỗi|thứ|sáng|chiều|tối|đến|hôm|và|,|\.|;|$))"
    ),
    re.IGNORECASE,
)
# "07 giờ 00 ngày 06/8/2021" is a moment, whatever stands before it.
_MOMENT = re.compile(rf"(?<![\w,.]){dates.TIME}\s*,?\s*ngày\s*\d", re.IGNORECASE)
_SLOGAN = re.compile(r"\s*(?:tại chỗ|không|trước|sẵn sàng|cùng|đúng)(?!\w)")
_AGE = re.compile(r"\s*(?:tuổi|tháng tuổi|(?<=tháng)\s*(?:đầu|cuối) năm|(?<=tháng)\s*đầu)(?!\w)")
_SCALES = table("units")["scales"]
_VAGUE_ONES = {
    "vùng",
    "tổ",
    "ban",
    "khâu",
    "bước",
    "quý",
    "điểm",
    "nhóm",
    "bản",
    "giải pháp",
    "nhiệm vụ",
    "ngành",
    "cơ quan",
    "sở",
    "đơn vị",
}


def quantities_of(passages: Iterable[Passage], deadlines: Iterable[Deadline]) -> tuple[Quantity, ...]:
    """The amounts in the passages that are not part of a deadline, a date or a clock time."""
    spoken_for = [deadline.span for deadline in deadlines]
    found: list[Quantity] = []
    for passage in passages:
        dated = _dated(passage)
        for match in (*_AMOUNT.finditer(passage.form), *_IN_WORDS.finditer(passage.form)):
            if any(start < match.end() and match.start() < end for start, end in dated):
                continue
            quantity = _quantity(passage, match)
            if quantity and (
                quantity.unit == "%" or not any(start <= quantity.span[0] < end for start, end in spoken_for)
            ):
                found.append(quantity)
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _dated(passage: Passage) -> list[tuple[int, int]]:
    """The intervals of dates, months and clock times."""
    form = passage.form
    whole = [(hit.start, hit.end) for hit in dates.dates_in(form, 2000)]
    whole += [
        found.span() for pattern in (dates.MONTH, dates.QUARTER, _CLOCK, _MOMENT) for found in pattern.finditer(form)
    ]
    return whole


def _quantity(passage: Passage, match: re.Match[str]) -> Quantity | None:
    form = passage.form
    percent = match.groupdict().get("percent")
    unit = percent or re.sub(r"\s+", " ", match["unit"])
    counts = percent or unit.split("/")[0] in words("units", "money")
    if _AGE.match(form, match.end()) or (not counts and _names(form, match, unit)):
        return None
    if unit.lower() in ("tầng", "vùng", "ban") and _SLOGAN.match(form, match.end()):
        return None
    unit, times = _scaled(unit)
    low = _value(match["low"]) * times
    high = _value(match["high"]) * times if match.groupdict().get("high") else None
    lead = _LEAD.search(just_before(form, match.start()))
    start = match.start() - len(lead.group()) if lead else match.start()
    return Quantity(
        passage.text[start : match.end()],
        (low, high) if high is not None else low,
        unit,
        passage.span(start, match.end()),
    )


def _names(form: str, match: re.Match[str], unit: str) -> bool:
    """Whether the number names a thing ("ngày thứ 3", "cấp 2") or belongs to words that count nothing."""
    if _NAMED_BY.search(_EACH.sub("", just_before(form, match.start()))):
        return True
    return unit in _VAGUE_ONES and len(match["low"]) == 1 and _SLOGAN.match(form, match.end()) is not None


def _scaled(unit: str) -> tuple[str, int]:
    """A counted unit without its scale word, and the scale: "200 nghìn ca" are 200000 "ca"; money keeps its words."""
    scale, _, rest = unit.partition(" ")
    if rest and scale in _SCALES and unit not in words("units", "money"):
        return rest, _SCALES[scale]
    return unit, 1


def _value(printed: str) -> int | float:
    """The value of a figure: dots part thousands, a comma begins decimals; or of a numeral in words."""
    worded = table("units")["numerals"].get(printed.lower())
    if worded is not None:
        return int(worded)
    plain = printed.replace(".", "").replace(",", ".")
    return float(plain) if "." in plain else int(plain)
