"""Who infected whom, as the cells of a line list tell it: which words of a cell name cases, and loops. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from phaodai.foundation.formats import fold

_PARTS = re.compile(r"[^\W_]+(?:[_\-/.#][^\W_]+)*|[^\W_]+")
_WORD_AND_NUMBER = re.compile(r"[^\W\d_]{1,6}[\s_\-.#/]*\d[\w]*")
_SIGNS = re.compile(r"[\s_\-#./]+")
_ONLY_NUMBERS = re.compile(r"[\s\d,;/&+.#-]+")
_NUMBER_NAMED = re.compile(
    r"(?:cases?|ca|no\.?|so|benh nhan|bn|patients?|#)\s*#?(\d+(?:\s*(?:,|;|&|and|va|\+|/)\s*(?:case\s*|ca\s*|#)?\d+)*)"
)
_LONG_NUMBER = 6


def number_key(code: str) -> str:
    """A case number for comparison: TJ-5, tj5 and "TJ 5" are the same."""
    return _SIGNS.sub("", fold(code))


def cases_named(text: str, known: Mapping[str, str]) -> list[str]:
    """The cases that a cell names, each once and in the order of the words; `known` is number_key -> case number.

    A bare figure of few digits is a case number only where the cell holds nothing else, or a word such as "case" before
    it: "12 people at case 5's home" names one case.
    """
    found = [known[key] for key in _candidates(text) if key in known]
    return list(dict.fromkeys(found))


def _candidates(text: str) -> Iterator[str]:
    plain = fold(text)
    if _ONLY_NUMBERS.fullmatch(plain):
        yield from re.findall(r"\d+", plain)
        return
    yield number_key(plain)
    for match in _PARTS.finditer(plain):
        key = number_key(match[0])
        if not key.isdigit() or len(key) >= _LONG_NUMBER:
            yield key
            yield from (part for part in re.split(r"[/.]", match[0]) if not part.isdigit())
    for match in _WORD_AND_NUMBER.finditer(plain):
        yield number_key(match[0])
    for match in _NUMBER_NAMED.finditer(plain):
        yield from re.findall(r"\d+", match[1])


def without_loops(
    links: Sequence[tuple[str, str]], standing: Iterable[tuple[str, str]] = (), order: Mapping[str, int] | None = None
) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """The links that can be true together with the standing ones, and the loops that the others would close.

    Where links contradict each other, those whose source fell ill before its target are believed first; `order` is
    case -> day of onset as a number. Each loop is the cases in the order of infection, the first again at the end.
    """
    days = order or {}
    ahead: dict[str, list[str]] = {}
    for source, target in standing:
        ahead.setdefault(source, []).append(target)
    kept, loops = [], []
    for source, target in sorted(links, key=lambda link: _unlikely(link, days)):
        way = _way(ahead, target, source)
        if way:
            loops.append([source, *way])
        else:
            ahead.setdefault(source, []).append(target)
            kept.append((source, target))
    order_in_sheet = {link: place for place, link in enumerate(links)}
    return sorted(kept, key=order_in_sheet.__getitem__), loops


def _unlikely(link: tuple[str, str], days: Mapping[str, int]) -> int:
    source, target = link
    if source not in days or target not in days:
        return 1
    return 0 if days[source] <= days[target] else 2


def _way(ahead: Mapping[str, Sequence[str]], start: str, end: str) -> list[str]:
    """From `start` to `end` along the links; nothing where there is none."""
    came: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == end:
            return _back(came, end)
        for there in ahead.get(here, ()):
            if there not in came:
                came[there] = here
                waiting.append(there)
    return []


def _back(came: Mapping[str, str], end: str) -> list[str]:
    steps = [end]
    while came[steps[-1]]:
        steps.append(came[steps[-1]])
    return steps[::-1]
