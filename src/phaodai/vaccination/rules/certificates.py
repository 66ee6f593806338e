"""A certificate of vaccination as text for a QR code, in the form of the EU Digital COVID Certificate.

`HC1:` + base45(zlib(COSE_Sign1(CWT))): the claims are CBOR (issuer 1, expiry 4, issued at 6, certificate -260), signed with
ES256; algorithm and key ID stand in the protected header. Source: eHealth Network, "Guidelines on Technical Specifications
for EU Digital COVID Certificates", volumes 1 and 3; JSON schema 1.3.0; value sets of ehn-dcc-development. The eleven fields
are those of decision 5772/QĐ-BYT; nationality, which the European form lacks, is printed but not in the code.
"""

import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import base45  # type: ignore[import-untyped]
import cbor2
from cwt import COSE, COSEHeaders, COSEKey

PREFIX = "HC1:"
SCHEMA = "1.3.0"
COUNTRY = "VN"
LONGEST_ISSUER = 80
COVID_19 = "840539006"
"""SNOMED CT: disease caused by SARS-CoV-2."""
ISS, EXP, IAT, HCERT = 1, 4, 6, -260
ES256 = -7
_ID_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_LENGTH = 24


@dataclass(frozen=True)
class ProductCodes:
    """A product in the value sets of the EU."""

    vaccine: str
    product: str
    manufacturer: str
    maker: str
    """The manufacturer's name, for people."""


MRNA, COVID_VACCINE = "1119349007", "J07BX03"
# Value sets of ehn-dcc-development, set dated 2022-11-30. A product without a code there is not certified.
PRODUCTS = {
    "astrazeneca": ProductCodes(COVID_VACCINE, "EU/1/21/1529", "ORG-100001699", "AstraZeneca AB"),
    "comirnaty": ProductCodes(MRNA, "EU/1/20/1528", "ORG-100030215", "Biontech Manufacturing GmbH"),
    "moderna": ProductCodes(MRNA, "EU/1/20/1507", "ORG-100031184", "Moderna Biotech Spain S.L."),
    "vero-cell": ProductCodes(COVID_VACCINE, "BBIBP-CorV", "ORG-100020693", "China Sinopharm International Corp."),
    "sputnik-v": ProductCodes(COVID_VACCINE, "Sputnik-V", "Gamaleya-Research-Institute", "Gamaleya Research Institute"),
    "abdala": ProductCodes(COVID_VACCINE, "Abdala", "CIGB", "Center for Genetic Engineering and Biotechnology"),
}
VACCINES = {MRNA: "SARS-CoV-2 mRNA vaccine", COVID_VACCINE: "COVID-19 vaccine"}


@dataclass(frozen=True)
class Statement:
    """What a certificate says: the fields of decision 5772 that the European form holds."""

    code: str
    full_name: str
    birth: str
    """ISO day, or the year alone where no more is known."""
    product: str
    """Key of the rulebook, in PRODUCTS."""
    dose_number: int
    series: int
    """Doses of the whole course, never fewer than the dose's own number."""
    vaccinated_on: date
    issuer: str


def new_code(*, test: bool) -> str:
    """A certificate ID that tells nothing about the person, 30^24 large; one made for tests says so."""
    drawn = "".join(secrets.choice(_ID_SIGNS) for _sign in range(_ID_LENGTH))
    return f"URN:UVCI:01:{COUNTRY}:{'TEST' if test else ''}{drawn}"


def digest_of(code: str) -> str:
    """What stands for a certificate in the list of withdrawn ones: half of a SHA-256, hexadecimal."""
    return sha256(code.encode()).hexdigest()[:32]


def health_certificate(said: Statement, plain: Callable[[str], str]) -> dict[str, Any]:
    """The certificate by the European schema. `plain` takes the accents off a name."""
    family, _blank, given = said.full_name.strip().partition(" ")
    codes = PRODUCTS[said.product]
    names = {"fn": family, "gn": given} if given else {"fn": family}
    travel = {f"{key}t": _machine_readable(name, plain) for key, name in names.items()}
    dose = {
        "tg": COVID_19, "vp": codes.vaccine, "mp": codes.product, "ma": codes.manufacturer,
        "dn": said.dose_number, "sd": max(said.series, said.dose_number), "dt": said.vaccinated_on.isoformat(),
        "co": COUNTRY, "is": said.issuer[:LONGEST_ISSUER], "ci": said.code,
    }  # fmt: skip
    return {"ver": SCHEMA, "nam": {**names, **travel}, "dob": said.birth, "v": [dose]}


def _machine_readable(name: str, plain: Callable[[str], str]) -> str:
    """As in the machine-readable lines of a passport (ICAO 9303): capitals, `<` between words."""
    return "<".join("".join(sign for sign in word if "A" <= sign <= "Z") for word in plain(name).upper().split())


class Seal:
    """A private key that turns certificates into texts; reading the key once serves thousands of them."""

    def __init__(self, secret: bytes, key_id: bytes) -> None:
        self._key = COSEKey.from_pem(secret, alg="ES256", kid=key_id)
        self._header = {COSEHeaders.ALG: ES256, COSEHeaders.KID: key_id}
        self._cose = COSE.new()

    def text(self, certificate: dict[str, Any], issued_at: datetime, expires_at: datetime) -> str:
        """The text of the QR code: `HC1:` and what follows."""
        claims = {
            ISS: COUNTRY,
            EXP: int(expires_at.timestamp()),
            IAT: int(issued_at.timestamp()),
            HCERT: {1: certificate},
        }
        signed = self._cose.encode_and_sign(cbor2.dumps(claims), self._key, protected=self._header)
        assert isinstance(signed, bytes)
        packed: bytes = base45.b45encode(zlib.compress(signed, 9))
        return PREFIX + packed.decode()
