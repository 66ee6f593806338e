"""The rules of follow-up, of the ladder, of names and of files, over many invented cases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.command.rules.files import LARGEST_EVIDENCE, judge_evidence
from phaodai.command.rules.followup import (
    POLICY,
    FollowUpPolicy,
    Standing,
    TaskFacts,
    escalation_moment,
    judge,
    next_due,
)
from phaodai.command.rules.ladder import Rung, may_give
from phaodai.command.rules.matching import GROUPS, Candidate, match
from phaodai.foundation.formats import fold

moments = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
spans = st.timedeltas(timedelta(hours=1), timedelta(days=10))
policies = st.builds(FollowUpPolicy, silent_after=spans, escalate_after=spans, soon=spans)


@st.composite
def facts(draw: st.DrawFn) -> TaskFacts:
    """A task at some point of its life; a finished one was finished after it was given."""
    given_at = draw(moments)
    ending = draw(st.sampled_from(("live", "finished", "withdrawn")))
    return TaskFacts(
        finished=ending == "finished",
        withdrawn=ending == "withdrawn",
        deadline=draw(st.none() | moments),
        done_at=given_at + draw(spans) if ending == "finished" else None,
        last_word_at=given_at,
        escalated_at=draw(st.none() | moments),
    )


class TestFollowUp:
    """How a task stands."""

    @given(facts(), moments, policies)
    def test_a_task_is_late_when_its_end_is_after_its_deadline(
        self, task: TaskFacts, now: datetime, policy: FollowUpPolicy
    ) -> None:
        verdict = judge(task, now, policy)
        end = task.done_at or now
        late = task.deadline is not None and not task.withdrawn and end > task.deadline
        assert (verdict.late_by > timedelta(0)) == late
        assert (verdict.standing in (Standing.LATE, Standing.DONE_LATE)) == late

    @given(facts(), moments, policies)
    def test_what_is_over_is_neither_silent_nor_climbing(
        self, task: TaskFacts, now: datetime, policy: FollowUpPolicy
    ) -> None:
        verdict = judge(task, now, policy)
        if task.finished or task.withdrawn:
            assert (verdict.silent, verdict.left, verdict.escalates_at) == (False, None, None)
        else:
            assert verdict.silent == (now - task.last_word_at >= policy.silent_after)
            assert verdict.left == (task.deadline - now if task.deadline else None)

    @given(facts(), moments, policies, spans)
    def test_nothing_gets_better_by_waiting(
        self, task: TaskFacts, now: datetime, policy: FollowUpPolicy, wait: timedelta
    ) -> None:
        first, later = judge(task, now, policy), judge(task, now + wait, policy)
        assert later.late_by >= first.late_by
        assert later.silent >= first.silent

    @given(facts(), policies)
    def test_a_task_climbs_once_and_never_before_its_grace(self, task: TaskFacts, policy: FollowUpPolicy) -> None:
        at = escalation_moment(task, policy)
        if task.escalated_at is not None:
            assert at is None
            return
        silent = task.last_word_at + policy.silent_after + policy.escalate_after
        late = task.deadline + policy.escalate_after if task.deadline else silent
        assert at == min(silent, late)

    @given(moments, moments, st.sampled_from(("daily", "weekly")))
    def test_a_duty_falls_due_again_at_the_same_hour(self, deadline: datetime, now: datetime, recurrence: str) -> None:
        due = next_due(deadline, recurrence, now)
        step = timedelta(days=1 if recurrence == "daily" else 7)
        assert due > now or due == deadline > now
        assert (due - deadline) % step == timedelta(0)
        assert due == deadline or due - step <= now

    @given(moments, moments, st.sampled_from(("once", "every_case", "")))
    def test_what_does_not_recur_keeps_its_deadline(self, deadline: datetime, now: datetime, recurrence: str) -> None:
        assert next_due(deadline, recurrence, now) == deadline

    def test_the_working_rules_are_those_that_the_screens_print(self) -> None:
        assert (POLICY.silent_after, POLICY.escalate_after) == (timedelta(hours=48), timedelta(hours=24))


@st.composite
def rungs(draw: st.DrawFn) -> Rung:
    """A body somewhere on a small ladder: two provinces, of two districts, of two communes each."""
    tier, province = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    district = province * 10 + draw(st.integers(1, 2)) if tier > 1 else None
    commune = district * 10 + draw(st.integers(1, 2)) if district and tier > 2 else None
    parent = draw(st.none() | st.integers(1, 6))
    return Rung(draw(st.integers(1, 6)), tier, province, district, commune, parent, draw(st.booleans()))


class TestLadder:
    """Whom a unit may give work to."""

    @given(rungs(), rungs())
    def test_never_to_itself_to_a_closed_one_or_to_another_province(self, giver: Rung, taker: Rung) -> None:
        if taker.closed or giver.id == taker.id or giver.province != taker.province:
            assert not may_give(giver, taker)

    @given(rungs(), rungs())
    def test_never_upwards_but_to_what_answers_to_it(self, giver: Rung, taker: Rung) -> None:
        if may_give(giver, taker) and taker.parent != giver.id:
            assert taker.tier >= giver.tier

    @given(rungs(), rungs())
    def test_never_out_of_its_own_area(self, giver: Rung, taker: Rung) -> None:
        if may_give(giver, taker) and taker.parent != giver.id:
            assert giver.district in (None, taker.district)
            assert giver.commune in (None, taker.commune)

    @given(rungs(), rungs(), rungs())
    def test_what_the_taker_may_pass_on_the_giver_might_have_given(self, top: Rung, middle: Rung, low: Rung) -> None:
        """Only for the ladder of areas: a body that answers to another may stand elsewhere."""
        ladder = None in (middle.parent, low.parent) and top.parent is None
        if ladder and low.parent is None and middle.parent is None and top.id != low.id:
            assert not (may_give(top, middle) and may_give(middle, low)) or may_give(top, low)


CANDIDATES = (
    Candidate(1, "department", 1, "so y te", "syt"),
    Candidate(2, "department", 1, "so cong thuong", "sct"),
    Candidate(3, "peoples_committee", 2, "uy ban nhan dan huyen thuan hoa", "ubnd huyen thuan hoa"),
    Candidate(4, "peoples_committee", 2, "uy ban nhan dan huyen phu khe", "ubnd huyen phu khe"),
    Candidate(5, "peoples_committee", 3, "uy ban nhan dan xa tan loc", "ubnd xa tan loc"),
    Candidate(6, "health_centre", 2, "trung tam y te huyen thuan hoa", "ttyt thuan hoa"),
)


class TestMatching:
    """From printed names to organisations."""

    @given(st.text(max_size=60))
    def test_any_words_find_only_what_exists(self, printed: str) -> None:
        found = match(printed, fold(printed), CANDIDATES)
        assert found.printed == printed
        assert set(found.organisations) <= {one.id for one in CANDIDATES}
        assert len(set(found.organisations)) == len(found.organisations)

    @given(st.sampled_from(CANDIDATES), st.sampled_from(("", ".", " ;", "  ,")))
    def test_its_own_name_finds_it(self, one: Candidate, tail: str) -> None:
        for name in (one.name, one.short_name):
            assert one.id in match(name, fold(name), CANDIDATES).organisations
        assert one.id in match(one.name, fold(f"{one.name} {tail}"), CANDIDATES).organisations

    @pytest.mark.parametrize(
        ("printed", "ids"),
        [
            ("Sở Y tế", (1,)),
            ("UBND các huyện, thành phố", (3, 4)),
            ("Ủy ban nhân dân các xã, phường, thị trấn", (5,)),
            ("Trung tâm Y tế các huyện", (6,)),
            ("Các sở, ban, ngành của tỉnh", (1, 2)),
            ("Bộ Y tế", ()),
            ("", ()),
        ],
    )
    def test_printed_names(self, printed: str, ids: tuple[int, ...]) -> None:
        assert match(printed, fold(printed), CANDIDATES).organisations == ids

    def test_every_group_finds_its_tier(self) -> None:
        for cue, kinds in GROUPS:
            for kind, tier in kinds:
                body = Candidate(9, kind, tier, "ten rieng khong ai co", "khong ai co")
                assert match(cue, cue, (body,)).organisations == (9,)


class TestFiles:
    """Which evidence is taken."""

    @given(st.text(max_size=20), st.binary(max_size=200))
    def test_any_file_gets_a_verdict_with_a_reason_or_a_kind(self, name: str, content: bytes) -> None:
        verdict = judge_evidence(name, content)
        assert verdict.taken == bool(verdict.content_type)
        assert verdict.taken == (not verdict.reason)
        assert verdict.taken or verdict.reason in ("empty", "large", "kind")

    @given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1))
    def test_plain_words_are_taken_whatever_the_name(self, text: str) -> None:
        assert judge_evidence("ghi-chu.exe", text.encode()).taken

    @pytest.mark.parametrize("start", [b"MZ\x90\x00", b"\x7fELF\x02", b"\xca\xfe\xba\xbe\x80"])
    @pytest.mark.parametrize("name", ["anh.jpg", "bao-cao.pdf", "so-lieu.xlsx"])
    def test_a_program_stays_one_under_any_name(self, start: bytes, name: str) -> None:
        assert not judge_evidence(name, start + bytes(range(256))).taken

    def test_a_large_file_is_not_taken(self) -> None:
        assert judge_evidence("anh.jpg", b"\xff\xd8\xff" + b"0" * LARGEST_EVIDENCE).reason == "large"

    def test_an_archive_is_taken_as_the_office_file_it_is_named_for(self) -> None:
        assert judge_evidence("a.xlsx", b"PK\x03\x04....").content_type.endswith("spreadsheetml.sheet")
        assert judge_evidence("a.zip", b"PK\x03\x04\xff\xff").reason == "kind"
