"""Names of bodies that the tables know only by their first words: they go on up to what the body does.

"Các đơn vị vận tải hành khách bố trí ..." is more than "Các đơn vị"; "Phòng Công nghệ thông tin theo dõi ..." more than
"Phòng Công nghệ". Only a body that acts ends before a verb, so receivers and addressees are never stretched.
"""

from __future__ import annotations

import re
from functools import cache

from congvan.language import LOWER, UPPER, one_of, table, words

_END = r"(?!\w)"
_MOST_WORDS = 16


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = table("bodies")
    acts = rf"(?i:{one_of(words('cues', 'predicates'))}){_END}"
    stop = rf"(?:{one_of(words('cues', 'not_predicate'))}|{one_of(lists['never_inside'])}){_END}"
    begins = rf"(?:{one_of(lists['heads'])}|(?i:{one_of([*lists['posts'], *lists['determiners']])})){_END}"
    word = rf"(?!{acts})(?!{stop})(?!(?:và|cùng)\s+{begins})[^\W\d_][\w&]*"
    step = rf"(?:\s+(?:-\s+)?{word}|,\s+(?!{begins})(?!đồng thời){word})"
    owning = rf"\s+(?:có\s+(?!{one_of(lists['not_owned'])})|giáp ranh\s|giáp\s)[^,.;:]{{3,60}}?"
    endings = one_of([*lists["domains"], *lists["tails"], *lists["closing"]])
    finished = rf"(?<!\w)(?:{endings}|(?i:{one_of(lists['areas'])}))$"
    return {
        "acts": re.compile(rf"\s+{acts}"),
        "more": re.compile(rf"(?:{step}{{1,{_MOST_WORDS}}}?)(?=\s+{acts}|\s*:\s*$|\s*[,;]\s+{begins})"),
        "owning": re.compile(rf"{owning}(?=\s+{acts})"),
        "open": re.compile(rf"{one_of(lists['open_heads'])}{_END}(?=.*\s{UPPER}\w*$)"),
        "finished": re.compile(finished),
        "cut_short": re.compile(rf"(?:\s{LOWER}+|\s{LOWER}+\s+{UPPER}\w*)$"),
    }


def end_of_name(form: str, start: int, end: int, *, generic: bool) -> int:
    """Where the name that the tables read from `start` to `end` ends in truth; `end` itself where nothing is missing."""
    patterns = _patterns()
    if patterns["acts"].match(form, end) or not form[end : end + 3].lstrip(" -,")[:1].islower():
        return end if not _parted_by_dash(form, end) else _stretched(form, end)
    name = form[start:end]
    owning = patterns["owning"].match(form, end)
    if owning:
        return owning.end()
    if not generic and not _unfinished(name):
        return end
    if generic and patterns["finished"].search(name) and form[end : end + 1] == ",":
        return end
    return _stretched(form, end)


def _unfinished(name: str) -> bool:
    """Whether a name of its own may go on: nothing of the tables ends it, and its last word is the beginning of one."""
    patterns = _patterns()
    if patterns["open"].match(name):
        return True
    return patterns["finished"].search(name) is None and patterns["cut_short"].search(name) is not None


def _parted_by_dash(form: str, end: int) -> bool:
    """Whether the second half of a double name follows: "Dân số - Kế hoạch hóa gia đình"."""
    return form.startswith(" - ", end) and form[end + 3 : end + 4].isupper()


def _stretched(form: str, end: int) -> int:
    more = _patterns()["more"].match(form, end)
    return more.end() if more else end
