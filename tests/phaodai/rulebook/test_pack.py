"""Packs are checked on load, and every error names the file and the line."""

from pathlib import Path

import pytest

from phaodai.rulebook import PackError, load
from phaodai.rulebook.book import build
from phaodai.rulebook.checks import check_pack
from phaodai.rulebook.pack import read_pack
from phaodai.rulebook.rules import RULES

COMMON = """\
[vocabulary.place]
terms = [{ id = "home", vi = "nhà", en = "home" }]

[fact.rate]
kind = "number"
low = 0
vi = "tỷ lệ"
en = "rate"

[fact.where]
kind = "term"
vocabulary = "place"
vi = "nơi"
en = "place"

[table.bands]
bands = "rate"
vi = "dải"
en = "bands"

[table.fields]
fields = ["days"]
vi = "ngày"
en = "days"

[[document]]
number = "1/QĐ"
kind = "Quyết định"
issuer = "Bộ Y tế"
date = 2021-01-01
rank = "ministry-decision"
confidence = "A"
vi = "thử"
en = "trial"
"""

HEAD = """\
[[provision]]
table = "bands"
document = "1/QĐ"
from = 2021-01-01
confidence = "A"
vi = "có"
en = "yes"
"""
LOW = '{ id = "low", then = 1, when = { rate = "[0,20)" } }'
HIGH = '{ id = "high", then = 2, when = { rate = ">= 20" } }'
WHOLE = f"{HEAD}rows = [\n  {LOW},\n  {HIGH},\n]\n"


def check(folder: Path, text: str) -> None:
    """Write a pack of one file beside the common part, read and check it."""
    for name, content in (("common", COMMON), ("trial", text)):
        (folder / name).mkdir()
        (folder / name / "file.toml").write_text(content, encoding="utf-8")
    check_pack(read_pack("trial", folder), RULES)


def test_a_whole_pack_passes(tmp_path: Path) -> None:
    check(tmp_path, WHOLE)
    assert len(build(read_pack("trial", tmp_path)).provisions["bands"]) == 2


BROKEN = {
    "unknown key": (HEAD + "colour = 1\nthen = 1\n", 8, "unknown key 'colour'"),
    "unknown section": ("[[provisions]]\n", 1, "unknown section 'provisions'"),
    "unknown table": (WHOLE.replace('"bands"', '"band"'), 9, "no table 'band'"),
    "missing document": (WHOLE.replace('"1/QĐ"', '"2/QĐ"'), 9, "document '2/QĐ' is missing"),
    "no confidence": (WHOLE.replace('confidence = "A"\n', ""), 8, "'confidence' is missing"),
    "wrong confidence": (WHOLE.replace('"A"', '"Z"'), 9, "'Z' is none of"),
    "quoted date": (WHOLE.replace("2021-01-01", '"2021-01-01"'), 9, "is no date"),
    "unknown fact": (WHOLE.replace("rate", "speed"), 9, "no fact 'speed'"),
    "no interval": (WHOLE.replace("[0,20)", "0 to 20"), 9, "is no interval"),
    "unknown term": (HEAD + 'when = { where = "moon" }\nthen = 1\n', 1, "no term 'moon'"),
    "gap between bands": (WHOLE.replace(">= 20", "> 20"), 10, "overlap or leave a gap at 20"),
    "overlap of bands": (WHOLE.replace("[0,20)", "[0,30)"), 10, "overlap or leave a gap at 20"),
    "bands that stop": (WHOLE.replace(">= 20", "[20,50)"), 10, "stop at 50"),
    "bands that start late": (WHOLE.replace("[0,20)", "[5,20)"), 9, "do not begin at 0"),
    "twice the same": (WHOLE + WHOLE, 20, "overlaps the same value at file.toml:9"),
    "ends before it begins": (HEAD + "to = 2020-12-31\nthen = 1\n", 1, "ends before it begins"),
    "before its document": (WHOLE.replace("from = 2021-01-01", "from = 2020-01-01"), 9, "begins before its document"),
    "template": (HEAD.replace("yes", "{nothing}") + "then = 1\n", 1, "'{nothing}'"),
    "lacking field": (HEAD.replace("bands", "fields") + "then = {}\n", 1, "lacks 'days'"),
    "surplus field": (HEAD.replace("bands", "fields") + "then = { days = 1, hours = 2 }\n", 1, "has no field 'hours'"),
    "no value": (HEAD, 1, "'then' must be given"),
    "announced with value": (HEAD + 'state = "announced"\nthen = 1\n', 1, "'then' must be given"),
    "not TOML": ("[[provision]]\ntable = \n", 2, "not valid TOML"),
    "overlap in time": (
        HEAD + "then = 1\n" + HEAD.replace("from = 2021-01-01", "from = 2021-06-01") + "then = 2\n",
        9,
        'write supersedes = ["1/QĐ"]',
    ),
    "gap in time": (
        HEAD + "to = 2021-03-31\nthen = 1\n" + HEAD.replace("from = 2021-01-01", "from = 2021-06-01") + "then = 2\n",
        10,
        "nothing counts between",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused(name: str, tmp_path: Path) -> None:
    text, line, problem = BROKEN[name]
    with pytest.raises(PackError) as caught:
        check(tmp_path, text)
    assert str(caught.value).startswith(f"file.toml:{line}: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize("disease", ["covid-19", "dengue"])
def test_shipped_packs_are_complete(disease: str) -> None:
    book = load(disease)
    for table, provisions in book.provisions.items():
        for provision in provisions:
            assert all(provision.reason), provision.name
            assert provision.document.number in book.documents
            assert provision.table == table


def test_every_document_is_cited() -> None:
    book = load("covid-19")
    cited = {
        document.number
        for provisions in book.provisions.values()
        for one in provisions
        for document in (one.document, *one.further_documents)
    }
    background = {"447/QĐ-TTg", "3468/QĐ-BYT", "904/QĐ-BYT", "3646/QĐ-BYT"}
    assert set(book.documents) - cited == background
