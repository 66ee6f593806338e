"""The story told again through the program's own actions, each at its moment and by its officer."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np

from demo.directives import DIRECTIVES, Directive, at
from demo.loading.bodies import Staff
from demo.loading.papers import WHOLE, TaskKey, moments_of, register_paper, send_paper
from demo.loading.pictures import ListPainter
from demo.loading.reports import write_report
from demo.script import ASSIGNMENTS, NOW
from demo.story import Event, SentAssignment, Story, Verb
from phaodai.command.actions.chasing import remind
from phaodai.command.actions.documents import Upload, acknowledge_document
from phaodai.command.actions.tasks import (
    accept_result,
    report_done,
    report_progress,
    return_result,
    split_task,
    take_task,
)
from phaodai.command.models import Document, Task
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.playbook.actions import follow_facts, sweep_tasks

WITH_EVIDENCE = {Verb.DONE: 0.8, Verb.WORD: 0.08}
"""Share of the acts of a kind that carry a photo, where there is a list to photograph."""

LISTING = {"tracing", "isolation", "teams", "doors", "welfare", "tracing_teams", "training", "cluster", "sampling"}
LISTED = frozenset(assignment.key for assignment in ASSIGNMENTS if assignment.theme in LISTING)
"""Assignments whose result is a list of people."""

ACKNOWLEDGED = 0.9
"""Share of the units that pass a paper on (quán triệt) after taking their first task of it."""

SWEEP = timedelta(hours=1)

Act = Callable[[datetime], None]


@dataclass(order=True)
class Due:
    """An act that waits for its moment; acts of one moment keep the order in which they were planned."""

    moment: datetime
    place: int
    act: Act = field(compare=False)


class Replay:
    """Everything that happened, in order. The clock is pinned to each act; refusals of the program are errors here."""

    def __init__(
        self, story: Story, staff: Staff, office: Actor, painter: ListPainter, rng: np.random.Generator
    ) -> None:
        self.story = story
        self.staff = staff
        self.office = office
        self.painter = painter
        self.rng = rng
        self.tasks: dict[TaskKey, int] = {}
        self.documents: dict[str, Document] = {}
        self._acknowledged: set[tuple[str, int]] = set()
        self._planned = 0
        self._queue: list[Due] = []

    def run(self, advance: Callable[[float], None]) -> None:
        """Do all acts up to the morning on which the demonstration starts."""
        self._plan_all()
        done = 0
        while self._queue:
            due = heapq.heappop(self._queue)
            with clock.at(due.moment):
                due.act(due.moment)
            done += 1
            advance(done / (done + len(self._queue)))
        with clock.at(NOW):
            self._sweep(NOW)

    def _plan_all(self) -> None:
        for paper in DIRECTIVES:
            self._plan_paper(paper)
        for event in self.story.events:
            self._plan(event.at, partial(self._replay, event))
        for moment in _hours(min(event.at for event in self.story.events), NOW):
            self._plan(moment, self._sweep)
        for day in range(16, NOW.day):
            self._plan(at(day, 17, 5), partial(write_report, self.staff, sign=True))
        self._plan(at(NOW.day, 6, 15), partial(write_report, self.staff, sign=False))

    def _plan(self, moment: datetime, act: Act) -> None:
        self._planned += 1
        if moment <= NOW:
            heapq.heappush(self._queue, Due(moment, self._planned, act))

    def _plan_paper(self, paper: Directive) -> None:
        assignments = [sent for sent in self.story.assignments if sent.assignment.directive == paper.symbol]
        arrived, sent_at = moments_of(paper, assignments)
        self._plan(arrived, partial(self._register, paper))
        if sent_at is not None:
            self._plan(sent_at, partial(self._send, paper, assignments))

    def _register(self, paper: Directive, moment: datetime) -> None:
        with entering(self.office):
            self.documents[paper.symbol] = register_paper(paper, self.office, moment)

    def _send(self, paper: Directive, assignments: list[SentAssignment], moment: datetime) -> None:
        with entering(self.office):
            self.tasks |= send_paper(self.documents[paper.symbol], assignments, self.staff, self.office, moment)

    def _sweep(self, moment: datetime) -> None:
        """What the clock's own jobs did at that hour."""
        with entering(SYSTEM, why="sweep"):
            follow_facts(actor=SYSTEM, moment=moment)
            sweep_tasks(actor=SYSTEM, moment=moment)

    def _replay(self, event: Event, moment: datetime) -> None:
        actor = self.staff.actors[event.officer]
        with entering(actor):
            ACTS[event.verb](self, event, {"actor": actor, "moment": moment, "task_id": self.tasks[event.task]})

    def take(self, event: Event, common: dict[str, Any]) -> None:
        task = take_task(**common)
        actor: Actor = common["actor"]
        key = (event.task[0].split()[0], actor.organisation)
        if task.document_id and key not in self._acknowledged and self.rng.random() < ACKNOWLEDGED:
            self._acknowledged.add(key)
            later = event.at + timedelta(minutes=float(self.rng.uniform(5, 240)))
            self._plan(later, partial(self._acknowledge, actor, task.document_id))

    def _acknowledge(self, actor: Actor, document_id: int, moment: datetime) -> None:
        with entering(actor):
            acknowledge_document(actor=actor, moment=moment, document_id=document_id)

    def split(self, event: Event, common: dict[str, Any]) -> None:
        organisations = [self.staff.organisations[code].pk for code in event.to]
        codes = dict(zip(organisations, event.to, strict=True))
        parts = split_task(**common, organisations=organisations, title="", deadline=event.deadline, target=WHOLE)
        self.tasks |= {(event.task[0], codes[part.organisation_id]): part.pk for part in parts}

    def word(self, event: Event, common: dict[str, Any]) -> None:
        achieved = None if event.achieved is None else Decimal(event.achieved)
        difficulty = event.verb == Verb.DIFFICULTY
        report_progress(
            **common, text=event.text, achieved=achieved, difficulty=difficulty, uploads=self._evidence(event)
        )

    def done(self, event: Event, common: dict[str, Any]) -> None:
        report_done(**common, text=event.text, uploads=self._evidence(event))

    def _evidence(self, event: Event) -> list[Upload]:
        key, code = event.task
        if key not in LISTED or self.rng.random() >= WITH_EVIDENCE.get(event.verb, 0.0):
            return []
        title = Task.objects.values_list("title", flat=True).get(pk=self.tasks[event.task])
        picture = self.painter.photo(title, self.staff.organisations[code].short_name, event.at)
        return [Upload(f"danh-sach-{event.at:%d-%m}-{code.lower()}.jpg", "image/jpeg", picture)]

    def accept(self, event: Event, common: dict[str, Any]) -> None:
        accept_result(**common, text=event.text)

    def send_back(self, event: Event, common: dict[str, Any]) -> None:
        return_result(**common, text=event.text)

    def remind(self, event: Event, common: dict[str, Any]) -> None:
        remind(**common, text=event.text)


ACTS: dict[Verb, Callable[[Replay, Event, dict[str, Any]], None]] = {
    Verb.TAKE: Replay.take,
    Verb.SPLIT: Replay.split,
    Verb.WORD: Replay.word,
    Verb.DIFFICULTY: Replay.word,
    Verb.DONE: Replay.done,
    Verb.ACCEPT: Replay.accept,
    Verb.RETURN: Replay.send_back,
    Verb.REMIND: Replay.remind,
}


def _hours(start: datetime, end: datetime) -> Iterator[datetime]:
    moment = start.replace(minute=0, second=0, microsecond=0) + SWEEP
    while moment < end:
        yield moment
        moment += SWEEP
