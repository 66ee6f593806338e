"""Duties to report: who, to whom, how often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from congvan.language import LOWER, one_of, words
from congvan.model import Agency, Reporting
from congvan.reading.bodies import list_at
from congvan.reading.clauses import clauses, just_before
from congvan.reading.outline import Node
from congvan.reading.passage import Passage


def _cue(key: str) -> str:
    return rf"(?<!\w)(?i:{one_of(words('reporting', key))})(?!\w)"


_VERB = re.compile(_cue("verbs"))
_NOUN_BEFORE = re.compile(rf"{_cue('noun_before')}\s*$")
_NOUN_AFTER = re.compile(rf"\s*(?:{_cue('noun_after')}|số\s*[:.]?\s*\d)")
# "báo cáo Cục": the body above the one that is ordered, by its bare noun.
_BARE_RECEIVER = re.compile(
    rf"(?:\s+kết quả)?\s+(?:về\s+|cho\s+|gửi\s+|lên\s+)?(?P<body>{one_of(words('reporting', 'bare_receivers'))})"
    rf"(?=\s*[,;.(]|\s*$|\s+{LOWER})"
)
_FREQUENCY = re.compile(_cue("frequencies"))
_REGULAR = re.compile(_cue("regular"))
_RECEIVER = re.compile(_cue("receivers"))
# "báo cáo kết quả trước ngày 5/8": whoever receives it, it is due.
_RESULT_DUE = re.compile(
    r"\s+(?:kết quả|tình hình)[^;.]{0,60}?(?<!\w)(?:trước|chậm nhất|trong (?:tháng|quý|ngày)|vào)\s"
)
_EDGE = re.compile(r"[,;:.]\s+")
_FAR = 14


def reporting_of(node: Node, agencies: Sequence[Agency]) -> tuple[Reporting, ...]:
    """The duties to report that a section states."""
    found: list[Reporting] = []
    for paragraph in node.paragraphs:
        passage = paragraph.body
        for start, end in clauses(passage.form):
            duty = _duty(passage, start, end, _reporter(passage, start, end, agencies))
            if duty:
                found.append(duty)
    return tuple(found)


def _reporter(passage: Passage, start: int, end: int, agencies: Sequence[Agency]) -> str | None:
    """Who reports: the body that the clause itself orders first, else the first of the section."""
    first, last = passage.span(start, end)
    here = [one for one in agencies if one.role != "coordinate" and one.span and first <= one.span[0] < last]
    return next((one.name for one in (*here, *agencies)), None)


def _duty(passage: Passage, start: int, end: int, by: str | None) -> Reporting | None:
    """The first duty to report in a clause: a verb with someone who receives the report, or with a rhythm."""
    form = passage.form
    for verb in _VERB.finditer(form, start, end):
        if _NOUN_BEFORE.search(just_before(form, verb.start(), start)) or _NOUN_AFTER.match(form, verb.end()):
            continue
        receivers, until = _receivers(passage, verb.end(), end)
        near = form[max(start, verb.start() - 40) : end]
        if not receivers and not _REGULAR.search(near) and not _RESULT_DUE.match(form, verb.end(), end):
            continue
        first = max((edge.end() for edge in _EDGE.finditer(form, start, verb.start())), default=start)
        stop = _EDGE.search(form, max(until, verb.end()), end)
        words_ = passage.cut(first, stop.start() if stop else end).strip(" .;,-+/")
        rhythm = _FREQUENCY.search(near)
        return Reporting(by, tuple(receivers), rhythm.group() if rhythm else None, words_.text, words_.span())
    return None


def _receivers(passage: Passage, start: int, end: int) -> tuple[list[str], int]:
    """The bodies that receive the report, and where their list ends: the nearest after the verb."""
    form = passage.form
    bare = _BARE_RECEIVER.match(form, start, end)
    if bare and not list_at(form, bare.start("body")):
        return [passage.text[slice(*bare.span("body"))]], bare.end()
    for place in _places(form, start, end):
        plain = _RECEIVER.match(form, place)
        bodies = list_at(form, place)
        if bodies and bodies[-1].end <= end:
            return [body.name(passage.text) for body in bodies], bodies[-1].end
        if plain:
            return [passage.text[plain.start() : plain.end()]], plain.end()
    return [], start


def _places(form: str, start: int, end: int) -> Iterable[int]:
    """The beginnings of the words that follow, as far as a receiver may stand."""
    for count, word in enumerate(re.finditer(r"(?<!\w)\w", form[start:end])):
        if count > _FAR:
            return
        yield start + word.start()
