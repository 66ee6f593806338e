"""Charts and maps: one specification for screen, phone and paper; every figure with its words and its table."""

import json
import re
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override
from PIL import Image

from phaodai.foundation.charts import (
    Chart,
    DailyCount,
    DailyForecast,
    daily_curve,
    daily_rows,
    paint,
    render_png,
    render_svg,
    stacked_bars,
    theme,
    tokens,
)
from phaodai.foundation.maps import MappedUnit, Projection, UnitMap, rings

pytestmark = pytest.mark.usefixtures("static_files")

BARS = {"Huyện Thuận Hòa": {"done": 1200, "due": 25, "late": 27}, "Sở Y tế": {"done": 40, "late": 4}}
FIRST = date(2021, 11, 1)
COUNTS = [DailyCount(FIRST + timedelta(day), 3, 7) for day in range(10)]
SQUARE = {"type": "Polygon", "coordinates": [[[105, 22], [106, 22], [106, 23], [105, 23], [105, 22]]]}


def test_a_drawing_names_colours_by_token_so_that_it_follows_the_theme() -> None:
    drawn = render_svg(stacked_bars(BARS), label='Trễ "nhiều" nhất')
    ET.fromstring(drawn)
    assert "var(--late)" in drawn
    assert not re.search(r"#[0-9a-f]{6}", drawn)
    assert ' style="' not in drawn
    assert 'aria-label="Trễ &quot;nhiều&quot; nhất"' in drawn
    assert 'font-family="Inter"' in drawn


@pytest.mark.parametrize(("language", "written"), [("vi", "1.200"), ("en", "1,200")])
def test_numbers_follow_the_language(language: str, written: str) -> None:
    with override(language):
        assert f">{written}<" in render_svg(stacked_bars(BARS))


def test_every_unit_keeps_its_place_and_its_name_whole() -> None:
    drawn = render_svg(stacked_bars(BARS))
    assert drawn.index("Huyện Thuận Hòa") < drawn.index("Sở Y tế")


def test_two_drawings_on_a_page_do_not_share_names() -> None:
    names = [set(re.findall(r'id="([^"]+)"', render_svg(stacked_bars(BARS), width=width))) for width in (328, 560)]
    assert not names[0] & names[1]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_picture_for_documents_has_the_asked_size_and_ground(look: str) -> None:
    picture = Image.open(BytesIO(render_png(stacked_bars(BARS), width=400, scale=2, theme=look)))  # type: ignore[arg-type]
    assert picture.width == 800
    ground = tokens(look)["sheet"]  # type: ignore[arg-type]
    pixel = picture.convert("RGB").getpixel((2, 2))
    assert pixel == ((255, 255, 255) if ground == "#fff" else (0x14, 0x1C, 0x1A))


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(KeyError, match="colour-of-money"):
        paint({"mark": ["var(--colour-of-money)"]}, tokens("light"))


def test_the_dark_theme_overrules_only_what_it_names() -> None:
    light, dark = tokens("light"), tokens("dark")
    assert light.keys() == dark.keys()
    assert light["sheet"] != dark["sheet"]


def test_the_theme_serves_altair() -> None:
    assert theme()["config"]["font"] == "Inter"


def test_the_curve_draws_counts_mean_forecast_and_events() -> None:
    forecast = [DailyForecast(COUNTS[-1].on + timedelta(day), 12, 11, 13, 9, 16) for day in (1, 2, 3)]
    with override("vi"):
        spec = daily_curve(counts=COUNTS, forecast=forecast, events=[(COUNTS[2].on, "NQ 128")])
        drawn = render_svg(spec)
    assert "12 (9–16)" in drawn
    assert "NQ 128" in drawn
    assert "01/11" in drawn
    mean = next(layer for layer in spec["layer"] if layer["mark"].get("interpolate") == "monotone")
    assert [row["mean"] for row in mean["data"]["values"]] == [10] * 4


def test_the_table_behind_the_curve_adds_up() -> None:
    assert daily_rows(COUNTS)[0] == ["01/11/2021", "3", "7", "10"]
    assert daily_rows(COUNTS, "en")[0][0] == "1 Nov 2021"


def test_a_chart_prints_words_drawing_and_table() -> None:
    rows = [["Huyện Thuận Hòa", "27"]]
    chart = Chart("Thuận Hòa trễ nhất", "số việc", "27 việc trễ", stacked_bars(BARS), ["Đơn vị", "Trễ"], rows)
    printed = chart.render()
    assert "27 việc trễ" in printed
    assert "<td>Huyện Thuận Hòa</td>" in printed
    assert "data-vega" not in printed


def test_an_interactive_chart_carries_its_specification_as_data() -> None:
    chart = Chart("t", "s", "d", stacked_bars(BARS), ["Đơn vị"], [["</script>"]], key="bars", interactive=True)
    found = re.search(r'<script id="bars-spec" type="application/json">(.*?)</script>', chart.render(), re.S)
    assert found
    assert json.loads(found[1])["width"] == "container"


def test_a_map_keeps_north_up_and_fits_its_box() -> None:
    projection = Projection.around(rings(SQUARE))
    left, top = projection.place((105, 23))
    right, bottom = projection.place((106, 22))
    assert left < right
    assert top < bottom
    # A degree of longitude at 22.5° north is cos(22.5°) = 0.924 as wide as one of latitude is high.
    assert (right - left) / (bottom - top) == pytest.approx(0.924, abs=0.001)


def test_a_map_marks_levels_three_and_four_with_hatching_and_lists_the_highest_first() -> None:
    units = [MappedUnit("Xã A", SQUARE, 1), MappedUnit("Xã B", SQUARE, 4, turn="up", was=3), MappedUnit("Xã C", SQUARE)]
    drawn = UnitMap("Cấp độ dịch", "", units, noun="xã").render()
    assert 'class="hatched-4"' in drawn
    assert 'class="fill-1"' in drawn
    assert 'class="fill-0"' in drawn
    assert "1 xã" in drawn
    table = drawn[drawn.index("<tbody>") :]
    assert table.index("Xã B") < table.index("Xã A") < table.index("Xã C")


def test_coordinates_are_written_with_points_in_every_language() -> None:
    with override("vi"):
        drawn = UnitMap("t", "", [MappedUnit("Xã A", SQUARE, 2, turn="down")]).render()
    box = re.search(r'viewBox="([^"]+)"', drawn[drawn.index("register-map") :])
    assert box
    assert "," not in box[1]


def test_holes_and_islands_are_drawn() -> None:
    many = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], SQUARE["coordinates"]]}
    assert Projection.around(rings(many)).path(many).count("M") == 2


def test_what_is_no_outline_is_refused() -> None:
    with pytest.raises(ValueError, match="Polygon"):
        rings({"type": "Point", "coordinates": [105, 22]})
    with pytest.raises(ValueError, match="at least one outline"):
        Projection.around([])
