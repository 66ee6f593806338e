"""Third-party files come out of wheels, small, complete for Vietnamese, and once."""

from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

from phaodai import foundation
from phaodai.foundation.assets import WEIGHTS, build_assets, compile_messages
from phaodai.foundation.charts import tokens
from phaodai.foundation.charts.theme import Theme

STATIC = Path(foundation.__file__).parent / "static/phaodai"
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
SIGNS = "–—“”…·×²³₂≤≥−°½→←↑↓"


def _weight(*files: Path) -> int:
    return sum(len(brotli.compress(file.read_bytes())) for file in files)


def test_building_twice_makes_nothing_new(assets: Path) -> None:
    before = (assets / "vendor/vega.js").stat().st_mtime_ns
    assert not build_assets(assets)
    assert (assets / "vendor/vega.js").stat().st_mtime_ns == before


def test_another_wheel_makes_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phaodai.foundation.assets._MAKERS", ())
    assert build_assets(tmp_path)
    monkeypatch.setattr("phaodai.foundation.assets.RECIPE", -1)
    assert build_assets(tmp_path)
    assert not build_assets(tmp_path)


def test_all_files_are_there_and_none_points_outside(assets: Path) -> None:
    vendor = assets / "vendor"
    for name in ("htmx.js", "vega.js", "leaflet/leaflet.js", "leaflet/leaflet.css", "leaflet/images/layers.png"):
        assert (vendor / name).stat().st_size > 500, name
    assert "sourceMappingURL" not in (vendor / "leaflet/leaflet.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_font_keeps_every_vietnamese_letter_and_sign(assets: Path, weight: int) -> None:
    font = TTFont(assets / f"vendor/fonts/Inter-{weight}.ttf")
    known = set(font.getBestCmap())
    letters = VIETNAMESE + VIETNAMESE.upper() + SIGNS + "\u0300\u0301\u0303\u0309\u0323\u0306\u0302\u031b"
    assert [letter for letter in letters if ord(letter) not in known] == []
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"tnum", "cv05", "ss03", "zero"} <= features


def test_digits_are_tabular_and_the_hyphen_is_not(assets: Path) -> None:
    font = TTFont(assets / "vendor/fonts/Inter-400.ttf")
    table = font["GSUB"].table
    record = next(each for each in table.FeatureList.FeatureRecord if each.FeatureTag == "tnum")
    subtables = [sub for place in record.Feature.LookupListIndex for sub in table.LookupList.Lookup[place].SubTable]
    replaced = {glyph for sub in subtables for glyph in getattr(sub, "ExtSubTable", sub).mapping}
    assert "one" in replaced
    assert "hyphen" not in replaced


def test_two_weights_of_the_font_weigh_at_most_40_kilobytes(assets: Path) -> None:
    fonts = [assets / f"vendor/fonts/Inter-{weight}.woff2" for weight in (400, 600)]
    assert sum(font.stat().st_size for font in fonts) <= 40_000


def test_style_sheets_weigh_at_most_12_kilobytes_and_scripts_8() -> None:
    public = STATIC / "public.css"
    assert _weight(*(sheet for sheet in STATIC.glob("*.css") if sheet != public)) <= 12_000
    assert _weight(public) <= 700, "what the pages for everybody carry beside the others"
    assert _weight(*(STATIC / name for name in ("keys.js", "register.js", "keeping.js", "figures.js"))) <= 8_000


def test_no_source_file_is_longer_than_600_lines() -> None:
    assert [path.name for path in STATIC.iterdir() if path.read_text(encoding="utf-8").count("\n") > 600] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "http://" not in text, path
        assert "https://" not in text, path


def test_messages_are_compiled_when_missing_or_older(tmp_path: Path) -> None:
    folder = tmp_path / "context/locale/vi/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "why"\nmsgstr "vì sao"\n', encoding="utf-8")
    assert compile_messages([tmp_path]) == [folder / "django.mo"]
    assert compile_messages([tmp_path]) == []


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two colours."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_every_ground_that_it_stands_on(theme: Theme) -> None:
    colour = tokens(theme)
    grounds = {"ink": "paper sheet sunk act-tint warn-tint late-tint", "ink2": "paper sheet sunk act-tint warn-tint"}
    pairs = [(text, ground) for text, names in grounds.items() for ground in names.split()]
    pairs += [("ink3", ground) for ground in ("paper", "sheet", "sunk", "act-tint")]
    pairs += [("act", ground) for ground in ("paper", "sheet", "act-tint")]
    pairs += [("late", ground) for ground in ("paper", "sheet", "act-tint", "late-tint")]
    pairs += [("act-on", "act-bg"), *((f"l{level}-on", f"l{level}") for level in (1, 2, 3, 4))]
    pairs += [(f"l{level}-text", "sheet") for level in (1, 2, 3, 4)]
    low = {pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}
    assert contrast(colour["edge"], colour["sheet"]) >= 3
