"""Collects third-party files of the screens out of installed wheels, so that none is committed and none is fetched."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from importlib.metadata import distribution, version
from pathlib import Path

import polib
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WHEELS = ("django-htmx", "django-leaflet", "django-ninja", "django-unfold", "fonttools", "vl-convert-python")
RECIPE = 7  # raise it when this module makes its files differently
STAMP = "made-from.json"

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
FEATURES = ["ccmp", "kern", "mark", "mkmk", "tnum", "cv05", "ss03", "zero"]
VIETNAMESE_LATIN_EXTENDED_A = "ĂăĐđĨĩŨũƠơƯư"
COMBINING_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIGNS = "–—‘’“”•…′″₀₁₂₃←↑→↓−≤≥≠≈∞₫✓●"
CODE_POINTS = (
    {*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x1EA0, 0x1EFA)}
    | {ord(letter) for letter in VIETNAMESE_LATIN_EXTENDED_A + COMBINING_MARKS + SIGNS}
)  # fmt: skip


def build_assets(target: Path) -> bool:
    """Fill ``target/vendor`` with htmx, Leaflet, Vega and Inter, and say whether anything had to be made.

    ``target`` is a folder of STATICFILES_DIRS. Files: ``vendor/htmx.js``, ``vendor/leaflet/…``, ``vendor/vega.js``,
    ``vendor/fonts/Inter-{400,500,600}.woff2`` for screens and the same as ``.ttf`` for charts and PDF.
    """
    vendor = target / "vendor"
    stamp = _stamp()
    if _read_stamp(vendor) == stamp:
        return False
    fresh = target / f".vendor-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for make in _MAKERS:
        make(fresh)
    (fresh / STAMP).write_text(stamp, encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return True


def compile_messages(packages: Iterable[Path]) -> list[Path]:
    """Compile each ``locale/*/LC_MESSAGES/*.po`` below the packages whose ``.mo`` is missing or older."""
    catalogues = [po for package in packages for po in sorted(package.rglob("locale/*/LC_MESSAGES/*.po"))]
    return [_compile(po) for po in catalogues if _is_stale(po)]


def _stamp() -> str:
    return json.dumps({"recipe": RECIPE} | {wheel: version(wheel) for wheel in WHEELS}, indent=1)


def _read_stamp(vendor: Path) -> str | None:
    stamp = vendor / STAMP
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else None


def _wheel_file(wheel: str, path: str) -> Path:
    # Not importlib.resources: importing these packages would ask for Django's settings.
    return Path(str(distribution(wheel).locate_file(path)))


def _copy_htmx(vendor: Path) -> None:
    shutil.copyfile(_wheel_file("django-htmx", "django_htmx/static/django_htmx/htmx-2.min.js"), vendor / "htmx.js")


def _copy_without_map(source: Path, target: Path) -> None:
    """The source map stays behind, so its address must go too: the static files' manifest would look for it."""
    # At line feeds alone: a bundle holds other line separators inside its strings.
    lines = source.read_text(encoding="utf-8").split("\n")
    target.write_text("\n".join(line for line in lines if "# sourceMappingURL" not in line[:30]), encoding="utf-8")


def _copy_swagger(vendor: Path) -> None:
    source, swagger = _wheel_file("django-ninja", "ninja/static/ninja"), vendor / "swagger"
    swagger.mkdir()
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-init.js"):
        _copy_without_map(source / name, swagger / name)


def _copy_leaflet(vendor: Path) -> None:
    source, leaflet = _wheel_file("django-leaflet", "leaflet/static/leaflet"), vendor / "leaflet"
    (leaflet / "images").mkdir(parents=True)
    _copy_without_map(source / "leaflet.js", leaflet / "leaflet.js")
    shutil.copyfile(source / "leaflet.css", leaflet / "leaflet.css")
    for image in ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png"):
        found = source / "images" / image
        shutil.copyfile(found if found.is_file() else source / "draw/images" / image, leaflet / "images" / image)


def _write_vega(vendor: Path) -> None:
    import vl_convert

    (vendor / "vega.js").write_text(vl_convert.javascript_bundle(), encoding="utf-8")  # type: ignore[call-arg]  # it has a default


def _write_inter(vendor: Path) -> None:
    fonts = vendor / "fonts"
    fonts.mkdir()
    for weight, style in WEIGHTS.items():
        font = TTFont(_wheel_file("django-unfold", f"unfold/static/unfold/fonts/inter/Inter-{style}.woff2"))
        _keep_tabular_digits_only(font)
        _subset(font)
        font.flavor = "woff2"
        font.save(fonts / f"Inter-{weight}.woff2")
        font.flavor = None
        font.save(fonts / f"Inter-{weight}.ttf")


def _subset(font: TTFont) -> None:
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    # Licence included; typst and charts find a font by its names.
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CODE_POINTS)
    subsetter.subset(font)


def _keep_tabular_digits_only(font: TTFont) -> None:
    """Leave signs as wide as they are drawn: with all of ``tnum`` the hyphen of "31-CT/TU" is as wide as a digit."""
    table = font["GSUB"].table
    places = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for place in record.Feature.LookupListIndex
    }
    for place in places:
        for subtable in table.LookupList.Lookup[place].SubTable:
            lookup = getattr(subtable, "ExtSubTable", subtable)
            lookup.mapping = {glyph: tabular for glyph, tabular in lookup.mapping.items() if glyph in DIGITS}


def _compile(po: Path) -> Path:
    mo = po.with_suffix(".mo")
    fresh = mo.with_suffix(f".{os.getpid()}")
    polib.pofile(str(po)).save_as_mofile(str(fresh))
    fresh.replace(mo)
    return mo


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.is_file() or mo.stat().st_mtime < po.stat().st_mtime


_MAKERS: tuple[Callable[[Path], None], ...] = (
    _copy_htmx,
    _copy_leaflet,
    _copy_swagger,
    _write_vega,
    _write_inter,
)
