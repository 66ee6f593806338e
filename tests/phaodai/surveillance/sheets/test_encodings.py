"""The same sheet in every form of text that a commune's machine saves it in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.surveillance.sheets.encodings import mended, old_typeface
from phaodai.surveillance.sheets.tables import read_tables

TEXT = (
    "Mã BN;Họ và tên;Giới tính;Xã\nBN1;Nguyễn Văn Đức;Nam;Tân Lộc\nBN2;Trần Thị Hường;Nữ;Thượng Khê\n"
    "BN3;Lê Đình Phước;Nam;Hoà Xuân\n"
)
# "Nguyễn Văn Đức, Trần Thị Hường" in the typefaces of before Unicode, as their letters stand in Latin-1.
TCVN3 = "NguyÔn V¨n §øc, TrÇn ThÞ H\xadêng"
VNI = "Nguyeãn Vaên Ñöùc, Traàn Thò Höôøng"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_windows_1258(text: str) -> bytes:
    """Windows 1258 writes tones after their letters."""
    parts = []
    for sign in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", sign)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        parts.append(letter + "".join(mark for mark in marks if mark in TONES))
    return "".join(parts).encode("cp1258")


FORMS = {
    "utf-8": TEXT.encode(), "with its mark": TEXT.encode("utf-8-sig"), "utf-16": TEXT.encode("utf-16"),
    "utf-16 without mark": TEXT.encode("utf-16-le"), "windows 1258": in_windows_1258(TEXT),
    "decomposed": unicodedata.normalize("NFC", TEXT).encode(), "sep line": b"sep=;\n" + TEXT.encode(),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_text(form: str) -> None:
    (table,) = read_tables("x.csv", FORMS[form])
    assert table.headers == ("Mã BN", "Họ và tên", "Giới tính", "Xã")
    assert table.lines[1].cells == ("BN2", "Trần Thị Hường", "Nữ", "Thượng Khê")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator(separator: str) -> None:
    (table,) = read_tables("x.csv", TEXT.replace(";", separator).encode())
    assert [line.cells[0] for line in table.lines] == ["BN1", "BN2", "BN3"]


def test_old_typefaces() -> None:
    assert (old_typeface([TCVN3]), old_typeface([VNI])) == ("tcvn3", "vni")
    assert mended(TCVN3, "tcvn3") == mended(VNI, "vni") == "Nguyễn Văn Đức, Trần Thị Hường"
    (table,) = read_tables(
        "x.csv", f"M· BN;Hä tªn\nBN1;{TCVN3.split(',', maxsplit=1)[0]}\nBN2;L\xaa §\xd7nh\n".encode("latin-1")
    )
    assert table.headers == ("Mã BN", "Họ tên")
    assert table.lines[0].cells[1] == "Nguyễn Văn Đức"


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậ ABC,.0123456789", max_size=60))
def test_vietnamese_in_unicode_is_left_alone(text: str) -> None:
    assert old_typeface([text, "Nguyễn Văn"]) == ""


def test_western_names_are_left_alone() -> None:
    assert old_typeface(["Hôpital à côté", "Zoë Müller", "Ñandú", "São João", "Besançon"]) == ""
