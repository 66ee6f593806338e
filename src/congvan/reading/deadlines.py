"""By when, from when and how often: dates, clock times of every day, spans after an event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from congvan.language import one_of, table, words
from congvan.model import Deadline
from congvan.reading import dates
from congvan.reading.clauses import just_before
from congvan.reading.passage import Passage


def _cue(*keys: str) -> str:
    return rf"(?<!\w)(?i:{one_of(cue for key in keys for cue in words('time', key))})(?!\w)"


_NUMBER = r"\d{1,3}(?:\s*-\s*\d{1,3})?"
_AT = rf"(?:{dates.TIME}\s*,?\s*)"
_EVERY = one_of(table("time")["recurrences"])
_MORE_TIMES = r"(?:(?:và|,)\s*\d{1,2}\s*(?:giờ|h|:)\s*(?:\d{2})?(?:\s*phút)?\s*)*"
_CUED = re.compile(
    (
        rf"(?P<cues>(?:{_cue('by', 'since', 'on')}\s*,?\s+){{1,4}})"
        rf"(?:khoảng\s+)?{_AT}?(?P<when>(?:hết\s+)?(?:ngày|tháng|quý|năm|cuối năm|cuối tháng)\s|\d)"
    ),
    re.IGNORECASE,
)
_RECURRING = re.compile(
    (
        rf"(?P<cues>(?:(?:{_cue('by', 'on', 'since')}|(?<!\w)định kỳ)\s+){{1,4}})"
        rf"(?:{_AT}{_MORE_TIMES}(?:(?:vào\s+)?(?:(?:sáng|chiều)\s+)?(?:ngày\s+)?(?:thứ\s+\w+|chủ nhật|\d{{1,2}})\s+)?|"
        rf"(?:(?:sáng|chiều|tối)\s+)?(?:ngày\s+)?(?:thứ\s+\w+|chủ nhật|\d{{1,2}}(?:\s*(?:,|và)\s*(?:ngày\s+)?\d{{1,2}})*)\s+)"
        rf"\(?(?P<every>{_EVERY}|của tháng|"
        rf"trong tuần)"
    ),
    re.IGNORECASE,
)
# "hằng ngày báo cáo ... trước 17 giờ": the rhythm first, the hour later in the clause.
_RHYTHM_FIRST = re.compile(
    (
        rf"(?<!\w)(?P<every>{_EVERY})(?!\w)[^;.]{{0,90}}?(?P<due>(?<!\w)(?:trước|vào lúc|vào|lúc|"
        rf"chậm nhất)\s+{dates.TIME})(?!\s*(?:ngày\s*)?\d)"
    ),
    re.IGNORECASE,
)
# "hằng tuần công bố ... vào 16 giờ thứ Hai": the day of the week is the rhythm.
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:trước|vào|lúc|chậm nhất)\s+(?:lúc\s+)?{dates.TIME}\s*,?\s*(?:(?:các\s+)?ngày\s+)?"
    r"thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)",
    re.IGNORECASE,
)
_AFTER_EVENT = re.compile(
    (
        rf"(?<!\w)(?:(?:chậm nhất|muộn nhất|không quá)\s+(?:là\s+)?|(?:ngay\s+)?trong\s+(?:vòng|"
        rf"thời hạn|thời gian|)\s*)(?:sau\s+)?{_NUMBER}\s*(?:phút|giờ|h|ngày làm việc|ngày|tuần|"
        rf"tháng)\s*,?\s+(?:kể từ|tính từ|từ|sau)\s+(?:khi|ngày|thời điểm|lúc)\s+(?P<event>[^,;.]+)"
    ),
    re.IGNORECASE,
)
_AS_SOON = re.compile(r"(?<!\w)(?:ngay\s+(?:sau\s+)?khi|ngay từ khi|ngay sau)\s+[^,;.]+", re.IGNORECASE)
_WITHIN = re.compile(
    (
        rf"(?<!\w)(?:chậm nhất|muộn nhất|không quá)\s+(?:là\s+|trong\s+|sau\s+|"
        rf"vòng\s+)*{_NUMBER}\s*(?:phút|giờ|ngày làm việc|ngày|tuần)(?!\w)[^,;.]{{0,40}}"
    ),
    re.IGNORECASE,
)
# "lập danh sách trong 06 giờ": how long an act may take; "cách ly trong 07 ngày" is how long it lasts.
_ALLOWED = re.compile(
    (
        rf"(?<!\w)(?:ngay\s+)?trong\s+(?:vòng\s+|thời hạn\s+|thời gian\s+|tối đa\s+|không quá\s+)*{_NUMBER}\s*"
        rf"(?P<unit>phút|giờ|tiếng|h|ngày làm việc|ngày)(?!\w)(?!\s*(?:trước|đầu|qua|gần đây|liên tục|liên tiếp|nghỉ|cách ly))"
    ),
    re.IGNORECASE,
)
_BY = re.compile(_cue("by"))
_LASTS = re.compile(_cue("lasting"))
_FINISHES = re.compile(_cue("finishing"))
_FROM_ISSUE = re.compile(r"(?:ban hành|ký)(?!\w)", re.IGNORECASE)
_DAYS = re.compile(r"(?P<count>\d{1,3})\s*ngày(?! làm việc)\s*,?\s+(?:kể từ|tính từ|từ|sau)", re.IGNORECASE)
_STATE = re.compile(
    (
        r"(?:ngày\s+)?(?:nhập cảnh|tiêm|khởi phát|tiếp xúc|về địa phương|xuất viện|ra viện|"
        r"hoàn thành cách ly|tiếp xúc lần cuối|bắt đầu cách ly)"
    ),
    re.IGNORECASE,
)
_YEAR = re.compile(r"năm\s+(?P<year>20\d\d)(?!\d)", re.IGNORECASE)
_CLAUSE_EDGE = re.compile(r"[,;.:]\s")
_PAST = re.compile(rf"(?:{_cue('past')})\s*$")


def deadlines_of(passages: Iterable[Passage], issued: dt.date | None) -> tuple[Deadline, ...]:
    """The deadlines of the passages; `issued` gives the year to a date printed without one."""
    found: list[Deadline] = []
    for passage in passages:
        here = sorted((*_recurring(passage), *_dated(passage, issued), *_relative(passage, issued)), key=_place)
        for deadline in here:
            if not any(_overlap(deadline, known) for known in found):
                found.append(deadline)
    return tuple(found)


def _place(deadline: Deadline) -> tuple[int, int]:
    return (deadline.span[0], -deadline.span[1])


def _overlap(a: Deadline, b: Deadline) -> bool:
    return a.span[0] < b.span[1] and b.span[0] < a.span[1]


def _recurring(passage: Passage) -> Iterable[Deadline]:
    names = table("time")["recurrences"]
    for found in _RECURRING.finditer(passage.form):
        every = re.sub(r"\s+", " ", found["every"].lower())
        how_often = names.get(every, "monthly" if "tháng" in every else "weekly")
        yield _deadline(passage, found.span(), "due", time=dates.clock(found["hour"], found["minute"]), every=how_often)
    for found in _WEEKDAY.finditer(passage.form):
        weekly = re.search(r"(?<!\w)(?:hằng|hàng|mỗi) tuần(?!\w)", passage.form[: found.start()], re.IGNORECASE)
        time = dates.clock(found["hour"], found["minute"])
        yield _deadline(passage, found.span(), "due", time=time, every="weekly" if weekly else None)
    for found in _RHYTHM_FIRST.finditer(passage.form):
        how_often = names[re.sub(r"\s+", " ", found["every"].lower())]
        time = dates.clock(found["hour"], found["minute"])
        yield _deadline(passage, found.span("due"), "due", time=time, every=how_often)


def _dated(passage: Passage, issued: dt.date | None) -> Iterable[Deadline]:
    form, last = passage.form, 0
    for found in _CUED.finditer(form):
        if (
            found.start() < last
            or _PAST.search(just_before(form, found.end("cues")))
            or _PAST.search(just_before(form, found.start()))
        ):
            continue
        hit = _date_at(form, found.start("when"), issued, awaited=_BY.search(found["cues"]) is not None)
        if hit is None:
            continue
        date, end = hit
        kind = "effective_from" if re.search(_cue("since"), found["cues"]) else "due"
        until = _CUED.match(form, end + len(form[end:]) - len(form[end:].lstrip(" ,")))
        later = _date_at(form, until.start("when"), issued) if until and kind == "effective_from" else None
        if later:
            date, end, kind = later[0], later[1], "period"
        last = end
        if issued and date < issued:
            continue  # What lies before the document's own date tells what was.
        yield _deadline(
            passage, (found.start(), end), kind, date=date, time=dates.clock(found["hour"], found["minute"])
        )


def _date_at(form: str, start: int, issued: dt.date | None, *, awaited: bool = False) -> tuple[dt.date, int] | None:
    """The date, the end of a month, of a quarter or of a year that stands at `start`."""
    while form.startswith(("hết ", "cuối "), start):
        start = form.index(" ", start) + 1
    year = issued.year if issued else None
    found = dates.DATE.match(form, start)
    date = dates.from_match(found, year, awaited=awaited) if found else None
    if found and date and issued and found["year"] is None and date < issued:
        date = dates.from_match(found, issued.year + 1) or date
    if found and date:
        return date, found.end()
    if found := dates.MONTH.match(form, start):
        date = dates.month_end(int(found["year"]), int(found["month"]))
    elif found := dates.QUARTER.match(form, start):
        date = dates.quarter_end(int(found["year"]), found["quarter"])
    elif found := _YEAR.match(form, start):
        date = dt.date(int(found["year"]), 12, 31)
    return (date, found.end()) if found and date else None


def _relative(passage: Passage, issued: dt.date | None) -> Iterable[Deadline]:
    """Spans counted from an event, and orders due at once upon one: a date only where the document's own begins them."""
    form = passage.form
    for found in _AFTER_EVENT.finditer(form):
        if not _STATE.match(found["event"]):
            yield _deadline(passage, found.span(), "relative", date=_counted_from(found, issued))
    for found in _ALLOWED.finditer(form):
        if _bounds_an_act(form, found):
            yield _deadline(passage, found.span(), "relative")
    for found in _WITHIN.finditer(form):
        yield _deadline(passage, (found.start(), found.end()), "relative")
    for found in _AS_SOON.finditer(form):
        start = max((edge.end() for edge in _CLAUSE_EDGE.finditer(form, 0, found.start())), default=0)
        yield _deadline(passage, (start, found.end()), "relative")


def _counted_from(found: re.Match[str], issued: dt.date | None) -> dt.date | None:
    """The date that a number of days after the document's own date makes; after another event nobody knows."""
    days = _DAYS.search(found.group())
    if issued is None or days is None or not _FROM_ISSUE.match(found["event"]):
        return None
    return issued + dt.timedelta(days=int(days["count"]))


def _bounds_an_act(form: str, found: re.Match[str]) -> bool:
    """Whether a span is the time allowed for an act: hours are, days only where the clause says what gets done."""
    start = max((edge.end() for edge in _CLAUSE_EDGE.finditer(form, 0, found.start())), default=0)
    before = form[start : found.start()]
    if _LASTS.search(before):
        return False
    return "ngày" not in found["unit"].lower() or _FINISHES.search(before) is not None


def _deadline(
    passage: Passage,
    interval: tuple[int, int],
    kind: str,
    *,
    date: dt.date | None = None,
    time: str | None = None,
    every: str | None = None,
) -> Deadline:
    words_ = passage.cut(*interval).strip(" ,;.")
    return Deadline(words_.text, date, time, every, kind, words_.span())
