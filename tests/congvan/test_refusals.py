"""Every bad input is refused in one line, in Vietnamese and in English, that says how to mend it."""

import io
import subprocess
import sys
import zipfile

import pypdf
import pytest

import congvan
from congvan.formats import opening, scan
from tests.congvan.test_formats import pdf_file, picture_of_the_letter, word_file


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_file()))
    writer.encrypt("mat-khau", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
LOCKED_ODT = zipped(content_xml=b"<a/>", **{"META-INF__manifest_xml": b"<manifest><encryption-data/></manifest>"})

BAD = {
    "nothing": (b"", "x.txt", congvan.Empty),
    "only spaces": (b" \n\t ", "x.txt", congvan.Empty),
    "a program": (bytes(range(256)) * 20, "x.txt", congvan.NotADocument),
    "a zip of other things": (zipped(a_xml=b"<a/>"), "x.zip", congvan.NotADocument),
    "rich text": (b"{\\rtf1 abc}", "x.rtf", congvan.NotADocument),
    "a broken zip": (b"PK\x03\x04 broken", "x.docx", congvan.Damaged),
    "a word file cut short": (word_file(numbered_by_word=False)[:3000], "x.docx", congvan.Damaged),
    "a word file with broken xml": (zipped(word__document_xml=b"<w"), "x.docx", congvan.Damaged),
    "a name that lies": (b"hello", "x.pdf", congvan.Damaged),
    "a broken pdf": (b"%PDF-1.4 broken", "x.pdf", congvan.Damaged),
    "a broken old word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "x.doc", congvan.Damaged),
    "a locked pdf": (locked_pdf(), "x.pdf", congvan.PasswordProtected),
    "a locked word file": (LOCKED_WORD, "x.docx", congvan.PasswordProtected),
    "a locked odt": (LOCKED_ODT, "x.odt", congvan.PasswordProtected),
}


@pytest.mark.parametrize(("data", "name", "kind"), BAD.values(), ids=BAD)
def test_bad_input_says_what_to_do(data, name, kind):
    with pytest.raises(kind) as refusal:
        congvan.read(data, name)
    for message in (refusal.value.vi, refusal.value.en):
        assert ";" in message
        assert "\n" not in message
    assert str(refusal.value) == refusal.value.en


def test_a_file_that_is_too_large(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "LARGEST", 10)
    path = tmp_path / "x.txt"
    path.write_text("hơn mười ký tự")
    for source in (path, path.read_bytes()):
        with pytest.raises(congvan.TooLarge):
            congvan.read(source)


def test_no_such_file_and_a_folder(tmp_path):
    with pytest.raises(congvan.NotFound):
        congvan.read(tmp_path / "none.txt")
    with pytest.raises(congvan.NotADocument):
        congvan.read(tmp_path)


def test_a_picture_where_tesseract_is_not_installed(monkeypatch):
    monkeypatch.setattr(scan.shutil, "which", lambda _: None)
    buffer = io.BytesIO()
    picture_of_the_letter().save(buffer, "PNG")
    with pytest.raises(congvan.RecognitionMissing) as refusal:
        congvan.read(buffer.getvalue())
    assert "tesseract-ocr-vie" in refusal.value.vi


def test_a_broken_picture(monkeypatch):
    monkeypatch.setattr(scan, "require_recognition", lambda: None)
    with pytest.raises(congvan.Damaged):
        congvan.read(b"\x89PNG\r\n\x1a\n broken", "x.png")


def test_the_command_refuses_with_exit_2_and_loads_no_django(tmp_path):
    code = (
        "import sys; from phaodai.__main__ import main; "
        f"code = main(['read-directive', {str(tmp_path / 'none.txt')!r}]); print(code, 'django' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["2", "False"]
    assert run.stderr.startswith("phaodai read-directive:")
    assert len(run.stderr.strip().splitlines()) == 1
