"""The fixed wordings: numbers, dates, number and symbol, list marks, end marks.

Sources: Decree 30/2020/NĐ-CP, Appendix I, part I; Guide 36-HD/VPTW, part II.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from congvan.writing.kinds import TYPE_CODES, Kind, System
from congvan.writing.paper import Cell

ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of points in Vietnamese law: no f, j, w, z, no hooked letters
# What XML 1.0 cannot hold (section 2.2, "Char"); a lone surrogate is in no encoding at all.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BLANK = "     "


def clean(text: str) -> str:
    """The text as papers hold it: composed Unicode (TCVN 6909:2001), line feeds only, nothing that XML cannot hold."""
    composed = unicodedata.normalize("NFC", UNPRINTABLE.sub("", text))
    return composed.replace("\r\n", "\n").replace("\r", "\n")


def single_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def format_number(value: float, places: int | None = None) -> str:
    """A number in Vietnamese form: 1234.5 gives "1.234,5". `places` fixes the decimals; left out, as many as it has."""
    exact = int(value) if places is None and float(value).is_integer() else value
    plain = f"{exact:,}" if places is None else f"{exact:,.{places}f}"
    return plain.translate(str.maketrans(",.", ".,"))


def format_date(day: date) -> str:
    """24/11/2021."""
    return f"{day:%d/%m/%Y}"


def format_long_date(day: date) -> str:
    """ "ngày 24 tháng 11 năm 2021"; days under 10 and months 1 and 2 take a leading 0 (Decree 30, II.4.b)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def format_cell(cell: Cell) -> str:
    """A table cell as printed; None is empty."""
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, int | float):
        return format_number(cell)
    return clean(cell or "")


def format_symbol(
    kind: Kind, body_abbreviation: str, drafting_unit: str | None = None, system: System = System.STATE
) -> str:
    """The symbol of a paper: "QĐ-UBND", a State letter "UBND-VXNV" (no type code), Party "CV/TU"."""
    if system is System.PARTY:
        return f"{TYPE_CODES[kind]}/{body_abbreviation}"
    if kind is Kind.LETTER:
        return "-".join(filter(None, (body_abbreviation, drafting_unit)))
    return f"{TYPE_CODES[kind]}-{body_abbreviation}"


def format_number_and_symbol(number: str | int | None, symbol: str, system: System = System.STATE) -> str:
    """ "15/QĐ-UBND", Party "571-CV/TU"; a number under 10 takes a leading 0, a missing one leaves a blank."""
    printed = BLANK if number is None else str(number)
    printed = f"0{printed}" if len(printed) == 1 and printed.isdigit() else printed
    return f"{printed}-{symbol}" if system is System.PARTY else f"{printed}/{symbol}"


def format_number_line(number: str | int | None, symbol: str, system: System = System.STATE) -> str:
    """The printed line: "Số: 15/QĐ-UBND", Party "Số 571-CV/TU" without colon."""
    label = "Số" if system is System.PARTY else "Số:"
    return f"{label} {format_number_and_symbol(number, symbol, system)}"


def format_place_date(place: str, day: date | None) -> str:
    """ "Bắc Giang, ngày 24 tháng 11 năm 2021", with blanks for the pen when the day is open."""
    return f"{place}, {format_long_date(day) if day else f'ngày{BLANK}tháng{BLANK}năm{BLANK}'.rstrip()}"


def roman(number: int) -> str:
    """4 gives "IV"."""
    digits = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        digits += letters * count
    return digits


def point_letter(number: int) -> str:
    """The letter of the n-th point, from 1: a, b, c, d, đ, e, g …; after y come aa, ab …"""
    rounds, place = divmod(number - 1, len(POINT_LETTERS))
    return (POINT_LETTERS[rounds - 1] if rounds else "") + POINT_LETTERS[place]


def with_end_mark(text: str) -> str:
    """The last words of a paper with the mark "./." that nothing follows (Decree 30, form 1.4)."""
    bare = text.rstrip()
    if bare.endswith("./."):
        return text
    return f"{bare}/." if bare.endswith(".") else f"{bare}./."


def listed(entries: Sequence[str], between: str = ";") -> list[str]:
    """Entries of a list, each ended by the mark between and the last by a full stop, never doubled."""
    bare = [entry.rstrip().removesuffix(";").removesuffix(",") for entry in entries]
    return [entry + between for entry in bare[:-1]] + [entry.removesuffix(".") + "." for entry in bare[-1:]]


def balanced(text: str, columns: int) -> str:
    """The text broken into the fewest lines of about `columns` characters, as equal as they can be."""
    words, lines = text.split(), [""]
    target = len(text) / max(1, -(-len(text) // columns))
    for word in words:
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(joined) - target > target - len(lines[-1]):
            lines.append(word)
        else:
            lines[-1] = joined
    return "\n".join(lines)
