"""What kind of part a section is: task, context, heading, article, basis or closing."""

from __future__ import annotations

import re

from congvan.language import UPPER, one_of, words
from congvan.reading.clauses import sentences
from congvan.reading.outline import Node


def _cue(key: str) -> str:
    return rf"(?i:{one_of(words('cues', key))})"


_CONTEXT_TITLE = re.compile(
    rf"^\W*(?:các |những |một số |về |công tác |nội dung )?{_cue('context_titles')}(?!\w)", re.IGNORECASE
)
_WHOLE = _cue("context_titles_whole")
_CONTEXT_TITLE_WHOLE = re.compile(rf"^\W*(?:về |một số )?{_WHOLE}(?:(?:\s*[,;-]|\s+và)\s*{_WHOLE})*\W*$")
_TASK_TITLE = re.compile(rf"(?<!\w){_cue('task_titles')}(?!\w)")
_CONTEXT_OPENING = re.compile(rf"^\W*{_cue('context_openings')}")
_CLOSING_OPENING = re.compile(rf"^\W*{_cue('closing_openings')}(?!\w)")
_CLOSING_INSIDE = re.compile(rf"(?<!\w){_cue('closing_inside')}(?!\w)")
_DEMAND = re.compile(rf"(?<!\w){_cue('demands')}(?!\w)")
_BASIS = re.compile(r"^\W*(?:Căn cứ|CĂN CỨ|CƠ SỞ PHÁP LÝ|Cơ sở pháp lý)(?!\w)")
# "1. Ông Trần Văn A, Giám đốc Sở Y tế - Phó Trưởng ban;": who belongs to a body, no order.
_MEMBER = re.compile(
    rf"^\W*(?:Các )?(?:Ông|Bà|Đồng chí|Đ/c):?\s+(?:{UPPER}|\.)[^;]{{3,140}}"
    rf"[-–,:]\s*(?:làm\s+)?{_cue('membership')}[^;.]{{0,60}}[;.]?\s*$"
)
_TITLE_LENGTH = 130
_ENTRY_WORDS = 12
_TELLING = {"BÁO CÁO"}


def kind_of(node: Node, doc_type: str | None) -> str:
    """The kind of a section, from its title, its words and what stands above it."""
    if node.marker and node.marker.style == "article":
        return "article"
    if _BASIS.match(node.title.form) and not _DEMAND.search(node.title.form):
        return "basis"
    if _closes(node):
        return "closing"
    if _lists(node) or _MEMBER.match(node.title.form):
        return "context"
    if _is_context(node, doc_type):
        return "context"
    return "heading" if node.children else "task"


def _lists(node: Node) -> bool:
    """Whether a part of an annex is an entry of a list: a short name, and no verb that orders."""
    form = node.title.form
    entry = not node.children and len(node.paragraphs) == 1 and len(form.split()) <= _ENTRY_WORDS
    return entry and node.id.startswith("PL.") and not _DEMAND.search(form) and not form.rstrip().endswith((".", ";"))


def _closes(node: Node) -> bool:
    form = node.title.form
    if node.children:
        return False
    # Only the first sentence: an order may end with "Công văn này được phổ biến đến chi bộ".
    first = next(iter(sentences(form)), (0, 0))[1]
    return _CLOSING_OPENING.match(form) is not None or _CLOSING_INSIDE.search(form[: min(first, 140)]) is not None


def _is_context(node: Node, doc_type: str | None) -> bool:
    """Whether a section only tells: its title or one above it says so, or its words do."""
    above = node.parent
    while above:
        if _titled(above) and not _TASK_TITLE.search(above.title.form):
            return True
        above = above.parent
    if _titled(node) and not _TASK_TITLE.search(node.title.form):
        return not any(_TASK_TITLE.search(child.title.form) for child in node.children)
    if node.children:
        return False
    if doc_type in _TELLING and not _under_tasks(node):
        return True
    return _tells(node)


def _titled(node: Node) -> bool:
    """Whether a node has a title of its own (a short line, not running text) that tables call context."""
    form = node.title.form
    head = form.split(":")[0]
    if _CONTEXT_TITLE_WHOLE.match(head):
        return True
    return (
        len(head) <= _TITLE_LENGTH
        and _CONTEXT_TITLE.match(head) is not None
        and not head.rstrip().endswith((".", ";"))
        and (
            head != form
            or len(node.paragraphs) > 1
            or bool(node.children)
            or form.isupper()
            or not _DEMAND.search(form)
        )
    )


def _under_tasks(node: Node) -> bool:
    above: Node | None = node
    while above:
        if _TASK_TITLE.search(above.title.form[:_TITLE_LENGTH]):
            return True
        above = above.parent
    return False


def _tells(node: Node) -> bool:
    """Whether running text opens as an account and demands nothing in its first sentence."""
    form = node.title.form
    if not _CONTEXT_OPENING.match(form):
        return False
    first = re.split(r"(?<=[.])\s", form, maxsplit=1)[0]
    return not re.search(r"(?<!\w)(?:yêu cầu|đề nghị|giao|phải|chủ trì)(?!\w)", first)
