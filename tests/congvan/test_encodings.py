"""Every encoding in which a Vietnamese text may arrive gives the same text."""

import unicodedata
from pathlib import Path

import pytest

import congvan
from congvan.formats import encodings

TEXT = (Path(__file__).parent / "documents" / "cong-van-so-hoa-toc.txt").read_text(encoding="utf-8")
LETTER = congvan.read_text(TEXT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_byte_order_mark(encoding):
    assert congvan.read(TEXT.encode(encoding), "letter.txt").text == TEXT


def test_decomposed_unicode_is_composed_with_a_warning():
    reading = congvan.read(unicodedata.normalize("NFD", TEXT).encode())
    assert reading.text == TEXT
    assert "NFC" in reading.warnings[0].what


def test_windows_line_ends():
    assert congvan.read(TEXT.replace("\n", "\r\n").encode()).text == TEXT


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("phßng, chèng dÞch bÖnh", "phòng, chống dịch bệnh"),
        ("ñy ban nh©n d©n tØnh", "ủy ban nhân dân tỉnh"),
    ],
)
def test_tcvn3(printed, meant):
    assert encodings.from_tcvn3(printed) == meant


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("COÄNG HOØA", "CỘNG HÒA"),
        ("phöôøng, xaõ, thò traán", "phường, xã, thị trấn"),
    ],
)
def test_vni(printed, meant):
    assert encodings.from_vni(printed) == meant


def as_tcvn3(text: str) -> str:
    """The text in the lower-case signs of the ABC fonts; capitals with marks have no sign of their own."""
    signs = {letter: chr(sign) for sign, letter in encodings._tcvn3().items()}
    return "".join(signs.get(letter, signs.get(letter.lower(), letter)) for letter in text)


def as_vni(text: str) -> str:
    signs = {letter: sign for sign, letter in encodings._vni()[1].items()}
    return "".join(signs.get(letter, letter) for letter in text)


@pytest.mark.parametrize("write", [as_tcvn3, as_vni])
@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_whole_letter_in_an_old_encoding(write, as_bytes):
    old = write(TEXT)
    reading = congvan.read(old.encode("latin-1"), "letter.txt") if as_bytes else congvan.read_text(old)
    assert reading.text.lower() == TEXT.lower()
    assert (reading.meta.number, reading.meta.symbol, reading.meta.date) == ("3312", "SYT-NVY", LETTER.meta.date)
    assert [section.id for section in reading.sections] == [section.id for section in LETTER.sections]
    assert any("bảng mã" in doubt.what for doubt in reading.warnings)


def test_windows_1258():
    data = unicodedata.normalize("NFD", TEXT).replace("đ", "\u0111")
    parts = [
        unicodedata.normalize("NFC", letter + mark)
        for letter, mark in (
            ("a", "\u0302"),
            ("a", "\u0306"),
            ("e", "\u0302"),
            ("o", "\u0302"),
            ("o", "\u031b"),
            ("u", "\u031b"),
        )
    ]
    for whole in parts + [part.upper() for part in parts]:
        data = data.replace(unicodedata.normalize("NFD", whole), whole)
    reading = congvan.read(data.encode("cp1258", errors="ignore"), "letter.txt")
    assert reading.meta.number == "3312"
    assert any("1258" in doubt.what for doubt in reading.warnings)


def test_utf8_that_was_read_as_latin_1():
    assert congvan.read_text(TEXT.encode().decode("latin-1")).text == TEXT


def test_a_unicode_text_is_never_taken_for_an_old_one():
    assert encodings.best_reading(TEXT) == (TEXT, None)
    assert LETTER.warnings == ()
