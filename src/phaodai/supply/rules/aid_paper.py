"""The words of papers around gifts, needs and mutual aid: receipt, purchase request, request for help, letter of thanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from phaodai.supply.rules.amount_words import dong_in_words
from phaodai.supply.rules.fund_sums import trimmed

DUTY = (
    "Căn cứ Công văn số 571-CV/TU ngày 22/7/2021 của Tỉnh ủy Bắc Giang (mục 2): chuẩn bị tốt các điều kiện cơ sở vật chất, "
    'phương án huy động nguồn lực, trang thiết bị theo phương châm "4 tại chỗ";'
)
"""The duty that readiness rests on. A province under another directive cites its own in the draft."""
GAP_HEADER = ("TT", "Mặt hàng, nguồn lực", "Đơn vị tính", "Nhu cầu", "Hiện có và đang về", "Còn thiếu", "Thiếu từ tuần")
GAP_WIDTHS = (0.06, 0.34, 0.12, 0.12, 0.14, 0.11, 0.11)


@dataclass(frozen=True)
class Given:
    """What a receipt says of a gift. `giver` is empty where the giver is not named."""

    giver: str
    address: str
    received_on: date
    money: int
    goods: str
    goods_value: int
    wish: str
    fund: str
    receipt: str


def receipt_subject(given: Given) -> str:
    """The line under the title."""
    return f"Tiếp nhận ủng hộ phòng, chống dịch bệnh (số {given.receipt})"


def receipt_body(given: Given, issuer: str) -> str:
    """The text of a receipt, a line for each paragraph, the money in figures and in words."""
    who = given.giver or "Người ủng hộ không nêu tên"
    at = f", địa chỉ: {given.address}" if given.address else ""
    lines = [
        f"{issuer} xác nhận ngày {_day(given.received_on)} đã nhận vào {given.fund} phần ủng hộ của:",
        f"{who}{at}.",
    ]
    if given.money:
        lines.append(f"Số tiền: {_amount(given.money)} đồng (bằng chữ: {dong_in_words(given.money)}).")
    if given.goods:
        worth = f", trị giá theo bên ủng hộ {_amount(given.goods_value)} đồng" if given.goods_value else ""
        lines.append(f"Hiện vật: {given.goods}{worth}.")
    if given.wish:
        lines.append(f"Nguyện vọng sử dụng: {given.wish}.")
    return "\n".join([*lines, "Trân trọng cảm ơn tấm lòng của người ủng hộ."])


@dataclass(frozen=True)
class Missing:
    """One row of a gap."""

    name: str
    unit: str
    need: Decimal
    have: Decimal
    gap: Decimal
    since: date | None


def gap_annex(rows: Sequence[Missing]) -> dict[str, Any]:
    """The table of what is missing, as an outgoing paper keeps it."""
    return {
        "title": "Nhu cầu còn thiếu theo kịch bản",
        "header": list(GAP_HEADER),
        "rows": [_gap_row(number, one) for number, one in enumerate(rows, 1)],
        "widths": list(GAP_WIDTHS),
        "landscape": True,
    }


def _gap_row(number: int, one: Missing) -> list[Any]:
    figures = (one.need, one.have, one.gap)
    since = f"{one.since:%d/%m/%Y}" if one.since else "–"
    return [number, one.name, one.unit or "–", *(_amount(much) for much in figures), since]


def purchase_subject(unit: str) -> str:
    return f"Đề nghị mua sắm bổ sung vật tư, trang thiết bị phòng, chống dịch cho {unit}"


def purchase_body(unit: str, scenario: str, rows: Sequence[Missing]) -> str:
    """The text of a purchase request, a line for each paragraph."""
    return "\n".join(
        [
            DUTY,
            f"Theo kịch bản “{scenario}”, {unit} còn thiếu {len(rows)} mặt hàng, nguồn lực tại Phụ lục kèm theo.",
            "1. Đề nghị cấp có thẩm quyền xem xét, cho chủ trương mua sắm bổ sung theo Phụ lục.",
            "2. Số liệu hiện có lấy từ sổ kho và số đơn vị tự báo, đã trừ hàng hết hạn và tính cả hàng đang về.",
        ]
    )


def help_subject(unit: str) -> str:
    return f"Đề nghị hỗ trợ vật tư, trang thiết bị phòng, chống dịch cho {unit}"


def help_body(unit: str, scenario: str, partner: str) -> str:
    """The text of a request for help, a line for each paragraph."""
    return "\n".join(
        [
            f"Theo kịch bản “{scenario}”, {unit} còn thiếu các mặt hàng, nguồn lực tại Phụ lục kèm theo.",
            f"Trân trọng đề nghị {partner} xem xét, hỗ trợ trong khả năng có thể.",
            "Rất mong nhận được sự quan tâm, chia sẻ.",
        ]
    )


@dataclass(frozen=True)
class Helped:
    """What a letter of thanks names."""

    partner: str
    issuer: str
    subject: str
    paper: str
    arrived_on: date
    goods: Sequence[str]
    teams: Sequence[str]


def thanks_subject(helped: Helped) -> str:
    return f"Cảm ơn {helped.partner} đã hỗ trợ phòng, chống dịch"


def thanks_body(helped: Helped) -> str:
    """The text of a letter of thanks, a line for each paragraph."""
    by = f" (theo {helped.paper})" if helped.paper else ""
    lines = [f"Ngày {_day(helped.arrived_on)}, {helped.issuer} đã nhận được sự hỗ trợ của {helped.partner}{by}, gồm:"]
    lines += [f"- {one}." for one in (*helped.goods, *helped.teams)]
    lines.append(
        f"{helped.issuer} trân trọng cảm ơn sự chia sẻ kịp thời, nghĩa tình của {helped.partner}; sự hỗ trợ này đã và đang "
        "giúp địa phương chăm sóc người bệnh và giữ an toàn cho Nhân dân."
    )
    lines.append("Kính chúc tập thể lãnh đạo, cán bộ và Nhân dân địa phương bạn mạnh khỏe, sớm kiểm soát dịch bệnh.")
    return "\n".join(lines)


def _amount(much: Decimal | int) -> str:
    return f"{trimmed(Decimal(much)):,f}".translate({ord(","): ".", ord("."): ","})


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
