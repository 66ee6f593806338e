"""The grammar of the names of bodies, built from the table `bodies`; see there for its rules.

body  = [determiner] [post] [determiner] head {tail}
group = determiner noun {, noun} [và noun] {tail}
list  = (body | group | family) {separator (body | group)}
family = các (Bộ | Sở | ...) [:] domain {, domain}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from congvan.language import LOWER, UPPER, one_of, table
from congvan.reading.open_names import end_of_name

_END = r"(?!\w)"
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_NAME = rf"{UPPER}[\w.&]*(?:-{UPPER}?\w+)*(?:\s+(?:-\s+)?{UPPER}[\w.&]*(?:-\w+)*)*"


@dataclass(frozen=True, slots=True)
class Body:
    """A body named between `start` and `end`; what is said of it in brackets ends at `past`.

    `prefix` is the head that a family shares: "Bộ" of "Các Bộ: Quốc phòng, Công an".
    """

    start: int
    end: int
    generic: bool = False
    closed: bool = False
    past: int = 0
    prefix: str = ""

    @property
    def after(self) -> int:
        """Where the sentence goes on."""
        return max(self.end, self.past)

    def name(self, text: str) -> str:
        """The name in the words of the text."""
        own = re.sub(r"\s+", " ", text[self.start : self.end])
        return f"{self.prefix} {own}" if self.prefix else own


@cache
def _endings() -> dict[str, str]:
    """The pieces of which the end of a name is made, as pattern texts."""
    lists = table("bodies")
    domain = one_of(lists["domains"]) + _END
    area = rf"{one_of(lists['areas'])}{_END}(?!\s+(?:ủy|đoàn){_END})"
    areas = rf"(?:các\s+)?(?i:{area})(?:\s*,\s*(?:các\s+)?{area})*(?:\s+và\s+(?:các\s+)?{area})?"
    nested = rf"(?:{one_of(lists['nested'])}){_END}"
    # "Vụ Tuyên truyền": one capital, then the rest of the word.
    word = rf"{UPPER}\w*\s+(?!{one_of(lists['verbs_begin'])}{_END}){LOWER}+{_END}"
    numbered = rf"(?:số\s+)?\d{{1,4}}{_END}(?!\s*[/%])"
    aside = rf"\((?:{_NAME}|[^().;:]{{2,30}})\)"
    under = rf"(?:trực\s+)?thuộc\s+(?:{one_of(lists['heads'])}|(?i:{area}))(?:\s+(?:{domain}|{area}|{_NAME}))*"
    having = (
        rf"có\s+(?!{one_of(lists['not_owned'])})[^.;:]{{3,70}}?trên địa bàn(?:\s+(?:tỉnh|huyện|xã|thành phố){_END})?"
    )
    reach = rf"từ\s+{_NAME}\s+đến\s+{_NAME}"
    of_whom = rf"của\s+(?:{one_of(lists['nested'])}|Sở|Bộ)(?:\s+(?:{domain}|{area}|{_NAME}))*"
    closing = rf"(?:{having}|{of_whom}|{under}|{reach}|{one_of(lists['closing'])}){_END}"
    other = rf"(?!(?:{one_of(lists['heads'])}|{one_of(lists['posts'])}){_END}){_NAME}"
    named = rf"(?:các\s+{area}\s+{other}(?:\s*,\s*{other})*(?:\s+và\s+{other})?)"
    joined = rf"và\s+{area}\s+{other}"
    tail = rf"(?:{domain}|{joined}|{nested}|{named}|{areas}|{one_of(lists['tails'])}{_END}|{word}|{_NAME}|{numbered}|{aside})"
    areas_too = rf"(?:(?:\s*,\s*{area}\s+{other})+\s+và\s+{area}\s+{other})?"
    listed = rf"(?:\s*:\s*{UPPER}\w*\s+{_NAME}(?:\s*,\s*{_NAME})*(?:\s+và\s+{_NAME})?)?"
    return {
        "domain": domain,
        "areas": rf"(?:{named}|{areas}{listed})",
        "tail": tail,
        "tails": rf"(?:\s+{tail})*{areas_too}(?P<closed>(?:\s+{closing})*)",
    }


def _heads(tail: str) -> str:
    """The nouns that begin a name; an everyday one only where a tail follows it."""
    lists = table("bodies")
    short = lists["short"] + [head.capitalize() for head in lists["short"]]
    heads = lists["heads"] + [head[0].upper() + head[1:] for head in lists["heads"] if head[0].islower()]
    long = [head for head in heads if head not in short]
    return rf"(?:{one_of(long)}{_END}|{one_of(short)}{_END}(?=\s+{tail}))"


@cache
def _grammar() -> dict[str, re.Pattern[str]]:
    """The patterns, from the table; each is matched at a place, never searched."""
    lists, ends = table("bodies"), _endings()
    domain, tails = ends["domain"], ends["tails"]
    determiners = rf"(?:(?i:{one_of(lists['determiners'])})\s+)"
    determiner = f"{determiners}?"
    office = rf"(?i:{one_of(lists['posts'])}){_END}"
    post = rf"{office}(?:\s*(?:,|và)\s+{office})*"
    noun = rf"(?i:{one_of(lists['nouns'])}){_END}"
    # "Trung tâm Y tế, Phòng Văn hóa": names of their own, no nouns of a row.
    own = rf"(?!Mặt trận){UPPER}{LOWER}*(?:\s+{LOWER}+)?\s+{UPPER}"
    nouns = rf"{noun}(?:\s*,\s*{determiner}(?!{own}){noun})*(?:\s*,?\s+và\s+{determiner}(?!{own}){noun})?"
    shared = r"(?i:các)\s+(?P<head>(?i:bộ|sở|ban|phòng|chi cục|cục|vụ))(?:\s*,\s*(?:cơ quan|ngành|ban))*\s*:?\s*"
    patterns = {
        "family": rf"{shared}(?={domain}\s*(?:,|và))",
        "determiner": determiners,
        "domain": domain,
        "domain_separator": r"\s*,\s*(?:và\s+)?|\s+và\s+",
        "body": rf"{determiner}(?:{post}\s+)?{determiner}{_heads(ends['tail'])}(?:\s*,?\s*{ends['areas']})?{tails}",
        "person": rf"{determiner}{post}\s+(?!cấp\s+(?!ủy|chính)){determiner}{nouns}{tails}",
        "group": rf"{determiners}{nouns}{tails}",
        "row": rf"(?!{own}){noun}(?:\s*,\s*(?!{own}){noun})*\s*(?:,|và)\s+(?!{own}){noun}{tails}",
        "place": rf"(?i:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)\s+{_NAME}(?P<closed>)(?=\s+{LOWER}|\s*[,;:])",
        "front": rf"{determiner}{one_of(lists['front'])}{_END}",
        "not_of_people": rf"{determiners}{one_of(lists['not_of_people'])}{_END}",
        "lone": rf"(?i:{one_of(lists['alone'])}{_END}){tails}",
        "separator": r"\s*[,;]\s*(?:và\s+|cùng\s+với\s+)?|\s+và\s+|\s+cùng\s+(?:với\s+)?",
        "mass": rf"{determiner}{one_of(lists['mass'])}{_END}",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def list_at(form: str, start: int, *, acting: bool = False) -> list[Body]:
    """The bodies named one after the other from `start`; an empty list where none begins there.

    Of bodies that are `acting` a verb follows: their names go on up to it.
    """
    grammar = _grammar()
    found: list[Body] = _family_at(form, start)
    if not found:
        first = _body_at(form, start, acting=acting)
        if first is None:
            return []
        found = [first]
    while True:
        separator = grammar["separator"].match(form, found[-1].after)
        following = separator and (
            _family_at(form, separator.end()) or _one(_body_at(form, separator.end(), acting=acting))
        )
        if not following:
            return _grouped(form, found)
        found.extend(following)


def _one(body: Body | None) -> list[Body]:
    return [body] if body else []


def _body_at(form: str, start: int, *, acting: bool) -> Body | None:
    """The longest reading of a body or a group at `start`."""
    grammar = _grammar()
    readings = [
        (kind, match)
        for kind in ("body", "person", "group", "row", "lone", *(["place"] if acting else []))
        if (match := grammar[kind].match(form, start))
    ]
    if not readings:
        return None
    kind, match = max(readings, key=lambda reading: (reading[1].end(), reading[0] == "body"))
    generic = kind in ("group", "row", "lone") or grammar["mass"].match(form, start) is not None or _plural(form, start)
    aside = _ASIDE.search(form, start, match.end())
    end = aside.start() if aside else match.end()
    while form[end - 1] in " ,.-":
        end -= 1
    goes_on = acting and not aside and kind != "place" and not match["closed"]
    last = end_of_name(form, start, match.end(), generic=generic) if goes_on else match.end()
    return Body(start, last if last > match.end() else end, generic, bool(match["closed"]), last)


def _plural(form: str, start: int) -> bool:
    """Whether a determiner and a common noun begin here: "các cơ quan chức năng"."""
    determiner = _grammar()["determiner"].match(form, start)
    return determiner is not None and form[determiner.end() : determiner.end() + 1].islower()


def _family_at(form: str, start: int) -> list[Body]:
    """The bodies of a family: "Các Bộ: Quốc phòng, Công an" is Bộ Quốc phòng and Bộ Công an."""
    grammar = _grammar()
    family = grammar["family"].match(form, start)
    if not family:
        return []
    prefix = family["head"].capitalize()
    place, found = family.end(), []
    while domain := grammar["domain"].match(form, place):
        found.append(Body(domain.start(), domain.end(), prefix=prefix))
        separator = grammar["domain_separator"].match(form, domain.end())
        if not separator:
            break
        place = separator.end()
    return found if len(found) > 1 else []


def _grouped(form: str, bodies: list[Body]) -> list[Body]:
    """Groups side by side count as one ("các ngành, các cấp, các địa phương"); a closing tail or a semicolon parts them."""
    kept = [bodies[0]]
    for body in bodies[1:]:
        last = kept[-1]
        if body.generic and last.generic and _stand_together(form, last, body):
            kept[-1] = Body(last.start, body.end, generic=True, closed=body.closed, past=body.past)
        else:
            kept.append(body)
    return kept


def _stand_together(form: str, last: Body, body: Body) -> bool:
    """Whether two groups side by side are one: the Front with offices or localities is not."""
    grammar = _grammar()
    if last.closed or body.prefix or ";" in form[last.end : body.start]:
        return False
    return not (grammar["front"].match(form, last.start) and grammar["not_of_people"].match(form, body.start))


def bodies_in(form: str) -> list[Body]:
    """Every body with a name of its own anywhere in a passage, from left to right."""
    found: list[Body] = []
    place = 0
    starts = re.compile(rf"(?<!\w)(?:{UPPER}|các\s|ngành\s|cơ quan\s|lực lượng\s)")
    while match := starts.search(form, place):
        here = list_at(form, match.start())
        found.extend(here)
        place = here[-1].end if here else match.end()
    return found


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every phrase of the table in any case, and how a name in small letters spells it."""
    lists = table("bodies")
    spelt = {"và": "và", "của": "của"}
    for key in ("heads", "areas", "determiners", "domains", "tails", "closing", "nested", "posts", "nouns"):
        for phrase in lists[key]:
            spelt.setdefault(phrase.lower(), phrase)
    return re.compile(rf"(?<!\w)(?:{one_of(spelt)}){_END}", re.IGNORECASE), spelt


def named_in_capitals(form: str) -> list[Body]:
    """The bodies that a title in capitals names, where it names nothing else: "II. SỞ Y TẾ", "UBND CÁC HUYỆN"."""
    pattern, spelt = _spellings()
    recased = pattern.sub(lambda found: spelt.get(found.group().lower(), found.group()), form.title())
    bodies = list_at(recased, 0) if len(recased) == len(form) else []
    if not bodies or _ASIDE.sub("", recased[bodies[-1].after :]).strip(" .:;"):
        return []
    return bodies if all(_surely_named(recased, body) for body in bodies) else []


def _surely_named(form: str, body: Body) -> bool:
    """Whether a name is one beyond doubt: an everyday word in capitals ("TỔ CHỨC") needs a known field after it."""
    everyday = re.match(rf"{one_of(word.capitalize() for word in table('bodies')['short'])}{_END}", form[body.start :])
    return everyday is None or _grammar()["domain"].match(form, body.start + everyday.end() + 1) is not None
