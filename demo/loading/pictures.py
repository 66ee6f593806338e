"""Evidence as it comes from the communes: a photo of a hand-written list."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from textwrap import shorten

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from demo.names.persons import Sex, draw_full_names

PAPER, RULE, INK, HEADING = "#f4f1e6", "#c9d4e4", "#1f3a93", "#3a3a3a"
WIDTH, HEIGHT, MARGIN, STEP = 480, 640, 34, 36
LINES = 12
LONGEST = 44  # signs of a line


class ListPainter:
    """Draws lists; keeps the fonts open between them."""

    def __init__(self, font: Path, rng: np.random.Generator) -> None:
        self.heading = ImageFont.truetype(str(font), 18)
        self.hand = ImageFont.truetype(str(font), 16)
        self.rng = rng

    def photo(self, title: str, unit: str, day: datetime) -> bytes:
        """A JPEG of some 25 kB: ruled paper, the title, invented names and ticks, photographed a little askew."""
        sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        draw = ImageDraw.Draw(sheet)
        for line in range(LINES + 3):
            y = MARGIN + line * STEP + 25
            draw.line((MARGIN // 2, y, WIDTH - MARGIN // 2, y), fill=RULE)
        draw.text((MARGIN, MARGIN), unit, font=self.heading, fill=HEADING)
        draw.text((MARGIN, MARGIN + STEP), shorten(title, LONGEST, placeholder=" …"), font=self.heading, fill=HEADING)
        self._write_names(draw)
        draw.text((WIDTH // 2, HEIGHT - 72), f"Ngày {day:%d/%m/%Y}", font=self.hand, fill=INK)
        return self._photographed(sheet)

    def _write_names(self, draw: ImageDraw.ImageDraw) -> None:
        sexes = self.rng.integers(int(Sex.MALE), int(Sex.FEMALE) + 1, LINES)
        names = draw_full_names(sexes, self.rng.integers(1940, 2003, LINES), self.rng)
        for number, name in enumerate(names, start=1):
            x, y = MARGIN + int(self.rng.integers(-3, 4)), MARGIN + (number + 1) * STEP + int(self.rng.integers(-3, 4))
            draw.text((x, y), f"{number}. {name}", font=self.hand, fill=INK)
            if self.rng.random() < 0.8:
                draw.line((WIDTH - 86, y + 10, WIDTH - 79, y + 16, WIDTH - 66, y), fill=INK, width=3)

    def _photographed(self, sheet: Image.Image) -> bytes:
        turned = sheet.rotate(float(self.rng.uniform(-2.5, 2.5)), expand=True, fillcolor="#6b5b4b")
        file = BytesIO()
        turned.save(file, "JPEG", quality=50)
        return file.getvalue()
