"""The words of a certificate: who completed quarantine where and when, by which document, and what is asked of them now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaodai.rulebook.documents import Document

HEADER = ("TT", "Họ và tên", "Năm sinh", "Nơi cư trú", "Nơi cách ly", "Từ ngày", "Đến ngày", "Theo dõi đến")
WIDTHS = (0.05, 0.2, 0.08, 0.22, 0.17, 0.09, 0.09, 0.1)


@dataclass(frozen=True)
class Completed:
    """One person's completed stay."""

    name: str
    birth_year: int | None
    address: str
    where: str
    admitted_on: date
    released_on: date
    monitor_until: date | None
    document: str


def subject_of(completed: Sequence[Completed]) -> str:
    """What the paper is about, in one line."""
    if len(completed) == 1:
        return f"Xác nhận hoàn thành thời gian cách ly y tế đối với {completed[0].name}"
    return f"Xác nhận hoàn thành thời gian cách ly y tế đối với {len(completed)} người"


WATCH = (
    "Người hoàn thành cách ly tự theo dõi sức khỏe tại nơi cư trú đến ngày nêu trên, thực hiện 5K; khi có dấu hiệu sốt, ho, "
    "đau họng, khó thở, báo ngay cho trạm y tế."
)
RECEIVE = "Trạm y tế cấp xã nơi cư trú tiếp nhận, theo dõi theo quy định."


def body_of(completed: Sequence[Completed], bases: Sequence[Document], issuer: str) -> str:
    """The text, a line for each paragraph."""
    cited = (f"Căn cứ {one.kind} số {one.number} ngày {_day(one.date)} của {one.issuer};" for one in bases)
    return "\n".join([*cited, f"{issuer} xác nhận:", *_who(completed), WATCH, RECEIVE])


def _who(completed: Sequence[Completed]) -> Iterator[str]:
    if len(completed) > 1:
        yield f"1. {len(completed)} người có tên tại Phụ lục kèm theo đã hoàn thành thời gian cách ly y tế."
        return
    one = completed[0]
    born = f", sinh năm {one.birth_year}" if one.birth_year else ""
    lives = f", cư trú tại {one.address}" if one.address else ""
    by = f" theo {one.document}" if one.document else ""
    yield (
        f"1. Ông (bà) {one.name}{born}{lives}, đã hoàn thành thời gian cách ly y tế tại {one.where} từ ngày "
        f"{_day(one.admitted_on)} đến ngày {_day(one.released_on)}{by}."
    )
    if one.monitor_until:
        yield f"2. Tiếp tục tự theo dõi sức khỏe đến ngày {_day(one.monitor_until)}."


def annex_of(completed: Sequence[Completed]) -> dict[str, Any]:
    """The table of those named, as an outgoing paper keeps it."""
    return {
        "title": "Danh sách người hoàn thành thời gian cách ly y tế",
        "header": list(HEADER),
        "rows": [_row(number, one) for number, one in enumerate(completed, 1)],
        "widths": list(WIDTHS),
        "landscape": True,
    }


def _row(number: int, one: Completed) -> list[Any]:
    until = _day(one.monitor_until) if one.monitor_until else "–"
    return [
        number, one.name, one.birth_year or "–", one.address or "–", one.where, _day(one.admitted_on),
        _day(one.released_on), until,
    ]  # fmt: skip


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
