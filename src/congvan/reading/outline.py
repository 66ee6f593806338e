"""The tree of the numbered parts of a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from congvan.language import LOWER, UPPER, one_of, words
from congvan.reading.bodies import list_at
from congvan.reading.markers import Marker, bracketed_marker_of, marker_of
from congvan.reading.paragraphs import Paragraph
from congvan.reading.passage import Passage

_SENTENCE_END = re.compile(r"[.;:!?…)\"]\s*$|\./\.\s*$")
_AFTER_ALL = re.compile(rf"^\W*{one_of(words('cues', 'after_all'))}(?!\w)", re.IGNORECASE)
_AFTER_ALL_ASKING = re.compile(rf"^\W*{one_of(words('cues', 'after_all_asking'))}(?!\w)", re.IGNORECASE)
_AFTER_ALL_INSIDE = re.compile(one_of(words("cues", "after_all_inside")), re.IGNORECASE)
_ASKS = re.compile(r"\s+(?:yêu cầu|đề nghị|thông báo|trân trọng|mong)(?!\w)")
_CHARGES = re.compile(r"(?:Giao|Đề nghị|Yêu cầu)\s+")
_WATCHES = re.compile(
    r"\s+(?:chủ trì[^.;]{0,90}?\s|có trách nhiệm\s|thường xuyên\s)?(?:theo dõi|đôn đốc|hướng dẫn|kiểm tra|giám sát)"
    r"[^.;]{0,90}?(?:Chỉ thị|Công điện|Công văn|Kế hoạch|Thông báo|Kết luận|Nghị quyết|văn bản|Văn bản) này"
)
_CARRIES_OUT = re.compile(r"chịu trách nhiệm thi hành")
_INSIDE = re.compile(rf"(?<=[.;:])\s+(?=\d{{1,2}}\.\s+{UPPER}{LOWER})")
_TITLE_WORDS = 16


@dataclass(slots=True)
class Node:
    """A part of the body while the tree is built: its mark, its own paragraphs (the first without it), its parts."""

    id: str
    marker: Marker | None
    mark: Passage
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None

    @property
    def title(self) -> Passage:
        """The first paragraph: the heading, or the first words."""
        return self.paragraphs[0].words if self.paragraphs else self.mark

    @property
    def depth(self) -> int:
        return 0 if self.parent is None else self.parent.depth + 1

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Outline:
    """The numbered parts, what stands before them (the preamble) and after them (the closing words).

    `reached` is the last number of each style of marks while the tree is built.
    """

    nodes: list[Node] = field(default_factory=list)
    preamble: list[Paragraph] = field(default_factory=list)
    closing: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)

    def walk(self) -> Iterator[Node]:
        for node in self.nodes:
            yield from node.walk()


def outline_of(paragraphs: list[Paragraph], prefix: str = "") -> Outline:
    """The tree of the paragraphs; `prefix` begins every id (PL. in an annex)."""
    outline = Outline(notes=[part for part in paragraphs if part.note])
    stack: list[Node] = []
    body = list(_parted(part for part in paragraphs if not part.note))
    mark_of = _numbering_of(body)
    for paragraph in body:
        marker = None if paragraph.bullet or paragraph.row else mark_of(paragraph.form)
        if marker and _in_order(marker, stack, outline.reached):
            _open(marker, paragraph, stack, outline, prefix)
        elif stack:
            stack[-1].paragraphs.append(paragraph)
        else:
            outline.preamble.append(paragraph)
    for root in outline.nodes:
        _close_titles(root)
    _take_closing(outline)
    if not outline.nodes:
        _number_unnumbered(outline, prefix)
    return outline


def _numbering_of(paragraphs: list[Paragraph]) -> Callable[[str], Marker | None]:
    """How the body is numbered: by brackets, "(1)", "(2)", where at least two of them and no other mark begin paragraphs."""
    unmarked = all(part.bullet or part.row or marker_of(part.form) is None for part in paragraphs)
    bracketed = sum(1 for part in paragraphs if bracketed_marker_of(part.form))
    return bracketed_marker_of if unmarked and bracketed > 1 else marker_of


def _parted(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, parted where the next number of the row stands inside one ("... chống phá. 8. Tăng cường")."""
    last = 0
    for paragraph in paragraphs:
        rest = paragraph
        marker = marker_of(rest.form)
        last = marker.ordinal if marker and marker.style == "arabic" else last
        for found in list(_INSIDE.finditer(paragraph.form)):
            ahead = marker_of(paragraph.form[found.end() :])
            if not ahead or ahead.ordinal != last + 1 or last == 0 or paragraph.row:
                continue
            offset = len(paragraph.words) - len(rest.words)
            yield Paragraph(rest.words.cut(0, found.start() - offset), rest.bullet)
            rest = Paragraph(paragraph.words.cut(found.end()))
            last += 1
        yield rest


def _in_order(marker: Marker, stack: list[Node], reached: dict[str, int]) -> bool:
    """Whether a mark fits the rows that are open: it begins one, or goes on with one (a number may be missing)."""
    last = next(
        (node.marker.ordinal for node in reversed(stack) if node.marker and node.marker.style == marker.style), None
    )
    if marker.style == "article":
        return True
    if last is not None and last <= marker.ordinal <= last + 3:
        return marker.ordinal > last or _ended(stack)
    if marker.ordinal == 1 or (last is None and marker.ordinal == reached.get(marker.style, 0) + 1):
        return True
    if last is None and marker.style == "decimal":
        return True
    return last is None and marker.ordinal <= (4 if stack else 20) and (_ended(stack) if stack else True)


def _ended(stack: list[Node]) -> bool:
    return not stack or not stack[-1].paragraphs or _SENTENCE_END.search(stack[-1].paragraphs[-1].form) is not None


def _open(marker: Marker, paragraph: Paragraph, stack: list[Node], outline: Outline, prefix: str) -> None:
    """Opens a node for a mark: closes the open nodes that are as deep or deeper."""
    while stack and stack[-1].marker and stack[-1].marker.depth >= marker.depth:
        stack.pop()
    parent = stack[-1] if stack else None
    node = Node(_id(marker, stack, prefix), marker, paragraph.words.cut(0, marker.end).strip(), parent=parent)
    first = paragraph.words.cut(marker.end).strip()
    if first:
        node.paragraphs.append(Paragraph(first))
    (parent.children if parent else outline.nodes).append(node)
    stack.append(node)
    outline.reached[marker.style] = marker.ordinal


def _id(marker: Marker, stack: list[Node], prefix: str) -> str:
    """The path of a node: its parent's and its own label; a decimal and an article name their own path."""
    if marker.style == "article":
        return prefix + marker.label
    above = stack[-1] if stack else None
    while above and marker.style == "decimal" and above.marker and above.marker.style in ("decimal", "arabic"):
        above = above.parent
    return f"{above.id}.{marker.label}" if above else prefix + marker.label


def _close_titles(root: Node) -> None:
    """Takes lettered points that are mere titles of bullets, deep in a plan, back into the clause that holds them."""
    for node in root.walk():
        lettered = [child for child in node.children if child.marker and child.marker.style == "letter"]
        if node.depth == 0 or not lettered or len(lettered) != len(node.children):
            continue
        titled = sum(1 for child in lettered if _is_title(child))
        if titled * 2 > len(lettered):
            for child in lettered:
                node.paragraphs.extend(child.paragraphs)
            node.children.clear()


def _is_title(node: Node) -> bool:
    form = node.title.form.rstrip()
    return len(form.split()) <= _TITLE_WORDS and not form.endswith((".", ";")) and len(node.paragraphs) > 1


def _take_closing(outline: Outline) -> None:
    """Moves the words that close the document out of the last section."""
    if not outline.nodes:
        return
    last = outline.nodes[-1]
    while last.children:
        last = last.children[-1]
    while len(last.paragraphs) > 1 and _closes(last):
        outline.closing.insert(0, last.paragraphs.pop())


def _closes(node: Node) -> bool:
    paragraph = node.paragraphs[-1]
    if _of_article(node) and _CARRIES_OUT.search(paragraph.form):
        return False
    if not paragraph.bullet and _charges_with_watching(paragraph.form):
        return True
    if len(node.paragraphs) == 2 and _only_titled(node) and not _AFTER_ALL.match(paragraph.form):
        return False  # What a title announces is not the end of the document.
    return _closes_all(paragraph, listed=any(part.bullet for part in node.paragraphs[:-1]))


def _only_titled(node: Node) -> bool:
    """Whether the first paragraph of a part is a mere title."""
    form = node.title.form.rstrip()
    return len(form.split()) <= _TITLE_WORDS and not form.endswith((".", ";"))


def _of_article(node: Node) -> bool:
    """Whether a part belongs to an article: there, who carries the decision out is named inside the last one."""
    while node.parent:
        node = node.parent
    return node.marker is not None and node.marker.style == "article"


def _closes_all(paragraph: Paragraph, *, listed: bool) -> bool:
    """Whether a paragraph closes the document; after a list (`listed`) the one that ends in "./." does."""
    if paragraph.bullet or paragraph.row:
        return False
    if _AFTER_ALL.match(paragraph.form) or _speaks_to_all(paragraph.form):
        return True
    ended = paragraph.form.rstrip().endswith("./.")
    if (ended or _AFTER_ALL_ASKING.match(paragraph.form)) and _AFTER_ALL_INSIDE.search(paragraph.form):
        return True
    return listed and ended


def _charges_with_watching(form: str) -> bool:
    """Whether a paragraph has one office watch over the whole: "Giao Văn phòng theo dõi việc thực hiện Chỉ thị này"."""
    charge = _CHARGES.match(form)
    bodies = list_at(form, charge.end() if charge else 0, acting=True)
    return bool(bodies) and _WATCHES.match(form, bodies[-1].after) is not None


def _speaks_to_all(form: str) -> bool:
    """Whether the body that issues a document asks or tells something at the end: "Thường trực Tỉnh ủy thông báo để ..."."""
    bodies = list_at(form, 0)
    return len(bodies) == 1 and not bodies[0].generic and _ASKS.match(form, bodies[0].after) is not None


def _number_unnumbered(outline: Outline, prefix: str) -> None:
    """A document without numbers: each passage after the preamble's colon is a section 0.1, 0.2 ..."""
    parts = outline.preamble
    start = next((place + 1 for place, part in enumerate(parts) if part.form.rstrip().endswith(":")), None)
    if start is None:
        start = 1 if len(parts) > 2 else len(parts)
    end = len(parts)
    while end > start and _closes_all(parts[end - 1], listed=any(part.bullet for part in parts[start:end])):
        end -= 1
    for part in parts[start:end]:
        if part.row:
            continue
        if _goes_on(part, outline.nodes):
            outline.nodes[-1].paragraphs.append(part)
        else:
            mark = part.words.cut(0, 0)
            outline.nodes.append(Node(f"{prefix}0.{len(outline.nodes) + 1}", None, mark, [Paragraph(part.body)]))
    outline.preamble, outline.closing = parts[:start], parts[end:]


def _goes_on(part: Paragraph, nodes: list[Node]) -> bool:
    """Whether a dash belongs to the unnumbered passage before it: a plus does, and any dash under a heading's colon."""
    if not part.bullet or not nodes:
        return False
    return part.form.lstrip().startswith("+") or nodes[-1].paragraphs[0].form.rstrip().endswith(":")
