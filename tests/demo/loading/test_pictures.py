"""Photos of lists: readable files, never the same list twice, long titles cut at a word."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from demo.loading.pictures import ListPainter
from phaodai.foundation.assets import build_assets
from tests.environment import BUILD

DAY = datetime(2021, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def font() -> Path:
    build_assets(BUILD / "test-assets")
    return BUILD / "test-assets/vendor/fonts/Inter-400.ttf"


def test_a_photo_is_a_small_jpeg(font: Path) -> None:
    photo = ListPainter(font, np.random.default_rng(1)).photo("Rà soát từng nhà", "UBND xã Tân Lộc", DAY)
    image = Image.open(BytesIO(photo))
    assert image.format == "JPEG"
    assert image.height > image.width > 400
    assert len(photo) < 60_000


def test_the_same_chance_gives_the_same_photo_and_the_next_another(font: Path) -> None:
    first, second = (ListPainter(font, np.random.default_rng(1)) for _ in range(2))
    photo = first.photo("Danh sách", "TYT xã Hòa Xuân", DAY)
    assert photo == second.photo("Danh sách", "TYT xã Hòa Xuân", DAY)
    assert photo != first.photo("Danh sách", "TYT xã Hòa Xuân", DAY)
