"""What a level that was announced asks of whom: the work of Article 3 of the decision, with deadlines and sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from phaodai.containment.rules.decision_paper import COLOURS, Limit

AT_LEAST = timedelta(hours=12)
"""Nobody is asked for anything within less time than this: a level that needs no notice may begin within the hour."""
TO_CHECK, TO_SUPERVISE, TO_VACCINATE = timedelta(days=1), timedelta(days=2), timedelta(weeks=2)
"""After the level begins. Working rules: no document sets them; two weeks are what criterion 1 is averaged over."""
SERIOUS = 3
LONGEST = 300
COMMITTEE, CENTRE, STATION, POLICE = "peoples_committee", "health_centre", "health_station", "police"


@dataclass(frozen=True)
class Turn:
    """A level as it was announced, with what it limits and how many older people still need a full course."""

    unit: str
    before: int | None
    after: int
    begins: datetime
    told: datetime
    limits: Sequence[Limit]
    unvaccinated: int = 0

    @property
    def rises(self) -> bool:
        """Whether the unit goes up, or begins high."""
        return self.after >= SERIOUS if self.before is None else self.after > self.before

    @property
    def due(self) -> datetime:
        """By when everything must be ready."""
        return max(self.begins, self.told + AT_LEAST)

    @property
    def words(self) -> str:
        """cấp 3 (cam) tại xã Tân Lộc"""
        return f"cấp {self.after} ({COLOURS[self.after]}) tại {self.unit[:1].lower()}{self.unit[1:]}"


@dataclass(frozen=True)
class Duty:
    """Work for one kind of body: of the unit itself, or of the one above (`above`). `clause` is that of the decision."""

    body: str
    clause: str
    title: str
    measure: str
    deadline: datetime
    above: bool = False
    target: Decimal | None = None


def duties_of(turn: Turn) -> list[Duty]:
    """Nothing follows a first level that is low; a fall asks the committee alone."""
    if turn.before is None and not turn.rises:
        return []
    return [*_committee(turn), *(_others(turn) if turn.rises else ())]


def _committee(turn: Turn) -> Iterator[Duty]:
    told = f"Thông báo {turn.words} từ {turn.begins:%H:%M %d/%m/%Y} đến từng thôn, tổ dân phố, cơ sở"
    yield Duty(COMMITTEE, "Đ3.1", told, "Tất cả thôn, tổ dân phố, cơ sở đã được thông báo", turn.due)
    verb = "Áp dụng biện pháp" if turn.rises else "Điều chỉnh biện pháp theo"
    yield Duty(COMMITTEE, "Đ3.1", f"{verb} {turn.words}", measures_of(turn.limits), turn.due + TO_CHECK)


def measures_of(limits: Sequence[Limit]) -> str:
    """What is limited, with its documents, as short as a task's measure must be."""
    if not limits:
        return "Không còn biện pháp hạn chế theo cấp độ"
    documents = "; ".join(dict.fromkeys(one.source for one in limits))
    room = LONGEST - len(documents) - len("Hạn chế hoặc dừng:  ()")
    activities = "; ".join(one.activity for one in limits)
    shown = activities if len(activities) <= room else f"{activities[: room - 1].rsplit(';', 1)[0]}; …"
    return f"Hạn chế hoặc dừng: {shown} ({documents})"


def _others(turn: Turn) -> Iterator[Duty]:
    checked = f"Kiểm tra, chỉ đạo thực hiện {turn.words}"
    yield Duty(COMMITTEE, "Đ3.2", checked, "Đã kiểm tra tại chỗ, có biên bản", turn.due + TO_SUPERVISE, above=True)
    plan = f"Rà soát phương án thu dung, điều trị theo {turn.words}"
    yield Duty(CENTRE, "Đ3.3", plan, "Phương án đủ giường, ô xy, nhân lực cho cấp độ này", turn.due, above=True)
    if turn.unvaccinated:
        doses = f"Tiêm đủ liều cho người cao tuổi còn thiếu tại {turn.unit[:1].lower()}{turn.unit[1:]}"
        share = "Tiêu chí 2b: 80% người cao tuổi đã tiêm đủ liều (4800/QĐ-BYT)"
        yield Duty(STATION, "Đ3.3", doses, share, turn.due + TO_VACCINATE, target=Decimal(turn.unvaccinated))
    if turn.limits:
        police = f"Phối hợp kiểm tra cơ sở phải dừng hoặc hạn chế ở {turn.words}"
        yield Duty(POLICE, "Đ3.4", police, measures_of(turn.limits), turn.due + TO_CHECK)
