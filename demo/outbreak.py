"""The outbreak of the invented province: a market, a garment workshop, a funeral, and a few that nobody can place.

Every row is somebody who does not exist. Days are of November 2021; the story ends on the 24th at 06:40.
"""

from dataclasses import dataclass
from datetime import date, datetime

from demo.directives import at

MARKET, WORKSHOP = "Chợ Tân Lộc", "Xưởng may Hòa Xuân"
FIRST_NUMBER = 4_291
"""Earlier waves of the year used up the numbers before it."""


@dataclass(frozen=True)
class Ill:
    """One case. `source` is the number of who infected it, 0 where nobody knows; `sure` is the certainty of that.

    `onset` None: no symptoms; `result_at` None: the result is awaited, and the case a suspected one.
    """

    number: int
    commune: str
    sex: str
    age: int
    occupation: str
    onset: int | None
    sampled: int
    result_at: datetime | None
    source: int = 0
    setting: str = "market"
    detected_by: str = "symptoms"
    sure: str = "likely"

    @property
    def onset_on(self) -> date | None:
        """The day of onset."""
        return date(2021, 11, self.onset) if self.onset else None


TAN_LOC, HOA_XUAN, BEN_GO = "Tân Lộc", "Hòa Xuân", "Bến Gỗ"
_C, _S, _Q = "contact", "screening", "quarantine"

MARKET_CHAIN = (
    Ill(4291, TAN_LOC, "M", 47, "lái xe hàng", 14, 16, at(16, 15, 10)),
    Ill(4352, TAN_LOC, "F", 52, "bán thịt lợn", 17, 18, at(19, 9, 30), 4291, sure="proven"),
    Ill(4360, TAN_LOC, "F", 41, "bán rau dãy B", 17, 19, at(19, 21, 5), 4291, sure="proven"),
    Ill(4371, TAN_LOC, "M", 63, "bảo vệ chợ", 18, 19, at(20, 8, 15), 4291),
    Ill(4388, TAN_LOC, "M", 29, "phụ xe", 19, 20, at(21, 10, 40), 4352, detected_by=_C),
    Ill(4401, HOA_XUAN, "F", 38, "bán hàng ăn", 20, 21, at(22, 7, 50), 4352, detected_by=_C, sure="proven"),
    Ill(4402, TAN_LOC, "F", 9, "học sinh", None, 21, at(22, 7, 50), 4352, "household", _Q, "proven"),
    Ill(4409, TAN_LOC, "M", 71, "già yếu", 20, 21, at(22, 19, 20), 4371, "household", _C, "proven"),
    Ill(4417, TAN_LOC, "F", 34, "tiểu thương", 21, 22, at(23, 21, 40), 4360),
    Ill(4418, TAN_LOC, "F", 58, "nội trợ", 21, 22, at(23, 21, 40), 4360),
    Ill(4423, HOA_XUAN, "M", 45, "thợ xây", 22, 22, at(23, 22, 10), 4401, "community", _C),
    Ill(4431, TAN_LOC, "M", 37, "thợ điện", 22, 23, at(24, 2, 30), 4417, "household", _C, "possible"),
    Ill(4433, TAN_LOC, "F", 12, "học sinh", 23, 23, None, 4417, "household", _C, "possible"),
    Ill(4434, TAN_LOC, "F", 66, "nội trợ", 23, 23, None, 4417, "market", _C, "possible"),
)

WORKSHOP_CHAIN = (
    Ill(4340, HOA_XUAN, "F", 26, "công nhân may", 15, 17, at(18, 11, 0), setting="workplace", detected_by=_S),
    *(
        Ill(4375 + turn, HOA_XUAN, "FM"[turn % 4 == 0], 21 + 2 * turn, "công nhân may", 18 + turn % 3, 20 + turn % 2,
            at(21 + turn % 2, 16, 20), 4340, "workplace", _Q if turn % 2 else _S)
        for turn in range(8)
    ),
    Ill(4404, HOA_XUAN, "M", 54, "lái xe ôm", 20, 21, at(22, 14, 5), 4375, "household", _C, "proven"),
    Ill(4405, HOA_XUAN, "F", 50, "nội trợ", 21, 21, at(22, 14, 5), 4376, "household", _C, "proven"),
    Ill(4427, HOA_XUAN, "F", 31, "công nhân may", 22, 22, at(23, 16, 45), 4378, "workplace", _Q),
    Ill(4428, HOA_XUAN, "F", 24, "công nhân may", None, 22, at(23, 16, 45), 4378, "workplace", _Q),
)  # fmt: skip

FUNERAL_CHAIN = (
    Ill(4348, BEN_GO, "M", 68, "hưu trí", 16, 18, at(19, 7, 30), setting="gathering"),
    Ill(4392, BEN_GO, "F", 64, "nội trợ", 19, 20, at(21, 15, 25), 4348, "household", _C, "proven"),
    Ill(4393, BEN_GO, "M", 40, "nông dân", 19, 20, at(21, 15, 25), 4348, "gathering", _C),
    Ill(4394, BEN_GO, "M", 43, "nông dân", 20, 21, at(22, 9, 0), 4348, "gathering", _C),
    Ill(4420, BEN_GO, "F", 17, "học sinh", 22, 22, at(23, 18, 0), 4393, "household", _Q, "proven"),
)

ALONE = (
    Ill(4295, BEN_GO, "M", 33, "lái xe đường dài", 13, 15, at(16, 9, 10), setting="arrival", detected_by="arrival"),
    Ill(4318, HOA_XUAN, "M", 27, "công nhân", None, 16, at(17, 13, 30), setting="arrival", detected_by="arrival"),
    Ill(4366, BEN_GO, "F", 23, "sinh viên", 18, 19, at(20, 10, 0), setting="arrival", detected_by="arrival"),
    Ill(4398, TAN_LOC, "F", 75, "già yếu", 20, 21, at(21, 23, 15), setting=""),
    Ill(4414, BEN_GO, "M", 56, "bảo vệ", 21, 22, at(23, 9, 45), setting="", detected_by=_S),
)

CASES = tuple(sorted((*MARKET_CHAIN, *WORKSHOP_CHAIN, *FUNERAL_CHAIN, *ALONE), key=lambda one: one.number))
