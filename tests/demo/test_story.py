import re
from collections import defaultdict
from datetime import timedelta

import pytest

from demo.directives import at, directive
from demo.geography import Geography
from demo.organisations import Organisations
from demo.script import ASSIGNMENTS, NOW, OFFICE, PROGRESS, Assignment
from demo.story import Event, Story, Verb, make_story

Task = tuple[str, str]


class Replay:
    """The program's rules of follow-up in a few lines: an act that they would refuse fails the test."""

    def __init__(self, story: Story) -> None:
        self.state: dict[Task, str] = {}
        self.deadline: dict[Task, object] = {}
        self.giver: dict[Task, str] = {}
        self.parts: dict[Task, list[Task]] = defaultdict(list)
        self.finished: dict[Task, object] = {}
        self.last_word: dict[Task, object] = {}
        self.sent_at: dict[Task, object] = {}
        for sent in story.assignments:
            for code in sent.organisations:
                task = (sent.assignment.key, code)
                self._give(task, OFFICE, sent.assignment.deadline, sent.assignment.sent_at)
        for event in story.events:
            getattr(self, event.verb.value)(event)
            if event.verb not in {Verb.ACCEPT, Verb.RETURN, Verb.REMIND}:
                self.last_word[event.task] = event.at

    def _give(self, task: Task, giver: str, deadline: object, moment: object) -> None:
        assert task not in self.state
        self.state[task], self.giver[task] = "sent", giver
        self.deadline[task], self.sent_at[task] = deadline, moment

    def take(self, event: Event) -> None:
        assert self.state[event.task] == "sent"
        assert event.at > self.sent_at[event.task]
        self.state[event.task] = "taken"

    def split(self, event: Event) -> None:
        assert self.state[event.task] == "taken"
        assert event.deadline == self.deadline[event.task]
        assert event.deadline is None or event.deadline > event.at
        for code in event.to:
            self.parts[event.task].append((event.task[0], code))
            self._give((event.task[0], code), event.task[1], event.deadline, event.at)

    def word(self, event: Event) -> None:
        assert self.state[event.task] == "taken"
        assert event.text
        assert event.achieved is not None
        assert 0 <= event.achieved <= 100

    difficulty = word

    def done(self, event: Event) -> None:
        assert self.state[event.task] == "taken"
        assert all(self.state[part] == "accepted" for part in self.parts[event.task])
        self.state[event.task] = "reported"
        self.finished[event.task] = event.at

    def accept(self, event: Event) -> None:
        assert self.state[event.task] == "reported"
        assert event.officer.partition(".")[0] == self.giver[event.task]
        self.state[event.task] = "accepted"

    def __getattr__(self, name: str) -> object:
        # "return" is a word of the language and cannot name a method.
        if name == "return":
            return self._return
        raise AttributeError(name)

    def _return(self, event: Event) -> None:
        assert self.state[event.task] == "reported"
        assert event.text
        self.state[event.task] = "taken"

    def remind(self, event: Event) -> None:
        assert self.state[event.task] in {"sent", "taken"}
        assert event.officer.partition(".")[0] == self.giver[event.task]


@pytest.fixture(scope="module")
def replay(story: Story) -> Replay:
    return Replay(story)


def test_the_story_breaks_no_rule_of_the_program(replay: Replay) -> None:
    assert len(replay.state) > 300
    assert set(replay.state.values()) == {"taken", "reported", "accepted"}


def test_acts_are_in_order_and_past(story: Story) -> None:
    moments = [event.at for event in story.events]
    assert moments == sorted(moments)
    assert at(15, 19, 40) < moments[0]
    assert moments[-1] < NOW


def test_units_act_through_their_own_officers(story: Story, organisations: Organisations) -> None:
    posts = {officer.code: officer for officer in organisations.officers}
    for event in story.events:
        assert event.officer in posts
        if event.verb not in {Verb.ACCEPT, Verb.RETURN, Verb.REMIND}:
            assert posts[event.officer].organisation_code == event.task[1]


def test_there_is_something_of_everything_on_the_first_morning(replay: Replay) -> None:
    leaves = [task for task in replay.state if not replay.parts[task]]
    open_leaves = [task for task in leaves if replay.state[task] != "accepted"]
    late = [task for task in open_leaves if replay.deadline[task] and replay.deadline[task] < NOW]
    done_late = [
        task for task in leaves if replay.state[task] == "accepted" and replay.finished[task] > replay.deadline[task]
    ]
    silent = [task for task in open_leaves if NOW - replay.last_word[task] >= timedelta(hours=48)]
    assert min(len(late), len(done_late), len(silent)) >= 5
    assert len(late) < len(leaves) / 5


def test_hoa_xuan_waits_for_help(story: Story, replay: Replay, geography: Geography) -> None:
    district = geography.unit("Huyện Thuận Hòa")
    station = f"{geography.unit('Xã Hòa Xuân', within=district.code).code}-TYT"
    last = [event for event in story.events if event.task == ("31-CT/TU 2.1", station)][-1]
    assert last.verb is Verb.DIFFICULTY
    assert "thiếu 2 người truy vết" in last.text
    assert NOW - replay.last_word["31-CT/TU 2.1", f"{district.code}-TTYT"] >= timedelta(hours=48)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.key)
def test_assignments_come_from_a_section_of_a_confirmed_paper(assignment: Assignment) -> None:
    paper = directive(assignment.directive)
    assert paper.confirmed
    assert assignment.sent_at > paper.arrived_at
    assert assignment.theme in PROGRESS
    assert assignment.section in _sections(paper.blocks[-3])
    assert (assignment.deadline is None) == (assignment.recurrence == "every_case")


def _sections(body: str) -> set[str]:
    """Paths of the numbered lines of a body: I. / 1. / a)."""
    found, roman, number = set(), "", ""
    for line in body.splitlines():
        marker = re.match(r"([IVX]+)\. |(\d+)\. |([a-zđ])\) ", line + " ")
        if not marker:
            continue
        if marker[1]:
            roman, number = f"{marker[1]}.", ""
        elif marker[2]:
            number = marker[2]
        found.add(f"{roman}{number}" + (f".{marker[3]}" if marker[3] else ""))
    return found


def test_another_seed_tells_another_story(geography: Geography, organisations: Organisations, story: Story) -> None:
    assert make_story(geography, organisations) == story
    assert make_story(geography, organisations, seed=9).events != story.events
