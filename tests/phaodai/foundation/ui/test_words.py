"""Every sentence of the screens is English in the source and has its Vietnamese, in each context that has screens."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import phaodai

ROOT = Path(phaodai.__file__).parent
CONTEXTS = sorted(po.parents[3].name for po in ROOT.glob("*/locale/vi/LC_MESSAGES/django.po"))
TEXT = r"""u?(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")"""
CALL = re.compile(rf"\b(p?)gettext\({TEXT}(?:, {TEXT})?\)")
PLURAL = re.compile(rf"\bngettext\({TEXT}, ?{TEXT}, ?count\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

Said = set[tuple[str | None, str]]


def _catalogue(context: str) -> Catalog:
    with (ROOT / context / "locale/vi/LC_MESSAGES/django.po").open("rb") as source:
        return read_po(source, locale="vi")


def _said_in_template(template: Path) -> Said:
    python = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    said: Said = set()
    for call in CALL.finditer(python):
        first, second = _plain(call[2] or call[3] or ""), _plain(call[4] or call[5] or "")
        said.add((first, second) if call[1] else (None, first))
    said |= {(None, _plain(call[1] or call[2] or "")) for call in PLURAL.finditer(python)}
    return said


def _plain(text: str) -> str:
    return text.replace("\\'", "'").replace('\\"', '"')


def _said_in_python(context: str) -> Said:
    found = extract_from_dir(str(ROOT / context), method_map=[("**.py", "python")])
    return {(kept, message if isinstance(message, str) else message[0]) for _f, _l, message, _c, kept in found}


def _said(context: str) -> Said:
    templates = (ROOT / context).rglob("templates/**/*.html")
    return _said_in_python(context).union(*(_said_in_template(template) for template in templates))


def test_the_source_was_read_at_all() -> None:
    assert {("reason", "Why"), ("register", "saved"), (None, "level %(number)d"), (None, "Sign out")} <= _said(
        "foundation"
    )


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_sentence_has_its_vietnamese(context: str) -> None:
    catalogues = [_catalogue(context), _catalogue("foundation")]
    missing = [
        (kept, text)
        for kept, text in sorted(_said(context), key=str)
        if not any((found := catalogue.get(text, kept)) and found.string for catalogue in catalogues)
    ]
    assert missing == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_placeholders_survive_translation(context: str) -> None:
    for message in _catalogue(context):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        written = message.string if isinstance(message.string, str) else message.string[-1]
        if source:
            assert set(PLACEHOLDER.findall(source)) == set(PLACEHOLDER.findall(written)), source


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_machine_words_and_no_exclamation_marks(context: str) -> None:
    for message in _catalogue(context):
        for word in ("lỗi hệ thống", "!", "đối tượng"):
            assert word not in str(message.string).lower(), message.id
