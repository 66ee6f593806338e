"""Texts as QR codes that cameras of phones read."""

from django.utils.safestring import SafeString, mark_safe
from qrcode import QRCode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]


def qr_drawing(text: str) -> SafeString:
    """A QR code as one SVG drawing, with a quiet edge of one square; its page sets it black on white in any theme."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=1, image_factory=SvgPathImage)
    code.add_data(text)
    drawing: str = code.make_image().to_string(encoding="unicode")
    return mark_safe(drawing)  # noqa: S308  (squares that the library drew; the text is in them alone)
