"""Bilingual text and the forms that figures take in each language."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, Language] = ("vi", "en")

FLAGS = {"vi": ("không", "có"), "en": ("no", "yes")}


class Words(NamedTuple):
    """One text in the two languages of every screen."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en


def fold(text: str) -> str:
    """Lower case without accents, words joined by hyphens: how people type a name that they half remember."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "-".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def sentence(value: object, language: Language) -> str:
    """A figure in running text: 1.234,5 and 24/10/2021 in Vietnamese, 1,234.5 and 2021-10-24 in English."""
    if value is None:
        return "không rõ" if language == "vi" else "not known"
    if isinstance(value, bool):
        return FLAGS[language][value]
    if isinstance(value, int | float):
        return number(value, language)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}" if language == "vi" else value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(sentence(item, language) for item in value)
    return str(value)


def number(value: float, language: Language) -> str:
    """At most two decimals, four where fewer would show another whole number; digits grouped by the language's sign."""
    places = 4 if isinstance(value, float) and round(value, 2).is_integer() else 2
    text = f"{value:,.{places}f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def percent(share: float, language: Language) -> str:
    """A share of 0 to 1 as a percentage, to two decimals at most."""
    return number(round(float(share) * 100, 2), language) + "%"


def listed(items: Iterable[str]) -> str:
    """The allowed values as an error message shows them."""
    return ", ".join(sorted(items))
