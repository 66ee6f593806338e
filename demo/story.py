"""The first nine days of the papers: who read, passed on, reported, asked for help, finished late or fell silent.

A story is data: :class:`Assignment` rows to be confirmed and sent, and :class:`Event` rows in the order of their
moments, each of which is one verb of the program done by one officer. Replaying them breaks none of the program's
rules: a part is only finished by its own unit, a whole only after its parts, nothing happens before it was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from demo import SEED
from demo.directives import at
from demo.geography import Geography, UnitRow
from demo.organisations import Organisations
from demo.script import (
    AFFECTED,
    ASSIGNMENTS,
    DIFFICULTIES,
    FINISHED,
    LATE_ON_PURPOSE,
    NOW,
    OFFICE,
    PROGRESS,
    PROVINCE_TEMPER,
    RETURNED,
    TEMPERS,
    Assignment,
    Temper,
)
from demo.streams import stream

NIGHT_BEGINS, NIGHT_ENDS = 22, 6
"""Hours between which nobody writes."""

NO_DIFFICULTY_KNOWN = "Đang vướng, đơn vị sẽ báo cáo cụ thể trong ngày."


class Verb(StrEnum):
    """What an officer does to a task: the program's own verbs."""

    TAKE = "take"
    SPLIT = "split"
    WORD = "word"
    DIFFICULTY = "difficulty"
    DONE = "done"
    ACCEPT = "accept"
    RETURN = "return"
    REMIND = "remind"


@dataclass(frozen=True)
class Event:
    """One act. ``task`` is (assignment key, code of the accountable organisation); ``officer`` is a post's code.

    ``achieved`` is per cent of the measure. A split names the organisations it goes ``to`` and their ``deadline``.
    """

    at: datetime
    verb: Verb
    task: tuple[str, str]
    officer: str
    text: str = ""
    achieved: int | None = None
    to: tuple[str, ...] = ()
    deadline: datetime | None = None


@dataclass(frozen=True)
class SentAssignment:
    """An assignment with its addressees as organisation codes."""

    assignment: Assignment
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """Assignments by moment of sending, events by moment."""

    assignments: tuple[SentAssignment, ...]
    events: tuple[Event, ...]


def make_story(geography: Geography, organisations: Organisations, *, seed: int = SEED) -> Story:
    """What happened between 15/11/2021 19:40 and the morning of 24/11/2021."""
    teller = _Teller(geography, organisations, stream(seed, "story"))
    sent = [SentAssignment(each, teller.addressees(each)) for each in ASSIGNMENTS]
    for each in sent:
        for code in each.organisations:
            teller.tell(_Task(each.assignment, code, OFFICE, each.assignment.below), each.assignment.sent_at)
    teller.tell_known_troubles()
    sent.sort(key=lambda each: each.assignment.sent_at)
    return Story(tuple(sent), tuple(sorted(teller.events, key=lambda event: event.at)))


@dataclass(frozen=True)
class _Task:
    """An assignment at one organisation: who gave it, and the marks of the tiers it will be passed on to."""

    assignment: Assignment
    code: str
    giver: str
    below: tuple[str, ...]

    @property
    def deadline(self) -> datetime:
        assert self.assignment.deadline is not None, "a duty of every case is told day by day"
        return self.assignment.deadline


class _Teller:
    """Tells each task's life, the parts' before the whole's end."""

    def __init__(self, geography: Geography, organisations: Organisations, rng: np.random.Generator) -> None:
        self.geography = geography
        self.organisations = organisations
        self.rng = rng
        self.events: list[Event] = []
        self._district = {row.bare_name: row for row in geography.districts}
        self._centre = f"{self._district['Thuận Hòa'].code}-TTYT"
        self._station = f"{geography.unit('Xã Hòa Xuân', within=self._district['Thuận Hòa'].code).code}-TYT"

    def addressees(self, assignment: Assignment) -> tuple[str, ...]:
        """Organisation codes that the marks of an assignment mean."""
        codes: list[str] = []
        for mark in assignment.to:
            name, _, body = mark.rpartition("/")
            if name:
                codes.append(f"{self._district[name].code}-{body}")
            elif mark.startswith("*"):
                codes += [f"{district.code}-{mark[1:]}" for district in self.geography.districts]
            else:
                codes.append(f"{self.geography.province.code}-{mark}")
        return tuple(codes)

    def tell(self, task: _Task, sent_at: datetime) -> datetime | None:
        """The life of one task and of its parts; when its result was accepted, or None while it is open."""
        lag = self._temper(task).reads_after * float(self.rng.gamma(4.0, 0.25))
        taken_at = _in_waking_hours(sent_at + timedelta(hours=lag))
        self._act(task, Verb.TAKE, taken_at)
        parts = self._parts(task)
        ends = self._pass_on(task, parts, taken_at) if parts else []
        if task.assignment.recurrence != "once":
            self._tell_duty(task, taken_at)
            return None
        return self._tell_whole(task, ends, taken_at) if parts else self._tell_leaf(task, taken_at)

    def _temper(self, task: _Task) -> Temper:
        unit = self._unit(task)
        if unit.tier == "province":
            return PROVINCE_TEMPER
        district = unit if unit.tier == "district" else self.geography.by_code[str(unit.parent_code)]
        return TEMPERS[district.bare_name]

    def _unit(self, task: _Task) -> UnitRow:
        return self.geography.by_code[self.organisations.by_code[task.code].unit_code]

    def _parts(self, task: _Task) -> list[_Task]:
        """The task at the organisations of the units below, when it is to be passed on."""
        if not task.below:
            return []
        unit = self._unit(task)
        units = self._affected(unit) if task.assignment.only_affected else self.geography.children[unit.code]
        mark, *later = task.below
        return [_Task(task.assignment, f"{each.code}-{mark}", task.code, tuple(later)) for each in units]

    def _affected(self, unit: UnitRow) -> tuple[UnitRow, ...]:
        units = self.geography.children[unit.code]
        if unit.tier == "province":
            return tuple(each for each in units if each.bare_name in AFFECTED)
        with_cases = [each for each in units if unit.kind != "Huyện" or each.kind == "Xã"]
        return tuple(with_cases[: AFFECTED[unit.bare_name]])

    def _pass_on(self, task: _Task, parts: list[_Task], taken_at: datetime) -> list[datetime | None]:
        """Split the task and tell its parts; when each was accepted."""
        split_at = taken_at + timedelta(minutes=int(self.rng.integers(10, 90)))
        codes = tuple(part.code for part in parts)
        self._act(task, Verb.SPLIT, split_at, to=codes, deadline=task.assignment.deadline)
        return [self.tell(part, split_at) for part in parts]

    def _tell_whole(self, task: _Task, ends: list[datetime | None], taken_at: datetime) -> datetime | None:
        """A line each afternoon until all parts are accepted, then the whole is reported."""
        done = [end for end in ends if end is not None]
        for day in range(taken_at.day + 1, NOW.day):
            moment = at(day, 16, int(self.rng.integers(0, 50)))
            finished = sum(end < moment for end in done)
            if finished < len(ends):
                text = f"{finished}/{len(ends)} đơn vị đã xong, đang đôn đốc các đơn vị còn lại."
                self._act(task, Verb.WORD, moment, text=text, achieved=100 * finished // len(ends))
        return self._finish(task, max(done) + timedelta(hours=2)) if len(done) == len(ends) else None

    def _tell_leaf(self, task: _Task, taken_at: datetime) -> datetime | None:
        end, silent_from = self._fate(task, taken_at)
        self._tell_words(task, taken_at, min(silent_from or NOW, end or NOW), end)
        return self._finish(task, end) if end else None

    def _fate(self, task: _Task, taken_at: datetime) -> tuple[datetime | None, datetime | None]:
        """When a leaf is reported done (None: not yet) and since when it is silent (None: it is not)."""
        temper, draw = self._temper(task), float(self.rng.random())
        span = task.deadline - taken_at
        if (task.assignment.key, task.code) in LATE_ON_PURPOSE:
            return None, None
        if draw < temper.in_time:
            return _if_past(taken_at + span * float(self.rng.uniform(0.45, 0.97))), None
        if draw < temper.in_time + temper.done_late:
            return _if_past(task.deadline + timedelta(hours=float(self.rng.uniform(3, 40)))), None
        silent = draw < temper.in_time + temper.done_late + temper.silent
        return None, taken_at + span * 0.3 if silent else None

    def _tell_words(self, task: _Task, start: datetime, until: datetime, end: datetime | None) -> None:
        """A line every day or two, and what holds the unit up once the deadline has passed."""
        horizon = (end or max(task.deadline, NOW)) - start
        moment, told = start, int(self.rng.integers(8))
        while (moment := _in_waking_hours(moment + timedelta(hours=float(self.rng.uniform(20, 40))))) < until:
            share = min(int(100 * ((moment - start) / horizon) ** 0.8), 95)
            if moment > task.deadline:
                texts, verb = DIFFICULTIES.get(task.assignment.theme, (NO_DIFFICULTY_KNOWN,)), Verb.DIFFICULTY
            else:
                texts, verb = PROGRESS[task.assignment.theme], Verb.WORD
            self._act(task, verb, moment, text=texts[told % len(texts)], achieved=share)
            told += 1

    def _tell_duty(self, task: _Task, taken_at: datetime) -> None:
        """A duty of every day or every case: a line a day, from units that tend to fall silent not every day."""
        skipped = 2 * self._temper(task).silent
        for day in range(taken_at.day, NOW.day + 1):
            hour = 15 if task.assignment.recurrence == "daily" else 6
            moment = at(day, hour, int(self.rng.integers(0, 40)))
            # Nothing comes from Hòa Xuân and its district's centre after what tell_known_troubles lets them say.
            troubled = task.code in {self._station, self._centre} and moment >= at(22, 6)
            if moment > taken_at and not troubled and self.rng.random() >= skipped:
                share = 100 if self.rng.random() < 0.85 else int(self.rng.integers(80, 100))
                text = self._choose(PROGRESS[task.assignment.theme])
                self._act(task, Verb.WORD, moment, text=text, achieved=share)

    def tell_known_troubles(self) -> None:
        """The late tracing in Hòa Xuân that the first screen asks about."""
        station = _Task(ASSIGNMENTS[0], self._station, self._centre, ())
        centre = _Task(ASSIGNMENTS[0], self._centre, "98-SYT", ())
        short = "4/7 ca có danh sách F1. Hòa Xuân thiếu 2 người truy vết, xin tăng cường."
        self._act(station, Verb.DIFFICULTY, at(22, 6, 20), text=short, achieved=57)
        self._act(centre, Verb.WORD, at(22, 6, 30), text="14/17 ca đạt, Hòa Xuân còn 3 ca.", achieved=82)
        late = "Ca thứ ba ở Hòa Xuân quá 6 giờ chưa có danh sách F1, đề nghị báo cáo."
        self._answer(centre, Verb.REMIND, at(23, 11, 40), late)
        self._answer(centre, Verb.REMIND, at(24, 6, 0), "Nhắc lần 2, chưa có trả lời.")

    def _finish(self, task: _Task, done_at: datetime) -> datetime | None:
        """Report, at times a return and a second report, then acceptance by the giver."""
        done_at = _in_waking_hours(done_at)
        self._act(task, Verb.DONE, done_at, text=self._choose(FINISHED))
        answered = _in_waking_hours(done_at + timedelta(hours=float(self.rng.uniform(0.5, 6))))
        if self.rng.random() < 0.06:
            self._answer(task, Verb.RETURN, answered, self._choose(RETURNED))
            again = _in_waking_hours(answered + timedelta(hours=float(self.rng.uniform(2, 10))))
            self._act(task, Verb.DONE, again, text="Đã bổ sung, gửi lại.")
            answered = _in_waking_hours(again + timedelta(hours=1))
        self._answer(task, Verb.ACCEPT, answered, "")
        return answered if answered < NOW else None

    def _choose(self, texts: Sequence[str]) -> str:
        return texts[int(self.rng.integers(len(texts)))]

    def _act(
        self,
        task: _Task,
        verb: Verb,
        moment: datetime,
        *,
        text: str = "",
        achieved: int | None = None,
        to: tuple[str, ...] = (),
        deadline: datetime | None = None,
    ) -> None:
        """An act of the accountable unit: its head takes, passes on and finishes, the last of its officers reports."""
        staff = self.organisations.officers_of[task.code]
        officer = staff[0] if verb in {Verb.TAKE, Verb.SPLIT, Verb.DONE} else staff[-1]
        self._keep(Event(moment, verb, (task.assignment.key, task.code), officer.code, text, achieved, to, deadline))

    def _answer(self, task: _Task, verb: Verb, moment: datetime, text: str) -> None:
        """An act of the unit that gave the task: the office's officer, elsewhere the head."""
        heads = self.organisations
        officer = heads.named("Đỗ Thùy Linh") if task.giver == OFFICE else heads.head(task.giver)
        self._keep(Event(moment, verb, (task.assignment.key, task.code), officer.code, text))

    def _keep(self, event: Event) -> None:
        if event.at < NOW:
            self.events.append(event)


def _if_past(moment: datetime) -> datetime | None:
    """The moment within waking hours, or None when it lies ahead."""
    moment = _in_waking_hours(moment)
    return moment if moment < NOW else None


def _in_waking_hours(moment: datetime) -> datetime:
    """The moment itself; what falls at night follows in the same order from five past six of the morning after."""
    if NIGHT_ENDS <= moment.hour < NIGHT_BEGINS:
        return moment.replace(second=0, microsecond=0)
    into_night = timedelta(hours=(moment.hour - NIGHT_BEGINS) % 24, minutes=moment.minute)
    morning = moment + timedelta(days=moment.hour >= NIGHT_BEGINS)
    first = morning.replace(hour=NIGHT_ENDS, minute=5, second=0, microsecond=0)
    return first + timedelta(minutes=into_night // timedelta(minutes=16))
