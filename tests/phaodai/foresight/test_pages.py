"""The room of foresight: units side by side, one unit, scores, a series of one's own, the board."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phaodai.foresight.actions.estimating import estimate_province
from phaodai.foundation.scope import SYSTEM, entering
from tests.clients import sign_in
from tests.phaodai.foresight.days import growing, tell_days
from tests.world import World

pytestmark = pytest.mark.django_db

BAC_GIANG = Path(__file__).parents[4] / "shared/series/bac-giang-2021-daily.csv"


@pytest.fixture
def estimated(world: World, moment: datetime) -> None:
    """The province and one district grow; the other leaves its band; a commune has a few days only."""
    tell_days(world, "98", growing(120, first=12), late=True)
    tell_days(world, "980", growing(120), late=True)
    tell_days(world, "981", [4, 5, 3, 4, 6, 5, 4] * 8 + [4, 5, 4, 4, 5, 6, 40])
    tell_days(world, "98102", [1, 0, 2])
    with entering(SYSTEM):
        estimate_province(actor=SYSTEM, moment=moment, province=world.units["98"])


def read(who: str, name: str, *parts: object, language: str = "vi", **asked: str) -> str:
    answer = sign_in(who, language).get(reverse(name, args=parts), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("asked", [{}, {"cap": "xa", "xep": "ten"}, {"cap": "nonsense", "xep": "r"}])
def test_the_overview_stands(estimated: None, language: str, asked: dict[str, str]) -> None:
    page = read("viet", "foresight", language=language, **asked)
    assert "small-curve" in page


def test_warned_units_come_first_and_say_why(world: World, estimated: None) -> None:
    page = read("viet", "foresight")
    cards = page[page.index("small-multiples") :]
    assert cards.index("Huyện Phú Khê") < cards.index("Huyện Thuận Hòa")
    assert "40 ca ngày 23/11. Dự báo làm ngày 17/11" in page
    by_name = read("viet", "foresight", xep="ten")
    cards = by_name[by_name.index("small-multiples") :]
    assert cards.index("Huyện Thuận Hòa") < cards.index("Huyện Phú Khê"), "Hòa before Khê"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_unit_has_its_page(world: World, estimated: None, language: str) -> None:
    for code in ("98", "980", "981", "98102", "98001.1"):
        assert "<h1" in read("viet", "foresight-unit", world.units[code].pk, language=language)


def test_a_unit_shows_intervals_weeks_and_what_it_rests_on(world: World, estimated: None) -> None:
    page = read("viet", "foresight-unit", world.units["980"].pk)
    for words in ("Khoảng 95%", "khi đủ báo cáo muộn", "30/11/2021", "Cori 2013", "Lawless"):
        assert words in page
    assert "Điều chưa nói được" not in page


def test_too_little_data_is_said_honestly(world: World, estimated: None) -> None:
    page = read("viet", "foresight-unit", world.units["98102"].pk)
    assert "Chưa dự báo được: cần số ca của 21 ngày" in page
    assert "Chưa tính được hệ số lây R" in page
    page = read("viet", "foresight-unit", world.units["98001.1"].pk)
    assert "Chưa ai gửi số ca từng ngày" in page


def test_no_page_computes(world: World, estimated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read what is kept: they stand though every engine is broken, and cost a fixed number of statements."""

    def broken(*_given: object, **_more: object) -> None:
        raise AssertionError("a page computed")

    monkeypatch.setattr("phaodai.foresight.rules.estimating.forecast_weeks", broken)
    monkeypatch.setattr("phaodai.foresight.rules.estimating.estimate_reproduction", broken)
    monkeypatch.setattr("phaodai.foresight.rules.scoring.evaluate", broken)
    client = sign_in("viet")
    client.get(reverse("foresight"))
    for name, parts, most in (("foresight", (), 22), ("foresight-unit", (world.units["980"].pk,), 22)):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name, args=parts))
        assert len(asked) <= most


def test_the_scores_of_every_unit_stand_beside_the_baseline(estimated: None) -> None:
    page = read("linh", "foresight-evaluation")
    assert "Huyện Thuận Hòa" in page
    assert "lặp lại tuần trước" in page
    assert "Xã Đông Khê" not in page, "three days have no past"


def _score(content: bytes, name: str = "chuoi.csv") -> tuple[int, str]:
    file = SimpleUploadedFile(name, content, "text/csv")
    answer = sign_in("linh").post(reverse("foresight-evaluation"), {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_series_of_ones_own_is_scored_and_not_kept(world: World) -> None:
    first = date(2021, 6, 1)
    lines = [f"{first + timedelta(days=place)},{count}" for place, count in enumerate(growing(120))]
    status, page = _score(("ngay,so ca\n" + "\n".join(lines)).encode())
    assert status == 200
    assert page.count("trước ") >= 4
    assert "chuoi.csv" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không đọc được"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"ngay,so ca\n2021-06-01,nhieu\n", "không đọc được"),
        (b"date,cases\n2021-06-01,3\n2021-06-02,4\n", "ít nhất bảy tuần"),
        (b"date,cases\n2011-06-01,3\n2021-06-02,4\n", "1.200 ngày"),
    ],
)
def test_what_is_no_series_is_refused_in_words(world: World, content: bytes, words: str) -> None:
    status, page = _score(content)
    assert status == 422
    assert words.lower() in page.lower()


@pytest.mark.skipif(not BAC_GIANG.exists(), reason="needs ../shared/series/bac-giang-2021-daily.csv")
def test_bac_giang_is_scored_as_documented(world: World) -> None:
    status, page = _score(BAC_GIANG.read_bytes(), "bac-giang.csv")
    assert status == 200
    assert "bac-giang.csv" in page


def test_the_board_shows_the_curve_of_ones_own_area(world: World, estimated: None) -> None:
    assert "Ca " in read("viet", "today")
    for who, shown in (("viet", True), ("dat", True), ("ngoc", False)):
        assert ("dải 50% và 95%" in read(who, "today")) is shown
