"""The reader against answer keys: our own, in several layouts, and the real documents where their folder is there."""

import os
import random
import re
import textwrap
import unicodedata
from pathlib import Path

import pytest

from tests.congvan.scoring import COMPONENTS, mean, score

OWN = Path(__file__).parent / "documents"
SHARED = Path(os.environ.get("PHAODAI_SHARED", Path(__file__).parents[3] / "shared")) / "answer-keys"

# The level reached on our own documents, less a margin of one item in the smallest component.
LEAST = {
    "metadata": 0.99, "recipients": 0.98, "distribution": 0.99, "references": 0.98, "sections": 0.99, "tasks": 0.99,
    "agencies": 0.98, "roles": 0.98, "deadlines": 0.97, "quantities": 0.97, "reporting": 0.97,
}  # fmt: skip
LEAST_SHARED = {
    "metadata": 0.99, "recipients": 0.89, "distribution": 0.99, "references": 0.99, "sections": 0.99, "tasks": 0.98,
    "agencies": 0.92, "roles": 0.97, "deadlines": 0.99, "quantities": 0.80, "reporting": 0.90,
}  # fmt: skip


def wrapped(text: str, width: int = 78) -> str:
    """The text as a PDF gives it: every long line broken at the margin."""
    lines = (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join("\n".join(parts) for parts in lines)


def without_gaps(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


def double_spaced(text: str) -> str:
    return re.sub(r"\n+", "\n\n", text)


def with_page_numbers(text: str) -> str:
    lines = wrapped(text).split("\n")
    pages = ["\n".join(lines[start : start + 30]) for start in range(0, len(lines), 30)]
    return "".join(f"{page}\n\n{number}\n" for number, page in enumerate(pages, start=2))


# The letters that recognition takes for each other: the same letter with other marks.
MARKED = ["àáảãạ", "ằắẳẵặ", "ầấẩẫậ", "èéẻẽẹ", "ềếểễệ", "ìíỉĩị", "òóỏõọ", "ồốổỗộ", "ờớởỡợ", "ùúủũụ", "ừứửữự", "ỳýỷỹỵ"]
OTHERS = {one: letters.replace(one, "") for small in MARKED for letters in (small, small.upper()) for one in letters}


def bruised(text: str) -> str:
    """The text as recognition gives it: three marks of a hundred are others."""
    chance = random.Random(1)
    return "".join(
        chance.choice(OTHERS[one]) if one in OTHERS and chance.random() < 0.03 else one
        for one in unicodedata.normalize("NFC", text)
    )


@pytest.mark.parametrize("component", COMPONENTS)
def test_each_component_on_our_own_documents(component):
    tally = score(OWN)[component]
    assert tally.wanted >= 10
    assert tally.f1 >= LEAST[component], tally


@pytest.mark.parametrize("layout", [wrapped, without_gaps, double_spaced, with_page_numbers])
def test_the_layout_of_the_lines_changes_little(layout):
    tallies = score(OWN, layout)
    assert mean(tallies) >= 0.95, {part: round(tally.f1, 3) for part, tally in tallies.items()}


def test_bruised_marks_are_read_through():
    tallies = score(OWN, bruised)
    assert mean(tallies) >= 0.96, {part: round(tally.f1, 3) for part, tally in tallies.items()}
    assert tallies["agencies"].f1 >= 0.94


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared answer keys are not beside the project")
@pytest.mark.parametrize("component", COMPONENTS)
def test_each_component_on_the_real_documents(component):
    assert score(SHARED)[component].f1 >= LEAST_SHARED[component]
