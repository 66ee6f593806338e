"""Pages of a PDF or of a scan as pictures that a browser shows."""

from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

# Pixels across: readable at full width of a laptop's half page, about 150 dpi of A4.
WIDTH = 1240
# A picture that claims more pixels than this is a bomb or a map; scans of A4 at 600 dpi have 35 million.
PIXELS_AT_MOST = 80_000_000


class NoPicture(Exception):
    """The file has no such page, or none at all that can be shown."""


def count_pages(content: bytes) -> int:
    """How many pages a PDF or an image has; 0 for any other file."""
    try:
        if content.startswith(b"%PDF-"):
            with pypdfium2.PdfDocument(content) as document:
                return len(document)
        with Image.open(BytesIO(content)) as image:
            return getattr(image, "n_frames", 1)
    except (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return 0


def png_of_page(content: bytes, number: int) -> bytes:
    """Page `number`, from 1, as PNG, `WIDTH` pixels across. Raises `NoPicture`."""
    if not 1 <= number <= count_pages(content):
        raise NoPicture(number)
    try:
        image = _pdf_page(content, number) if content.startswith(b"%PDF-") else _frame(content, number)
    except (pypdfium2.PdfiumError, OSError, Image.DecompressionBombError) as problem:
        raise NoPicture(number) from problem
    written = BytesIO()
    image.convert("L" if image.mode in ("1", "L") else "RGB").save(written, "PNG")
    return written.getvalue()


def _pdf_page(content: bytes, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), (PIXELS_AT_MOST / max(width * height, 1)) ** 0.5)
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture


def _frame(content: bytes, number: int) -> Image.Image:
    with Image.open(BytesIO(content)) as image:
        if image.width * image.height > PIXELS_AT_MOST:
            raise NoPicture(number)
        frame = ImageOps.exif_transpose(ImageSequence.Iterator(image)[number - 1].copy())
        frame.thumbnail((WIDTH, WIDTH * 4))
        return frame
