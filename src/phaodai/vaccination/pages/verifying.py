"""The page on which anybody verifies a certificate, and the public keys for those who verify with software of their own."""

import io
from datetime import datetime
from typing import Any

import zxingcpp
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from PIL import Image, UnidentifiedImageError

from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Fact, Facts
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.public import Visitor, public_page, show_form
from phaodai.foundation.registers.showing import language
from phaodai.vaccination.actions.verifying import trusted_keys, verify, withdrawn
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.rules.certificates import PRODUCTS, VACCINES
from phaodai.vaccination.rules.certificates_reading import LONGEST_TEXT, Answer, Reading

LARGEST_PHOTO = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
ANSWERS: dict[Answer, tuple[Promise, Promise]] = {
    Answer.VALID: (
        pgettext_lazy("certificate", "Valid"),
        gettext_lazy("The signature holds. Compare name and date of birth with an identity document."),
    ),
    Answer.EXPIRED: (
        pgettext_lazy("certificate", "Expired"),
        gettext_lazy("The signature holds, but the certificate is no longer good. Its holder can ask for a new one."),
    ),
    Answer.REVOKED: (
        pgettext_lazy("certificate", "Withdrawn"),
        gettext_lazy("The unit that issued it has withdrawn it. It is not valid any more."),
    ),
    Answer.NOT_YET: (
        pgettext_lazy("certificate", "Not valid yet"),
        gettext_lazy("It was issued for a later moment than now. Check the clock, or ask the unit that issued it."),
    ),
    Answer.TEST: (
        pgettext_lazy("certificate", "Not valid: a test"),
        gettext_lazy("It was made with a key for tests. It says nothing about anybody."),
    ),
    Answer.CHANGED: (
        pgettext_lazy("certificate", "Not valid: changed"),
        gettext_lazy("The signature does not fit what it says. Somebody changed it, or it was copied with a mistake."),
    ),
    Answer.COMPROMISED: (
        pgettext_lazy("certificate", "Not valid: key withdrawn"),
        gettext_lazy("The key that signed it is no longer trusted. Its holder can ask for a new certificate."),
    ),
    Answer.UNKNOWN_KEY: (
        pgettext_lazy("certificate", "Not ours"),
        gettext_lazy("It was not signed with a key of this province. Whoever issued it can verify it."),
    ),
    Answer.UNREADABLE: (
        pgettext_lazy("certificate", "No certificate"),
        gettext_lazy("This is not the text of a certificate. Take the photo again, nearer and without a shadow."),
    ),
}
SAID = (Answer.VALID, Answer.EXPIRED, Answer.NOT_YET, Answer.TEST)
"""Answers beside which the contents are shown; of the others nothing can be believed, or nothing needs to be known."""


class VerifyForm(forms.Form):
    """The text of a code, or a photo of it."""

    photo = forms.FileField(
        label=gettext_lazy("Photo of the QR code"), required=False,
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Or the text of the code"), required=False, max_length=LONGEST_TEXT, strip=True,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy("It begins with HC1:"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two; a photo becomes its text."""
        found = super().clean() or self.cleaned_data
        photo = found.get("photo")
        if photo is not None:
            found["text"] = _text_on(photo)
        if not found.get("text") and not self.errors:
            self.add_error("text", _("Send a photo of the code, or its text."))
        return found


def _text_on(photo: "UploadedFile[bytes]") -> str:
    """What the code on a photo says; the photo is not kept."""
    if (photo.size or 0) > LARGEST_PHOTO:
        raise forms.ValidationError({"photo": _("Send one photo of at most 8 MB.")})
    try:
        picture = Image.open(io.BytesIO(photo.read()))
        if picture.width * picture.height > MOST_PIXELS:
            raise forms.ValidationError({"photo": _("This picture is too large. Take a photo of the code alone.")})
        found = zxingcpp.read_barcode(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as problem:
        raise forms.ValidationError(
            {"photo": _("This is not a photo that can be read. Send a .jpg or .png.")}
        ) from problem
    if found is None:
        raise forms.ValidationError(
            {"photo": _("No QR code was found on the photo. Take it nearer and without a shadow.")}
        )
    return found.text


@public_page
def verify_certificate(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Paste or photograph a code, and read whether it is valid and what it says. Nothing of it is kept."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and visitor.accepts(form):
        reading = verify(moment=clock.now(), text=form.cleaned_data["text"])
        title, words = ANSWERS[reading.answer]
        shown = {"reading": reading, "title": title, "words": words, "facts": _facts(reading), "form": VerifyForm()}
        return render(request, "vaccination/verified.html", shown)
    return show_form(request, "vaccination/verify.html", form)


def _facts(reading: Reading) -> Facts | None:
    """What the certificate itself says, and no more."""
    if reading.certificate is None or reading.answer not in SAID:
        return None
    names, dose = reading.certificate["nam"], reading.dose
    told = (
        (_("Full name"), " ".join(part for part in (names.get("fn"), names.get("gn")) if part)),
        (_("Date of birth"), "/".join(reversed(str(reading.certificate["dob"]).split("-")))),
        (_("Vaccine"), f"{_product(str(dose['mp']))}, {VACCINES.get(str(dose['vp']), dose['vp'])}"),
        (_("Dose"), _("%(number)s of %(series)s") % {"number": dose["dn"], "series": dose["sd"]}),
        (_("Vaccinated on"), day_words(datetime.fromisoformat(str(dose["dt"])), language())),
        (pgettext("certificate", "Issued by"), str(dose["is"])),
        (_("Issued at"), _moment(reading.issued_at)),
        (_("Good until"), _moment(reading.expires_at)),
        (_("Certificate ID"), str(dose["ci"])),
    )
    return Facts([Fact(label, value) for label, value in told])


def _product(code: str) -> str:
    return next((product_label(key) for key, codes in PRODUCTS.items() if codes.product == code), code)


def _moment(at: datetime | None) -> str:
    return moment_words(at.astimezone(VIETNAM), language()) if at else "–"


@public_page
def trust_list(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Public keys by ID, and digests of withdrawn certificates: SHA-256 of the ID, its first 16 bytes, hexadecimal."""
    del request, visitor
    keys = [
        {
            "kid": key.hexadecimal,
            "certificate": key.certificate.decode(),
            "from": key.valid_from.isoformat(),
            "to": key.valid_to.isoformat(),
            "signed_until": key.ended_at.isoformat() if key.ended_at else None,
            "authority": key.name,
            "test": key.is_test,
        }
        for key in trusted_keys()
    ]
    return JsonResponse({"keys": keys, "revoked": withdrawn()})
