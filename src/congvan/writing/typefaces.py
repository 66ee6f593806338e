"""Finds a Times-like typeface for the PDF that has every Vietnamese letter in every face it needs."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

TIMES_LIKE = ("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes")
BUNDLED = "Libertinus Serif"
BASE_LETTERS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
FACES = {("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)}


@dataclass(frozen=True)
class Typeface:
    """A family and the fonts that typst may use: its folder and what is bundled with typst, nothing else."""

    family: str
    fonts: typst.Fonts


def vietnamese_letters() -> set[str]:
    """All letters of Vietnamese with every tone, small and capital."""
    small = {unicodedata.normalize("NFC", letter + tone) for letter in BASE_LETTERS for tone in TONES} | {"đ"}
    return small | {letter.upper() for letter in small}


@cache
def bundled_typeface() -> Typeface:
    """The serif family that comes with typst: the same on every machine."""
    return Typeface(BUNDLED, typst.Fonts(include_system_fonts=False))


@cache
def times_like_typeface() -> Typeface:
    """The first Times-like family of this machine that is complete, else the bundled one.

    Font files are looked into, folder by folder, because a family may be installed twice, once without Vietnamese.
    """
    installed = [font for font in typst.Fonts().fonts() if font.path]
    for family in TIMES_LIKE:
        faces = [font for font in installed if font.family == family]
        for folder in sorted({Path(str(font.path)).parent for font in faces}):
            if complete_faces(faces, folder) >= FACES:
                return Typeface(family, typst.Fonts(include_system_fonts=False, font_paths=[folder]))
    return bundled_typeface()


def complete_faces(fonts: list[typst.FontInfo], folder: Path) -> set[tuple[str, int]]:
    """The faces (style, weight) in a folder that have all Vietnamese letters."""
    return {
        (font.style.lower(), font.weight)
        for font in fonts
        if Path(str(font.path)).parent == folder and has_vietnamese(Path(str(font.path)), font.index)
    }


def has_vietnamese(path: Path, index: int) -> bool:
    """Whether a font file maps every Vietnamese letter."""
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return vietnamese_letters() <= {chr(code) for code in font.getBestCmap()}
