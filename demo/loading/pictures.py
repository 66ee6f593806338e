"""Evidence as it comes from the communes: a photo of a hand-written list."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from demo.names.persons import Sex, draw_full_names

PAPER, RULE, INK, HEADING = "#f4f1e6", "#c9d4e4", "#1f3a93", "#3a3a3a"
WIDTH, HEIGHT, MARGIN, STEP = 600, 800, 48, 44
LINES = 13
LONGEST_LINE = 44


class ListPainter:
    """Draws lists; keeps the fonts open between them."""

    def __init__(self, font: Path, rng: np.random.Generator) -> None:
        self.heading = ImageFont.truetype(str(font), 22)
        self.hand = ImageFont.truetype(str(font), 20)
        self.rng = rng

    def photo(self, title: str, unit: str, day: datetime) -> bytes:
        """A JPEG of some 20 kB: ruled paper, the title, invented names and ticks, photographed a little askew."""
        sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        draw = ImageDraw.Draw(sheet)
        for line in range(LINES + 3):
            y = MARGIN + line * STEP + 30
            draw.line((MARGIN // 2, y, WIDTH - MARGIN // 2, y), fill=RULE)
        draw.text((MARGIN, MARGIN), unit[:LONGEST_LINE], font=self.heading, fill=HEADING)
        draw.text((MARGIN, MARGIN + STEP), title[:LONGEST_LINE], font=self.heading, fill=HEADING)
        self._write_names(draw)
        draw.text((WIDTH // 2, HEIGHT - 90), f"Ngày {day:%d/%m/%Y}", font=self.hand, fill=INK)
        return self._photographed(sheet)

    def _write_names(self, draw: ImageDraw.ImageDraw) -> None:
        sexes = self.rng.integers(int(Sex.MALE), int(Sex.FEMALE) + 1, LINES)
        names = draw_full_names(sexes, self.rng.integers(1940, 2003, LINES), self.rng)
        for number, name in enumerate(names, start=1):
            x, y = MARGIN + int(self.rng.integers(-3, 4)), MARGIN + (number + 1) * STEP + int(self.rng.integers(-3, 4))
            draw.text((x, y), f"{number}. {name}", font=self.hand, fill=INK)
            if self.rng.random() < 0.8:
                draw.line((WIDTH - 110, y + 12, WIDTH - 100, y + 20, WIDTH - 84, y), fill=INK, width=3)

    def _photographed(self, sheet: Image.Image) -> bytes:
        turned = sheet.rotate(float(self.rng.uniform(-2.5, 2.5)), expand=True, fillcolor="#6b5b4b")
        file = BytesIO()
        turned.save(file, "JPEG", quality=60)
        return file.getvalue()
