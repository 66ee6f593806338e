"""Turns the tree of numbered items into lines, each with its marker."""

from collections.abc import Iterator

from congvan.writing.layout import Role
from congvan.writing.paper import Block, Bullet, Figure, Heading, Item, Numbering, Paragraph, Table
from congvan.writing.printed import Element, Line
from congvan.writing.wording import point_letter, roman

MARKERS = {
    Numbering.ARTICLES: ("Điều {number}.", "{number}.", "{letter})"),
    Numbering.SECTIONS: ("{roman}.", "{number}.", "{letter})"),
    Numbering.CLAUSES: ("{number}.", "{letter})"),
}
DEEPER = ("-", "+")
TITLES = (Role.TITLE_1, Role.TITLE_2, Role.TITLE_3)


def flatten(blocks: tuple[Block, ...], numbering: Numbering, depth: int = 0) -> Iterator[Element]:
    """The blocks in printed order; items are numbered among their siblings."""
    number = 0
    for block in blocks:
        if isinstance(block, Item):
            number += 1
            yield from item_lines(block, numbering, depth, number)
            yield from flatten(block.blocks, numbering, depth + 1)
        else:
            yield plain_element(block)


def plain_element(block: Paragraph | Heading | Bullet | Table | Figure) -> Element:
    """A block that bears no number."""
    if isinstance(block, Paragraph):
        return Line(Role.BODY, block.text)
    if isinstance(block, Heading):
        return Line(Role.HEADING, block.text)
    if isinstance(block, Bullet):
        return Line(Role.BODY, f"- {block.text}")
    return block


def item_lines(item: Item, numbering: Numbering, depth: int, number: int) -> Iterator[Line]:
    """The title on its own line, then the text; without title the text follows the marker."""
    marker = marker_at(numbering, depth, number) if item.marker is None else item.marker
    if item.title:
        heading = item.title.upper() if "{roman}" in pattern_at(numbering, depth) else item.title
        yield Line(TITLES[min(depth, len(TITLES) - 1)], "", lead=f"{marker} {heading}".strip())
        if item.text:
            yield Line(Role.BODY, item.text)
    elif marker.startswith("Điều"):
        yield Line(Role.BODY, item.text, lead=marker)
    else:
        yield Line(Role.BODY, f"{marker} {item.text}".strip())


def pattern_at(numbering: Numbering, depth: int) -> str:
    """The pattern of markers at a depth, from 0."""
    patterns = MARKERS[numbering]
    return patterns[depth] if depth < len(patterns) else DEEPER[min(depth - len(patterns), len(DEEPER) - 1)]


def marker_at(numbering: Numbering, depth: int, number: int) -> str:
    """The marker of the n-th item at a depth: "II.", "3.", "đ)"."""
    pattern = pattern_at(numbering, depth)
    return pattern.format(number=number, roman=roman(number), letter=point_letter(number))
