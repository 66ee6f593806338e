"""The words of a letter that asks for goods, in Vietnamese whoever drafts it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

HEADER = ("TT", "Mã", "Tên mặt hàng", "Đơn vị tính", "Số lượng")
WIDTHS = (0.07, 0.18, 0.45, 0.14, 0.16)


@dataclass(frozen=True)
class Ordered:
    """One line of the list."""

    name: str
    unit: str
    quantity: Decimal
    code: str


def subject_of(store: str) -> str:
    """What the letter is about."""
    return f"Đề nghị cấp, mua sắm hàng hóa phòng, chống dịch cho {store}"


def body_of(store: str, reason: str, wanted_on: date | None, lines: int) -> str:
    """The text, a line for each paragraph."""
    why = reason.rstrip(". ") or f"Để bảo đảm hậu cần tại chỗ cho công tác phòng, chống dịch tại {store}"
    by = f", xong trước ngày {wanted_on:%d/%m/%Y}" if wanted_on else ""
    return "\n".join(
        [
            f"{why}, đề nghị xem xét, thực hiện:",
            f"1. Cấp hoặc mua sắm {lines} mặt hàng theo Phụ lục kèm theo{by}.",
            f"2. Giao hàng tại {store}; ghi rõ số lô, hạn dùng của từng mặt hàng.",
        ]
    )


def annex_of(lines: Sequence[Ordered]) -> dict[str, Any]:
    """The list, as an outgoing paper keeps it."""
    return {
        "title": "Danh mục hàng hóa đề nghị",
        "header": list(HEADER),
        "rows": [[number, one.code, one.name, one.unit, _written(one.quantity)] for number, one in enumerate(lines, 1)],
        "widths": list(WIDTHS),
        "landscape": False,
    }


def _written(quantity: Decimal) -> str:
    """1.200 or 0,5."""
    plain = f"{quantity.normalize():,f}"
    return plain.translate({ord(","): ".", ord("."): ","})
