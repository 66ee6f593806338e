"""Who gives the order: the body named before the colon that ends the preamble."""

from __future__ import annotations

import re

from congvan.language import one_of, words
from congvan.reading.bodies import bodies_in
from congvan.reading.clauses import sentences
from congvan.reading.outline import Outline
from congvan.reading.passage import Passage

_COMMANDS = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?(?:đã\s+|xin\s+|thống nhất\s+)?{one_of(words('cues', 'commands'))}(?!\w)"
)


def ordering_body(outline: Outline) -> Passage | None:
    """The body in the last sentence of the preamble that orders, asks or decides."""
    for paragraph in reversed(outline.preamble):
        for start, end in reversed(sentences(paragraph.form)):
            sentence = paragraph.words.cut(start, end)
            ordering = [body for body in bodies_in(sentence.form) if _COMMANDS.match(sentence.form, body.end)]
            if ordering:
                return sentence.cut(ordering[-1].start, ordering[-1].end)
    return None
