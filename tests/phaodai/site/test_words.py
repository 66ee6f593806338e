"""Every sentence of every context has its Vietnamese, and no two contexts translate the same English differently."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation.template import templatize

import phaodai

ROOT = Path(phaodai.__file__).parent
CONTEXTS = [name.removeprefix("phaodai.") for name in settings.INSTALLED_APPS if name.startswith("phaodai.")]
# The usual names and those that wait until a page is shown, which Babel does not know by itself.
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A call that Django's own translation of templates writes; the rest of a template is no Python.
CALL = re.compile(r"\b(?:n?p?gettext|_)\((?:[^()]|\([^()]*\))*\)")

Said = tuple[str | None, str]


def sources(context: str) -> Iterator[str]:
    """The Python of a context, and its templates as Python calls."""
    for path in sorted((ROOT / context).rglob("*.py")):
        yield path.read_text("utf-8")
    for path in sorted((ROOT / context).rglob("templates/**/*.html")):
        yield "\n".join(CALL.findall(templatize(path.read_text("utf-8"), origin=str(path))))


def said(context: str) -> set[Said]:
    """Every sentence that a context says, with the context of its meaning."""
    found = set()
    for text in sources(context):
        for _line, message, _comments, meaning in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            found.add((meaning, message if isinstance(message, str) else message[0]))
    return found


def catalogue(context: str) -> Catalog:
    """The Vietnamese of a context; empty where it has no screens."""
    path = ROOT / context / "locale/vi/LC_MESSAGES/django.po"
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale="vi")


def test_sentences_are_found_at_all() -> None:
    assert {(None, "Tasks running"), (None, "%(count)s more unit")} <= said("site")
    assert {(None, "Residents"), (None, "Your look was logged.")} <= said("people")
    assert ("drafting rules", "State") in said("command")


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_sentence_has_its_vietnamese(context: str) -> None:
    books = [catalogue(context), catalogue("foundation")]
    missing = [
        (meaning, text)
        for meaning, text in sorted(said(context), key=str)
        if not any((found := book.get(text, meaning)) and found.string and all(found.string) for book in books)
    ]
    assert missing == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_what_is_written_is_what_is_shown(context: str) -> None:
    """Django merges the books of all contexts: the first one wins, and another's different words would never be seen."""
    with translation.override("vi"):
        for message in catalogue(context):
            if not message.id:
                continue
            if isinstance(message.id, tuple):
                assert ngettext(*message.id, 2) == message.string[0]
            elif message.context:
                assert pgettext(message.context, message.id) == message.string
            else:
                assert gettext(message.id) == message.string


@pytest.mark.parametrize("context", CONTEXTS)
def test_one_word_one_meaning(context: str) -> None:
    """ "State" is a column and a kind of rules: two meanings need two contexts, or one of them reads wrong."""
    book = catalogue(context)
    written = [message for message in book if message.id]
    assert len({(message.context, str(message.id)) for message in written}) == len(written)
    for message in written:
        words = message.string if isinstance(message.string, str) else " ".join(message.string)
        assert "!" not in words
        source = message.id if isinstance(message.id, str) else message.id[0]
        assert (words == words.strip()) == (source == source.strip())
