"""Who is ordered by a section, and in what role: lead, coordinate, implement, direct, accountable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from congvan.language import UPPER, one_of, table, words
from congvan.model import Agency
from congvan.reading.bodies import Body, list_at, named_in_capitals
from congvan.reading.clauses import clauses, just_before, sentences
from congvan.reading.folding import fold, mostly_capitals, squeezed
from congvan.reading.outline import Node
from congvan.reading.paragraphs import Paragraph
from congvan.reading.passage import Passage

_EDGE = r"(?!\w)"


def _cue(key: str) -> str:
    return rf"(?<!\w)(?i:{one_of(words('cues', key))}){_EDGE}"


_LEAD_IN = re.compile(
    rf"\s*(?:{_cue('lead_in')}\s*,?\s*)*(?:(?P<order>(?i:{one_of(words('cues', 'order'))})){_EDGE}\s*:?\s*)?"
)
_ABOUT = re.compile(
    rf"\s*(?:(?:Về|Đối với)\s[^:;.]{{3,90}}:\s*|"
    rf"(?i:{one_of(words('cues', 'circumstances'))}){_EDGE}(?:(?!yêu cầu|đề nghị|giao )"
    rf"[^,;.:]){{0,140}},\s*)"
)
# Such a title in capitals names all the bodies whose tasks follow one by one.
_OF_ALL = ("nhiệm vụ", "trách nhiệm", "phân công", "tổ chức")
_CONCERNING = re.compile(r"\s*Đối với\s+")
_WHICH = re.compile(rf"\s*(?i:{one_of(words('cues', 'telling_which'))}){_EDGE}[^,;.:]{{3,90}}?{_cue('demanding')}")
_ORDERING = re.compile(rf"\s*,?\s*(?:yêu cầu|đề nghị|giao|quyết định\s*:|nhận được)(?!\w)|\s*,?\s*phân công\s+{UPPER}")
_ORDERS = re.compile(rf"{_cue('order')}\s*:?\s*")
_ACTIVATES = re.compile(rf"{_cue('activate')}\s+(?:{one_of(words('cues', 'activated_as'))}\s+)*")
_COORDINATES = re.compile(rf"{_cue('coordinate')}\s+(?:với\s+)?")
# "chợ đầu mối" is a market.
_LEADS = re.compile(rf"(?<!chợ ){_cue('lead')}")
_DIRECTS = re.compile(rf"(?<!\w)(?i:{one_of(words('cues', 'direct'))}){_EDGE}")
_ACCOUNTS = re.compile(_cue("accountable"))
_NOT_VERB = re.compile(rf"(?<!\w)(?i:{one_of(words('cues', 'not_verb_after'))})\s*$")
_BETWEEN = re.compile(rf"(?:\s*,?\s*(?i:{one_of(words('cues', 'between'))}){_EDGE}\s*,?)*\s*")
# "Phòng Giáo dục cho học sinh nghỉ học" lets somebody do something; "cho" is else no verb.
_LETS = r"cho\s+(?:phép|học sinh|sinh viên|trẻ|công nhân|người|thôi|dừng|tạm dừng|nghỉ)(?!\w)"
_HAS_TO = rf"có\s+{one_of(words('cues', 'having_orders'))}{_EDGE}"
_NOT_PREDICATE = re.compile(rf"\s*(?!{_LETS}|{_HAS_TO})(?i:{one_of(words('cues', 'not_predicate'))}){_EDGE}")
_HOLDER = re.compile(rf"(?<!\w)(?:(?i:thì)\s+)?(?=(?i:{one_of(words('cues', 'holders'))}){_EDGE})")
# "Ban cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh": the Party body directs the one that carries out.
_DIRECTS_BODY = re.compile(rf"\s+(?:{_cue('between')}\s+)?{_cue('direct')}(?:\s*,\s*{_cue('direct')})?\s+")
# "Chế độ báo cáo: các sở, ngành ...": a short title before the body.
_TITLED = re.compile(r"\s*[^:;.,]{3,60}:\s+")
# How far into its sentence a body may be told to lead.
_FAR = 320
_ALL = 0.75
_TRUST_IN_DIRECTION = {"chỉ đạo", "lãnh đạo", "huy động", "mời"}


@dataclass(slots=True)
class _Roll:
    """The agencies of one section as they are found: each once, the first role kept unless a stronger follows."""

    found: list[Agency]

    def add(self, passage: Passage, body: Body, role: str) -> None:
        name = body.name(passage.text)
        if any(_same_words(agency.name, name) for agency in self.found):
            return
        raw = passage.text[body.start : body.end]
        self.found.append(Agency(name, role, inherited=False, raw=raw, span=passage.span(body.start, body.end)))


def _same_words(a: str, b: str) -> bool:
    """Whether two names are one, maybe in another order: "các cấp chính quyền", "chính quyền các cấp"."""
    return sorted(fold(a).split()) == sorted(fold(b).split())


def agencies_of(node: Node, orderers: Sequence[str] = ()) -> list[Agency]:
    """The bodies that a section orders in its own words, in the order of the text.

    `orderers` are the names of who gives the orders of the document: they are not ordered by themselves.
    """
    roll = _Roll([])
    passing_on = _passes_on(node.title, orderers)
    for body in passing_on:
        roll.add(node.title, body, "implement")
    names_all = node.children and mostly_capitals(node.title.form) and node.title.form.lower().startswith(_OF_ALL)
    parts = node.paragraphs[1:] if names_all else node.paragraphs
    for place, paragraph in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else _first_of_children(node)
        _read_paragraph(paragraph, following, roll)
    return roll.found


def _passes_on(title: Passage, orderers: Sequence[str]) -> list[Body]:
    """The bodies that a section begins with and that have to order others: "Ban Quản lý các KCN yêu cầu doanh nghiệp ..."."""
    bodies = list_at(title.form, 0)
    if not bodies or not orderers or not _ORDERING.match(title.form, bodies[-1].after):
        return []
    known = [_abbreviated(name) for name in orderers]
    own = [_abbreviated(body.name(title.text)) for body in bodies]
    return [] if any(a in b or b in a for a in own for b in known) else bodies


def _abbreviated(name: str) -> str:
    """A name as it compares with others, whether it is printed in full or with initials."""
    return squeezed(name).replace(squeezed("Ủy ban nhân dân"), squeezed("UBND"))


def _first_of_children(node: Node) -> Paragraph | None:
    return node.children[0].paragraphs[0] if node.children and node.children[0].paragraphs else None


def _read_paragraph(paragraph: Paragraph, following: Paragraph | None, roll: _Roll) -> None:
    passage = paragraph.body
    pieces = clauses(passage.form)
    named = named_in_capitals(passage.form) if mostly_capitals(passage.form, _ALL) else []
    if named:
        role = _role(passage, named, len(passage), following)
        for body in named:
            roll.add(passage, body, role)
        return
    for place, (start, end) in enumerate(pieces):
        subject = _subject(passage, start, end)
        if subject:
            reach = next((last for _, last in pieces[place:] if last > subject[-1].after + 1), end)
            role = _role(passage, subject, reach, following)
            for body in subject:
                roll.add(passage, body, role)
        _governed(passage, start, end, roll, taken=subject)


def _subject(passage: Passage, start: int, end: int) -> list[Body]:
    """The bodies at the head of a clause, where they are what acts."""
    lead_in = _LEAD_IN.match(passage.form, start, end)
    place = lead_in.end() if lead_in else start
    bodies = list_at(passage.form, place, acting=True)
    if lead_in and (lead_in["order"] or "").lower().startswith(tuple(_TRUST_IN_DIRECTION)):
        bodies = _traceable(passage, bodies)
    if lead_in and lead_in.group().lower().rstrip().endswith(" của"):
        bodies = [body for body in bodies if not _vague(passage, body)]
    concerning = _CONCERNING.match(passage.form, start, end)
    if concerning:
        named = list_at(passage.form, concerning.end(), acting=True)
        whole = bool(named) and not passage.form[named[-1].after :].strip(" .:;")
        bodies = [body for body in named if whole or not body.generic]
    if not bodies:
        about = _ABOUT.match(passage.form, start, end) or _TITLED.match(passage.form, start, end)
        bodies = list_at(passage.form, about.end(), acting=True) if about else []
    if not bodies or not _acts(passage.form, bodies[-1].after, end):
        return []
    return bodies


def _acts(form: str, after: int, end: int) -> bool:
    """Whether what follows a name is a predicate, a colon, or nothing (a title)."""
    rest = form[after:end]
    if not rest.strip(" .;:,"):
        return True
    if rest.lstrip().startswith((":", ",")):
        return True
    if _LEADS.match(rest.lstrip()):
        return True
    if _ORDERING.match(rest):
        return False
    return rest[:1] in " \n" and (not _NOT_PREDICATE.match(rest) or _WHICH.match(rest) is not None)


def _role(passage: Passage, subject: list[Body], end: int, following: Paragraph | None) -> str:
    """The role that the predicate gives: its first verb decides, except that leading counts anywhere in the clause."""
    predicate = passage.form[subject[-1].after : end].lstrip(" :,")
    sentence_end = next((last for _, last in sentences(passage.form) if last >= subject[-1].after), end)
    if not predicate.strip(" .;"):
        predicate = following.body.form if following else ""
        predicate = predicate.split(".")[0]
    if _LEADS.search(predicate[:_FAR]) or _LEADS.search(passage.form[subject[-1].after : sentence_end][:_FAR]):
        return "lead"
    verb = _BETWEEN.match(predicate)
    own = predicate[verb.end() if verb else 0 :]
    if _ACCOUNTS.match(own) or _ACCOUNTS.search(predicate[:40]):
        return "accountable"
    clause = re.split(r"[,;.]", own)[0]
    found = _DIRECTS.search(clause)
    if found and not _NOT_VERB.search(clause[: found.start()]):
        return "direct"
    return "implement"


def _governed(passage: Passage, start: int, end: int, roll: _Roll, taken: list[Body]) -> None:
    """The bodies that a verb of ordering or of working together governs, inside a clause."""
    form = passage.form
    for found in _COORDINATES.finditer(form, start, end):
        for body in list_at(form, found.end(), acting=True):
            roll.add(passage, body, "coordinate")
    directed = _DIRECTS_BODY.match(form, taken[-1].after, end) if taken else None
    if directed:
        _ordered(passage, directed, end, roll)
    for found in _ACTIVATES.finditer(form, start, end):
        bodies = [body for body in list_at(form, found.end()) if not body.generic]
        for body in bodies:
            roll.add(passage, body, "direct")
    for found in _ACCOUNTS.finditer(form, start, end):
        _held_to_account(passage, start, found.start(), roll)
    for found in _ORDERS.finditer(form, start, end):
        if any(body.start == found.end() for body in taken) or _NOT_VERB.search(
            just_before(form, found.start(), start)
        ):
            continue
        _ordered(passage, found, end, roll)


def _held_to_account(passage: Passage, start: int, until: int, roll: _Roll) -> None:
    """The body or the head of a body right before "chịu trách nhiệm"."""
    for holder in _HOLDER.finditer(passage.form, start, until):
        bodies = list_at(passage.form, holder.end(), acting=True)
        between = passage.form[bodies[-1].after : until].strip(" ,") if bodies else "-"
        if between in ("", "đó", "phải", "đó phải"):
            for body in bodies:
                roll.add(passage, body, "accountable")
            return


def _ordered(passage: Passage, found: re.Match[str], end: int, roll: _Roll) -> None:
    verb = found.group().strip(" :").lower()
    verb = next((word for word in _TRUST_IN_DIRECTION if verb.startswith(word) or verb.endswith(word)), verb)
    bodies = list_at(passage.form, found.end(), acting=True)
    if not bodies or not _acts(passage.form, bodies[-1].after, end):
        return
    if verb in _TRUST_IN_DIRECTION:
        bodies = _traceable(passage, bodies)
    role = _role(passage, bodies, end, None) if bodies and verb not in _TRUST_IN_DIRECTION else "implement"
    for body in bodies:
        roll.add(passage, body, role)


def _traceable(passage: Passage, bodies: list[Body]) -> list[Body]:
    """Those that a person could find: all of a list that a body with a name of its own begins."""
    return bodies if bodies and not _vague(passage, bodies[0]) else [b for b in bodies if not _vague(passage, b)]


def _vague(passage: Passage, body: Body) -> bool:
    """Whether a name could be anybody's: "chỉ đạo các đơn vị" orders no body that a person could find."""
    name = passage.form[body.start : body.end].lower()
    lists = table("bodies")
    return name in lists["vague"] or (
        body.generic and any(name.startswith(f"{word} ") for word in lists["determiners"])
    )
