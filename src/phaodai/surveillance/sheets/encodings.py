"""The text of a file, whatever it was saved in: Unicode, Windows, or the typefaces that Vietnam wrote with before it.

TCVN3 (TCVN 5712:1993, typefaces .Vn…) and VNI put Vietnamese letters where Western Europe has others, so that the same
text also comes inside Excel files, as letters of Latin-1; `mended` reads it there.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

_TCVN3_BYTES = (
    "\xb5\xb6\xb7\xb8\xb9\xa8\xbb\xbc\xbd\xbe\xc6\xa9\xc7\xc8\xc9\xca\xcb\xae\xcc\xce\xcf\xd0\xd1\xaa\xd2\xd3\xd4\xd5\xd6"
    "\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xab\xe5\xe6\xe7\xe8\xe9\xac\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4"
    "\xad\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xa1\xa2\xa7\xa3\xa4\xa5\xa6"
)
_TCVN3_LETTERS = (
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ"
)  # fmt: skip
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {
    "ñ": "đ", "Ñ": "Đ", "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "æ": "ỉ", "Æ": "Ỉ", "ó": "ĩ", "Ó": "Ĩ",
    "ò": "ị", "Ò": "Ị", "î": "ỵ", "Î": "Ỵ",
}  # fmt: skip
_SAMPLE = 200_000
_ENOUGH, _ENOUGH_PAIRS = 0.02, 0.08


def text_of(content: bytes) -> str:
    """The text of a file. Raises `UnicodeDecodeError` for what is no text."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(name)
    if b"\0" in content[:_SAMPLE]:
        return content.decode(_wide(content[:_SAMPLE]))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(content)


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark: Western letters have their zero on one side."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample):
        raise UnicodeDecodeError("utf-16", sample[:40], 0, 1, "no text")
    return "utf-16-le" if odd > even else "utf-16-be"


def _one_byte(content: bytes) -> str:
    """Latin-1 where that is Vietnamese of an old typeface, else the Windows page that makes the better Vietnamese."""
    latin = content.decode("latin-1")
    if old_typeface([latin[:_SAMPLE]]):
        return latin
    try:
        vietnamese = content.decode("cp1258")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
    composed = _composed(vietnamese)
    return composed if _vietnamese_letters(composed) > 0 else content.decode("cp1252", errors="replace")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _vietnamese_letters(text: str) -> int:
    """Letters with tone that only Vietnamese has; Windows 1258 writes them as letter and mark."""
    return sum("\u1ea0" <= sign <= "\u1ef9" or sign in "ăđơưĂĐƠƯ" for sign in text)


def old_typeface(cells: Iterable[str]) -> str:
    """`tcvn3` or `vni` where the cells were written in a typeface of that kind; else nothing."""
    text = " ".join(cells)[:_SAMPLE]
    letters = sum(map(str.isalpha, text)) or 1
    if any(sign > "\u00ff" and sign.isalpha() for sign in text):
        return ""
    if _tcvn3_signs(text) / letters > _ENOUGH:
        return "tcvn3"
    return "vni" if _vni_pairs(text) / letters > _ENOUGH_PAIRS else ""


def _tcvn3_signs(text: str) -> int:
    """Signs that are no letters, between letters: B¾c Giang, NguyÔn, §µo."""
    return sum(
        sign in "¡¢§£¤¥¦¨©ª«¬\xad®µ¶·¸¹»¼½¾×÷" and (before.isalpha() or after.isalpha())
        for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False)
    )


def _vni_pairs(text: str) -> int:
    tails = "".join((*_VNI_TONES, *_VNI_CIRCUMFLEX, *_VNI_BREVE))
    pairs = sum(
        before.lower() in "aeouyôö" and sign.lower() in tails
        for before, sign in pairwise(text)
        if before.lower() + sign.lower() not in ("oà", "oá", "oã", "uâ", "uê", "uý")
    )
    return pairs if any(sign in text for sign in "ñÑöÖôÔ") else 0


def mended(text: str, typeface: str) -> str:
    """Text of an old typeface in Unicode; any other as it is."""
    if typeface == "tcvn3":
        return text.translate(_tcvn3())
    return _from_vni(text) if typeface == "vni" else text


@cache
def _tcvn3() -> dict[int, str]:
    return {ord(byte): letter for byte, letter in zip(_TCVN3_BYTES, _TCVN3_LETTERS, strict=True)}


def _from_vni(text: str) -> str:
    """A mark stands after its vowel: aù is á, aá is ấ, aé is ắ."""
    written: list[str] = []
    for sign in text:
        mark = _mark_after(written[-1] if written else "", sign)
        if mark is None:
            written.append(_VNI_SINGLE.get(sign, sign))
        else:
            written[-1] = _composed(written[-1] + mark)
    return "".join(written)


def _mark_after(before: str, sign: str) -> str | None:
    base, low = before.lower(), sign.lower()
    if base in tuple("aeouyơư") and low in _VNI_TONES:
        return _VNI_TONES[low]
    if base in tuple("aeo") and low in _VNI_CIRCUMFLEX:
        return "\u0302" + _VNI_CIRCUMFLEX[low]
    if base == "a" and low in _VNI_BREVE:
        return "\u0306" + _VNI_BREVE[low]
    return None
