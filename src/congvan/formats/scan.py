"""Scans and photos: straightened, cleaned, and read by tesseract with its Vietnamese model, when that is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

from congvan.errors import Damaged, RecognitionMissing
from congvan.model import Doubt

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST_TILT = 6.0
_STEP = 0.5
_READABLE_WIDTH = 2400
_SECONDS_PER_PAGE = 120


def read_picture(data: bytes) -> tuple[str, list[Doubt]]:
    """The text of a picture, of each of its pages, and the warning that it was recognised."""
    from PIL import Image, ImageSequence

    require_recognition()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            pages = [recognise(frame.copy()) for frame in ImageSequence.Iterator(picture)]
    except (OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise Damaged from error
    return "\n".join(pages), [Doubt("text", "Ảnh chụp, bản quét: đã nhận dạng chữ, cần đối chiếu với bản gốc.")]


def require_recognition() -> None:
    """Raises `RecognitionMissing` unless tesseract and its Vietnamese model are there."""
    if shutil.which("tesseract") is None:
        raise RecognitionMissing
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    if "vie" not in languages.stdout.split():
        raise RecognitionMissing


def recognise(picture: Image, *, sharp: bool = False) -> str:
    """The text of one page; `sharp` when it is a rendering that needs no cleaning of specks."""
    require_recognition()
    buffer = io.BytesIO()
    prepared(picture, sharp=sharp).save(buffer, format="PNG")
    run = subprocess.run(
        ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", "300"],
        input=buffer.getvalue(), capture_output=True, check=False, timeout=_SECONDS_PER_PAGE,
    )  # fmt: skip
    if run.returncode != 0:
        raise Damaged
    return run.stdout.decode("utf-8", errors="replace")


def prepared(picture: Image, *, sharp: bool = False) -> Image:
    """The page in grey, without specks, large enough to read and upright."""
    from PIL import Image, ImageFilter, ImageOps

    grey = ImageOps.exif_transpose(picture).convert("L")
    if not sharp:
        grey = grey.filter(ImageFilter.MedianFilter(3))
    if grey.width < _READABLE_WIDTH:
        scale = min(3.0, _READABLE_WIDTH / max(grey.width, 1))
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)
    tilt = tilt_of(grey)
    return grey.rotate(tilt, fillcolor=255, expand=True, resample=Image.Resampling.BICUBIC) if tilt else grey


def tilt_of(grey: Image) -> float:
    """The angle in degrees by which the page must be turned: the one at which its rows of ink are sharpest."""
    import numpy as np

    small = grey.copy()
    small.thumbnail((900, 900))
    ink = small.point(lambda level: 255 if level < 140 else 0)

    def sharpness(angle: float) -> float:
        rows = np.asarray(ink.rotate(angle, fillcolor=0), dtype=np.float64).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    angles = [step * _STEP for step in range(round(-_LARGEST_TILT / _STEP), round(_LARGEST_TILT / _STEP) + 1)]
    best = max(angles, key=sharpness)
    return best if sharpness(best) > 1.1 * sharpness(0.0) else 0.0
