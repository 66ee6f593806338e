"""Pages as pictures: against the pictures that somebody has looked at, and Word against PDF.

After a wanted change of layout: python -m tests.congvan.writing.test_pictures, then look at every picture before
it is committed.
"""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from congvan.writing import write_docx, write_pdf
from congvan.writing.typefaces import BUNDLED, times_like_typeface
from tests.congvan.writing.reopening import one_line, pdf_pages, pdf_pictures
from tests.congvan.writing.samples import SAMPLES

PICTURES = Path(__file__).with_name("pictures")
DOTS_PER_INCH = 50
LIKENESS = 3.0  # mean grey levels of 255; a page moved by 1 mm (2 dots) differs by 10 and more


def difference(one: Image.Image, other: Image.Image) -> float:
    """Largest mean difference of grey in any twelfth of the page's height, both blurred a little."""
    if one.size != other.size:
        return 255.0
    apart = ImageChops.difference(*(picture.filter(ImageFilter.GaussianBlur(1)) for picture in (one, other)))
    step = -(-apart.height // 12)
    strips = [apart.crop((0, top, apart.width, min(top + step, apart.height))) for top in range(0, apart.height, step)]
    return max(ImageStat.Stat(strip).mean[0] for strip in strips)


def grey(path: Path) -> Image.Image:
    """A stored picture in grey."""
    with Image.open(path) as picture:
        return picture.convert("L")


@pytest.mark.parametrize("name", SAMPLES)
def test_pages_look_as_they_were_approved(name):
    pages = pdf_pictures(write_pdf(SAMPLES[name](), portable=True), DOTS_PER_INCH)
    approved = [grey(path) for path in sorted(PICTURES.glob(f"{name}-*.png"))]
    assert len(pages) == len(approved)
    differences = [difference(page, picture) for page, picture in zip(pages, approved, strict=True)]
    assert max(differences) < LIKENESS


def test_the_comparison_sees_a_page_that_moved_by_a_millimetre():
    page = pdf_pictures(write_pdf(SAMPLES["directive"](), portable=True), DOTS_PER_INCH)[0]
    assert difference(page, ImageChops.offset(page, 0, 2)) > LIKENESS
    assert difference(page, page) == 0


@pytest.fixture(scope="module")
def printed_from_word(tmp_path_factory):
    """Every sample as .docx, made into PDF by LibreOffice in one go."""
    office = shutil.which("soffice")
    if office is None or times_like_typeface().family == BUNDLED:
        pytest.skip("needs LibreOffice and a Times-like typeface")
    folder = tmp_path_factory.mktemp("word")
    for name, sample in SAMPLES.items():
        (folder / f"{name}.docx").write_bytes(write_docx(sample()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *folder.glob("*.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in SAMPLES}


@pytest.mark.parametrize("name", SAMPLES)
def test_word_and_pdf_print_the_same_words_on_as_many_pages(printed_from_word, name):
    from_word, direct = pdf_pages(printed_from_word[name]), pdf_pages(write_pdf(SAMPLES[name]()))
    assert len(from_word) == len(direct)
    chart_free = [sorted(words_of(pages)) for pages in (from_word, direct)]
    missing = [word for word in chart_free[0] if word not in chart_free[1]]
    assert missing == []


def words_of(pages: list[str]) -> set[str]:
    """The different words of all pages."""
    return set(one_line(" ".join(pages)).split())


def draw_all() -> None:
    """Draws the pictures that the test compares with."""
    PICTURES.mkdir(exist_ok=True)
    for name, sample in SAMPLES.items():
        for place, page in enumerate(pdf_pictures(write_pdf(sample(), portable=True), DOTS_PER_INCH), start=1):
            file = BytesIO()
            page.quantize(16).save(file, "png", optimize=True)
            (PICTURES / f"{name}-{place}.png").write_bytes(file.getvalue())


if __name__ == "__main__":
    draw_all()
