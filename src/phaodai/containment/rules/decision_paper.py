"""The words of a signed decision about levels: subject, bases and articles, and the table behind them.

Always in Vietnamese, as the State's papers are; the lines are read back by `command.rules.drafting`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from phaodai.rulebook.documents import Document
from phaodai.rulebook.words import percent, sentence

COLOURS = {1: "xanh", 2: "vàng", 3: "cam", 4: "đỏ"}
WRITTEN_OUT = 5
"""Up to so many units stand in Article 1 itself; more of them in the annex alone."""

HEADER = (
    *("TT", "Đơn vị", "Trực thuộc", "Từ cấp", "Sang cấp", "Áp dụng từ"),
    *("Ca mới/100.000 dân/tuần", "Tiêm ít nhất 1 mũi", "Người cao tuổi đủ liều", "Căn cứ"),
)
WIDTHS = (0.04, 0.15, 0.14, 0.06, 0.06, 0.11, 0.1, 0.09, 0.1, 0.15)
FIGURES = ("cases_per_100k_week", "dose1_adult_share", "full_elderly_share")


@dataclass(frozen=True)
class Turned:
    """One unit whose level is decided: from and to, since when, on which figures and by which document."""

    name: str
    above: str
    before: int | None
    after: int
    begins: datetime
    figures: Mapping[str, Any]
    document: str


@dataclass(frozen=True)
class Limit:
    """An activity that a level limits or stops, in the words of the provision, and the document they stand in."""

    activity: str
    words: str
    document: Document
    clause: str

    @property
    def source(self) -> str:
        """The document as a paper cites it."""
        return ", ".join(filter(None, (self.clause, f"{self.document.kind} số {self.document.number}")))


def subject_of(turned: Sequence[Turned]) -> str:
    """What the decision is about, in one line."""
    if len(turned) == 1:
        return f"Công bố cấp độ dịch COVID-19 tại {_placed(turned[0])}"
    return f"Công bố cấp độ dịch COVID-19 tại {len(turned)} đơn vị hành chính"


def _placed(one: Turned) -> str:
    """The unit as a sentence names it: xã Tân Lộc, huyện Thuận Hòa."""
    return ", ".join(name[:1].lower() + name[1:] for name in (one.name, one.above) if name)


def body_of(
    turned: Sequence[Turned],
    bases: Sequence[Document],
    limits: Mapping[int, Sequence[Limit]],
    notice_hours: int,
    issuer: str,
) -> str:
    """The text, a line for each paragraph or item: bases, levels, measures, who does what."""
    lines = [
        *map(_basis, bases),
        "Điều 1. Công bố cấp độ dịch COVID-19 như sau:",
        *_levels(turned),
        "Điều 2. Biện pháp áp dụng từ thời điểm cấp độ có hiệu lực:",
        *_measures(limits),
        "Điều 3. Tổ chức thực hiện",
        *_duties(turned, notice_hours, issuer),
    ]
    return "\n".join(lines)


def _basis(document: Document) -> str:
    day = f"{document.date.day:02} tháng {document.date.month:02} năm {document.date.year}"
    return f"Căn cứ {document.kind} số {document.number} ngày {day} của {document.issuer};"


def _levels(turned: Sequence[Turned]) -> Iterator[str]:
    if len(turned) > WRITTEN_OUT:
        yield f"1. Cấp độ dịch của {len(turned)} đơn vị hành chính nêu tại Phụ lục kèm theo Quyết định này."
        return
    for place, one in enumerate(turned, 1):
        yield f"{place}. {_placed(one)[:1].upper()}{_placed(one)[1:]}: {_turn(one)}, từ {_moment(one.begins)}."


def _turn(one: Turned) -> str:
    after = f"cấp {one.after} ({COLOURS[one.after]})"
    if one.before is None:
        return after
    verb = "lên" if one.after > one.before else "xuống"
    return f"từ cấp {one.before} ({COLOURS[one.before]}) {verb} {after}"


def _moment(moment: datetime) -> str:
    return f"{moment:%H giờ %M ngày %d/%m/%Y}"


def _measures(limits: Mapping[int, Sequence[Limit]]) -> Iterator[str]:
    for place, (level, found) in enumerate(sorted(limits.items()), 1):
        area = f"{place}. Tại địa bàn cấp {level} ({COLOURS[level]})"
        if not found:
            yield f"{area}: không áp dụng biện pháp hạn chế hoạt động ngoài quy định chung về phòng, chống dịch."
            continue
        yield f"{area}:"
        yield from (f"- {one.activity[:1].upper()}{one.activity[1:]}: {one.words} ({one.source});" for one in found)
    rest = "Hoạt động không nêu tại Điều này thực hiện theo quy định hiện hành và hướng dẫn của bộ quản lý ngành."
    yield f"{len(limits) + 1}. {rest}"


def _duties(turned: Sequence[Turned], notice_hours: int, issuer: str) -> Iterator[str]:
    """Who does what; the tasks that follow the decision cite these clauses by their numbers."""
    ahead = f"trước ít nhất {notice_hours} giờ khi nâng cấp độ" if any(map(_rises, turned)) else "ngay khi công bố"
    yield (
        "1. Ủy ban nhân dân cấp xã nơi có cấp độ thay đổi thông báo cho người dân, doanh nghiệp "
        f"{ahead}; áp dụng biện pháp tại Điều 2."
    )
    yield "2. Ủy ban nhân dân cấp huyện chỉ đạo, kiểm tra việc thực hiện trên địa bàn."
    yield (
        "3. Trung tâm y tế cấp huyện, trạm y tế cấp xã rà soát phương án thu dung, điều trị, tiêm chủng "
        "và gửi chỉ báo hằng tuần."
    )
    yield "4. Công an cấp xã phối hợp kiểm tra việc thực hiện biện pháp tại Điều 2."
    yield (
        f"5. Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các đơn vị thuộc {issuer} và các đơn vị "
        "nêu tại Điều này chịu trách nhiệm thi hành."
    )


def _rises(one: Turned) -> bool:
    return one.before is not None and one.after > one.before


def annex_of(turned: Sequence[Turned]) -> dict[str, Any]:
    """The table of units with what their level rests on, as an outgoing paper keeps it."""
    return {
        "title": "Cấp độ dịch của các đơn vị hành chính",
        "header": list(HEADER),
        "rows": [_row(place, one) for place, one in enumerate(turned, 1)],
        "widths": list(WIDTHS),
        "landscape": True,
    }


def _row(place: int, one: Turned) -> list[Any]:
    rate, *shares = (one.figures.get(name) for name in FIGURES)
    written = [sentence(round(float(rate), 1), "vi") if rate is not None else "–"]
    written += [percent(float(share), "vi") if share is not None else "–" for share in shares]
    before = str(one.before or "–")
    begins = f"{one.begins:%H:%M %d/%m/%Y}"
    return [place, one.name, one.above or "–", before, str(one.after), begins, *written, one.document or "–"]
