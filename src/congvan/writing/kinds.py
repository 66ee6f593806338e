"""The kinds of paper an office issues, and the codes that stand for them in a symbol.

Sources: Decree 30/2020/NĐ-CP, Appendix III (State); Guide 36-HD/VPTW of 3 April 2018 (Party).
"""

from enum import StrEnum


class System(StrEnum):
    """Whose rules of form a paper follows."""

    STATE = "state"
    PARTY = "party"


class Kind(StrEnum):
    """A kind of paper; the value is its printed name, as the reader reports it in `doc_type`."""

    REPORT = "BÁO CÁO"
    LETTER = "CÔNG VĂN"
    DIRECTIVE = "CHỈ THỊ"
    URGENT_DISPATCH = "CÔNG ĐIỆN"
    NOTICE = "THÔNG BÁO"
    PLAN = "KẾ HOẠCH"
    DECISION = "QUYẾT ĐỊNH"
    RECEIPT = "GIẤY BIÊN NHẬN"


class Urgency(StrEnum):
    """Marks of urgency, the most urgent first."""

    FLASH = "HỎA TỐC"
    IMMEDIATE = "THƯỢNG KHẨN"
    URGENT = "KHẨN"


class Capacity(StrEnum):
    """In what capacity the signer signs; the value is the code without its sign, as the reader reports it."""

    ON_BEHALF = "TM"
    ACTING = "Q"
    FOR_HEAD = "KT"
    BY_ORDER = "TL"
    BY_AUTHORISATION = "TUQ"


TYPE_CODES = {
    Kind.REPORT: "BC",
    Kind.LETTER: "CV",
    Kind.DIRECTIVE: "CT",
    Kind.URGENT_DISPATCH: "CĐ",
    Kind.NOTICE: "TB",
    Kind.PLAN: "KH",
    Kind.DECISION: "QĐ",
    Kind.RECEIPT: "GBN",
}

# The Party writes a slash inside the code where the State writes a full stop after it (Guide 36, II.1.7).
PARTY_CAPACITY_CODES = {
    Capacity.ON_BEHALF: "T/M",
    Capacity.FOR_HEAD: "K/T",
    Capacity.BY_ORDER: "T/L",
}


def capacity_code(capacity: Capacity, system: System) -> str:
    """The code as printed before the body's or the head's name: "TM.", "KT.", or "T/M"."""
    if system is System.PARTY and capacity in PARTY_CAPACITY_CODES:
        return PARTY_CAPACITY_CODES[capacity]
    return f"{capacity.value}."
