"""The words of a signed decision about a lockdown zone: subject, bases and articles.

Always in Vietnamese, as the State's papers are; the lines are read back by `command.rules.drafting`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from phaodai.rulebook.documents import Document

VERBS = {
    "decide": "Thiết lập vùng phong tỏa",
    "tighten": "Siết chặt biện pháp tại vùng phong tỏa",
    "ease": "Nới biện pháp tại vùng phong tỏa",
    "shrink": "Thu hẹp vùng phong tỏa",
    "grow": "Mở rộng vùng phong tỏa",
    "prolong": "Điều chỉnh thời gian phong tỏa",
    "lift": "Dỡ bỏ vùng phong tỏa",
}


@dataclass(frozen=True)
class ZoneOrder:
    """What is ordered: the step, the zone with its ground in words, from which day and until when, and why."""

    step: str
    name: str
    place: str
    ground: Sequence[str]
    on: date
    until: date | None
    households: int
    people: int
    reason: str
    bases: Sequence[Document]
    issuer: str


def subject_of(order: ZoneOrder) -> str:
    """What the decision is about, in one line."""
    return f"{VERBS[order.step]} {order.name}, {order.place}"


def body_of(order: ZoneOrder) -> str:
    """The text, a line for each paragraph or item."""
    return "\n".join([*map(_basis, order.bases), *_what(order), *_how(order), *_who(order)])


def _basis(document: Document) -> str:
    day = f"{document.date.day:02} tháng {document.date.month:02} năm {document.date.year}"
    return f"Căn cứ {document.kind} số {document.number} ngày {day} của {document.issuer};"


def _what(order: ZoneOrder) -> Iterator[str]:
    yield f"Điều 1. {VERBS[order.step]} {order.name}, {order.place}, như sau:"
    yield f"1. Thời điểm áp dụng: từ ngày {order.on:%d/%m/%Y}."
    if order.step != "lift":
        yield f"2. Phạm vi: {'; '.join(order.ground)}; gồm {order.households} hộ, {order.people} người."
        if order.until:
            yield f"3. Thời gian: đến hết ngày {order.until:%d/%m/%Y}, trừ khi có quyết định khác."
    if order.reason:
        yield f"{4 if order.step != 'lift' else 2}. Lý do: {order.reason.rstrip('.')}."


def _how(order: ZoneOrder) -> Iterator[str]:
    yield "Điều 2. Biện pháp"
    if order.step == "lift":
        yield "1. Rút các chốt kiểm soát; người trong vùng thực hiện quy định chung về phòng, chống dịch."
        return
    yield "1. Người trong vùng ở tại nhà; ra, vào vùng chỉ qua chốt kiểm soát và có giấy ra vào, trừ cấp cứu."
    yield "2. Lương thực, thuốc và hàng thiết yếu được giao tận nhà; không để ai thiếu ăn, thiếu thuốc."
    yield "3. Mỗi hộ trong vùng được kiểm tra hằng ngày; chốt ghi đầy đủ người và xe ra, vào."
    if order.step == "tighten":
        yield "4. Không ai rời khỏi nhà; chỉ lực lượng làm nhiệm vụ được đi lại trong vùng."


def _who(order: ZoneOrder) -> Iterator[str]:
    yield "Điều 3. Tổ chức thực hiện"
    yield "1. Ủy ban nhân dân cấp xã lập chốt, phân ca trực, cấp giấy ra vào và tổ chức cung cấp nhu yếu phẩm."
    yield "2. Trạm y tế cấp xã, Tổ COVID cộng đồng kiểm tra từng hộ và báo cáo hằng ngày."
    yield "3. Công an cấp xã bảo đảm an ninh, trật tự tại chốt và trong vùng."
    yield f"4. Thủ trưởng các đơn vị thuộc {order.issuer} và các đơn vị nêu tại Điều này chịu trách nhiệm thi hành."
