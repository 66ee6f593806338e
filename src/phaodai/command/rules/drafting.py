"""Plain text as people type it, as the tree of an official paper: a line is a paragraph or a numbered item.

"I.", "Điều 1.", "1.", "1.1.", "a)", "-" and "+" open items. An item lies below the last one of another form, beside the
last one of its own form. A line without a number continues the item above it; after an empty line it stands for itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FORMS = (
    ("article", re.compile(r"(Điều \d+\.)\s+(.*)")),
    ("roman", re.compile(r"([IVXL]+\.)\s+(.*)")),
    ("decimal", re.compile(r"(\d+\.\d+(?:\.\d+)*\.?)\s+(.*)")),
    ("number", re.compile(r"(\d+\.)\s+(.*)")),
    ("letter", re.compile(r"([a-zđ]\))\s+(.*)")),
    ("dash", re.compile(r"([-–])\s+(.*)")),
    ("plus", re.compile(r"(\+)\s+(.*)")),
)


@dataclass
class Node:
    """A paragraph (no marker) or an item, with what stands below it."""

    text: str
    marker: str = ""
    form: str = ""
    below: list["Node"] = field(default_factory=list)


def tree_of(text: str) -> list[Node]:
    """The paragraphs and items of a text, outermost first. Every word of the text is in the tree, in its order."""
    root = Node("")
    above = [root]
    apart = True
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if not line:
            apart = True
            continue
        node = _node(line)
        if node.form:
            above = [*_place(above, node.form), node]
            above[-2].below.append(node)
        else:
            above = [root] if apart else above
            above[-1].below.append(node)
        apart = False
    return root.below


def _node(line: str) -> Node:
    for form, pattern in _FORMS:
        found = pattern.fullmatch(line)
        if found:
            return Node(found[2], found[1], form)
    return Node(line)


def _place(above: list[Node], form: str) -> list[Node]:
    """The items that a new one of this form lies below."""
    forms = [node.form for node in above]
    return above[: forms.index(form)] if form in forms else above


def words_of(nodes: list[Node]) -> Iterator[str]:
    """Markers and texts in their order."""
    for node in nodes:
        yield from filter(None, (node.marker, node.text))
        yield from words_of(node.below)
