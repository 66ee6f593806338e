"""Certificates read back by others: a bar code reader, another COSE library, and CBOR taken apart by hand."""

import base64
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import base45
import pypdfium2
import pytest
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st
from pycose.keys import EC2Key
from pycose.messages import Sign1Message

from phaodai.foundation.formats import fold
from phaodai.people.models import Officer, Organisation
from phaodai.vaccination.actions.keys import Keyring
from phaodai.vaccination.models import Certificate
from phaodai.vaccination.rules.certificates import (
    PRODUCTS,
    Seal,
    Statement,
    digest_of,
    health_certificate,
    new_code,
)
from phaodai.vaccination.rules.certificates_reading import Answer, read
from phaodai.vaccination.rules.keys import PublicKey, Standing, make_key, read_certificate
from phaodai.vaccination.sheets.certificates import fields_of, write_certificate

ISSUED = datetime(2022, 4, 20, 8, tzinfo=UTC)
EXPIRES = datetime(2023, 4, 20, 16, 59, 59, tzinfo=UTC)
SECRET, CERTIFICATE = make_key(
    "Sở Y tế Bình Minh", ISSUED - timedelta(days=1), ISSUED + timedelta(days=700), test=False
)
KEY = read_certificate(CERTIFICATE)
KEYS = {KEY.key_id: KEY}
STATEMENT = Statement(
    "URN:UVCI:01:VN:AB23", "Phạm Thị Đào", "1969-03-01", "comirnaty", 2, 2, date(2021, 11, 20), "Sở Y tế Bình Minh"
)
TEXT = Seal(SECRET, KEY.key_id).text(health_certificate(STATEMENT, fold), ISSUED, EXPIRES)


def cbor(data: bytes, at: int = 0) -> tuple[Any, int]:
    """The parts of CBOR (RFC 8949) that a certificate uses, written out by hand: value, place after it."""
    kind, size, at = data[at] >> 5, data[at] & 31, at + 1
    if size > 23:
        width = 1 << (size - 24)
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    if kind in (0, 1):
        return (size if kind == 0 else -1 - size), at
    if kind in (2, 3):
        piece = data[at : at + size]
        return (piece if kind == 2 else piece.decode()), at + size
    if kind == 6:
        return cbor(data, at)
    found: list[Any] = []
    for _one in range(size * (2 if kind == 5 else 1)):
        value, at = cbor(data, at)
        found.append(value)
    return (dict(zip(found[::2], found[1::2], strict=True)) if kind == 5 else found), at


def others_key(key: PublicKey) -> EC2Key:
    """The public key for pycose, by its two coordinates."""
    numbers = x509.load_pem_x509_certificate(key.certificate).public_key().public_numbers()  # type: ignore[union-attr]
    x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))  # type: ignore[union-attr]
    return EC2Key(crv="P_256", x=x, y=y)


def verified_elsewhere(text: str, key: PublicKey) -> bool:
    """What pycose says of the signature."""
    message = Sign1Message.decode(zlib.decompress(base45.b45decode(text.removeprefix("HC1:"))))
    message.key = others_key(key)
    return bool(message.verify_signature())


def changed(text: str, place: int, flip: int) -> str:
    packed = bytearray(zlib.decompress(base45.b45decode(text.removeprefix("HC1:"))))
    packed[place % len(packed)] ^= flip
    return "HC1:" + base45.b45encode(zlib.compress(bytes(packed))).decode()


def sealed(*, test: bool = False) -> Certificate:
    """An issued certificate that stands in no database."""
    row = Certificate(
        state="sealed", code=STATEMENT.code, full_name=STATEMENT.full_name, birth=STATEMENT.birth, nationality="VN",
        doses_received=2, dose_number=2, vaccinated_on=STATEMENT.vaccinated_on, product=STATEMENT.product,
        is_test=test, key_id=KEY.hexadecimal, text=TEXT, sealed_at=ISSUED, expires_at=EXPIRES,
    )  # fmt: skip
    row.organisation, row.signed_by = (
        Organisation(name="Trạm Y tế xã Tân Lộc"),
        Officer(full_name="Trịnh Thị Bích Ngọc"),
    )
    return row


def test_a_paper_is_read_by_others() -> None:
    """PDF to picture, picture to text, text to signature and fields: none of it with the program's own code."""
    page = pypdfium2.PdfDocument(write_certificate(sealed()))[0]
    found = zxingcpp.read_barcode(page.render(scale=3).to_pil())
    assert found is not None
    assert found.text == TEXT
    assert verified_elsewhere(found.text, KEY)
    protected, _unprotected, payload, signature = cbor(zlib.decompress(base45.b45decode(found.text[4:])))[0]
    assert len(signature) == 64
    assert cbor(protected)[0] == {1: -7, 4: KEY.key_id}
    claims = cbor(payload)[0]
    assert claims[1] == "VN"
    assert claims[6] == int(ISSUED.timestamp())
    assert claims[4] == int(EXPIRES.timestamp())
    assert claims[-260][1] == {
        "ver": "1.3.0", "dob": "1969-03-01",
        "nam": {"fn": "Phạm", "gn": "Thị Đào", "fnt": "PHAM", "gnt": "THI<DAO"},
        "v": [{
            "tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215", "dn": 2, "sd": 2,
            "dt": "2021-11-20", "co": "VN", "is": "Sở Y tế Bình Minh", "ci": "URN:UVCI:01:VN:AB23",
        }],
    }  # fmt: skip
    words = page.get_textpage().get_text_range()
    assert [field["value"] for field in fields_of(sealed()) if field["value"] not in words.replace("\r\n", " ")] == []
    assert len(fields_of(sealed())) == 11
    assert "TEST" not in words
    assert "NOT VALID" in pypdfium2.PdfDocument(write_certificate(sealed(test=True)))[0].get_textpage().get_text_range()


def test_the_answer_at_each_moment() -> None:
    later = ISSUED + timedelta(days=30)
    assert read(TEXT, KEYS, set(), later).answer is Answer.VALID
    assert read(TEXT, KEYS, {digest_of(STATEMENT.code)}, later).answer is Answer.REVOKED
    assert read(TEXT, KEYS, set(), EXPIRES + timedelta(seconds=1)).answer is Answer.EXPIRED
    assert read(TEXT, KEYS, set(), ISSUED - timedelta(seconds=1)).answer is Answer.NOT_YET
    assert read(TEXT, {}, set(), later).answer is Answer.UNKNOWN_KEY
    assert read(TEXT, KEYS, set(), later, real=False).answer is Answer.UNKNOWN_KEY, "a real key is no key of a drill"
    retired = replace(KEY, standing=Standing.RETIRED, ended_at=later)
    assert read(TEXT, {KEY.key_id: retired}, set(), later).answer is Answer.VALID, "what it signed before stays"
    ended_before = replace(retired, ended_at=ISSUED - timedelta(hours=1))
    assert read(TEXT, {KEY.key_id: ended_before}, set(), later).answer is Answer.UNKNOWN_KEY
    stolen = replace(KEY, standing=Standing.COMPROMISED, ended_at=later)
    assert read(TEXT, {KEY.key_id: stolen}, set(), later).answer is Answer.COMPROMISED


@settings(max_examples=40)
@given(st.integers(0, 400), st.integers(1, 255))
def test_a_changed_byte_is_never_valid(place: int, flip: int) -> None:
    text = changed(TEXT, place, flip)
    assert read(text, KEYS, set(), ISSUED + timedelta(days=1)).answer is not Answer.VALID


@settings(max_examples=40)
@given(
    st.text(max_size=60) | st.binary(max_size=80).map(lambda b: "HC1:" + base45.b45encode(zlib.compress(b)).decode())
)
def test_whatever_is_read_gets_an_answer(text: str) -> None:
    assert read(text, KEYS, set(), ISSUED).answer in (Answer.UNREADABLE, Answer.UNKNOWN_KEY)


def test_others_see_the_change_too() -> None:
    """Bytes of the claims and of the signature itself."""
    assert verified_elsewhere(TEXT, KEY)
    assert not any(verified_elsewhere(changed(TEXT, place, 1), KEY) for place in (150, 200, 250, -1, -40))


def test_a_text_that_unpacks_without_end_is_refused() -> None:
    bomb = "HC1:" + base45.b45encode(zlib.compress(b"\0" * 10_000_000, 9)[:5_000]).decode()
    assert read(bomb, KEYS, set(), ISSUED).answer is Answer.UNREADABLE


def test_a_key_for_tests_is_never_valid_where_it_counts(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    for_tests = ring.new("Sở Y tế", ISSUED, test=True)
    assert for_tests.is_test
    assert ring.current(ISSUED, real=True) is None
    assert ring.current(ISSUED, real=False) == for_tests
    text = ring.seal(for_tests).text(health_certificate(STATEMENT, fold), ISSUED, EXPIRES)
    assert read(text, ring.keys(), set(), ISSUED).answer is Answer.TEST
    assert read(text, ring.keys(), set(), ISSUED, real=False).answer is Answer.VALID
    unmarked = for_tests.certificate.splitlines()
    body = base64.b64decode(b"".join(unmarked[1:-1])).replace(b"TEST KEY", b"REAL KEY")
    forged = b"\n".join([unmarked[0], base64.encodebytes(body).strip(), unmarked[-1], b""])
    with pytest.raises(ValueError, match="changed"):
        read_certificate(forged)


def test_keys_take_turns_and_the_old_ones_still_verify(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    first = ring.new("Sở Y tế", ISSUED, test=False)
    text = ring.seal(first).text(health_certificate(STATEMENT, fold), ISSUED, EXPIRES)
    second = ring.new("Sở Y tế", ISSUED + timedelta(days=300), test=False)
    later = ISSUED + timedelta(days=301)
    assert ring.current(later, real=True) == second
    ended = ring.retire(first.hexadecimal, later, compromised=False)
    assert ended.standing is Standing.RETIRED
    assert not ring.secret_path(first).exists()
    assert ring.secret_path(second).stat().st_mode & 0o777 == 0o600
    assert read(text, ring.keys(), set(), later).answer is Answer.VALID
    ring.retire(first.hexadecimal, later, compromised=True)
    assert read(text, ring.keys(), set(), later).answer is Answer.COMPROMISED
    secret = serialization.load_pem_private_key(ring.secret_path(second).read_bytes(), None)
    assert secret.key_size == 256  # type: ignore[union-attr]


def test_ids_tell_nothing_and_never_repeat() -> None:
    codes = {new_code(test=False) for _one in range(500)}
    assert len(codes) == 500
    assert all(len(code) <= 50 for code in codes)
    assert new_code(test=True).startswith("URN:UVCI:01:VN:TEST")


@pytest.mark.parametrize("product", sorted(PRODUCTS))
def test_every_product_is_in_the_value_sets(product: str) -> None:
    """The prefix and the two codes of vaccines that the set of 2022-11-30 knows; all fit their limits of 50 signs."""
    codes = PRODUCTS[product]
    assert codes.vaccine in ("1119349007", "J07BX03")
    assert max(len(codes.product), len(codes.manufacturer)) <= 50
