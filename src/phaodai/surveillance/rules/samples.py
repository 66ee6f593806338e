"""What a tube and a result may be to each other: every mistake has a code, and words for it stand in `actions.sample_words`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from phaodai.surveillance.rules.words import plain

POSITIVE, NEGATIVE, UNCLEAR = "positive", "negative", "unclear"
DUE, RESULTED, REJECTED, DROPPED = "due", "resulted", "rejected", "dropped"
KEPT_COLD = timedelta(days=5)
"""How long a swab keeps at 2-8 degrees; later it must have been frozen (WHO, Laboratory testing for coronavirus disease
2019 in suspected human cases, interim guidance of 19 March 2020, table 2)."""
CLOCKS_APART = timedelta(minutes=5)
"""Clocks of phones and laboratories run a little ahead of ours."""
HIGHEST_CT = 50

Problem = Literal[
    "", "unknown", "not-taken", "rejected", "other-result", "before-taken", "future", "too-old", "twice", "no-result",
    "no-barcode", "bad-time", "bad-ct",
]  # fmt: skip
_LABEL = re.compile(r"([A-Z0-9./-]*?)([0-9]{1,18})", re.ASCII)
_RESULTS: Mapping[str, str] = {
    plain(word): value
    for value, words in {
        POSITIVE: ("positive", "pos", "+", "dương tính", "duong tinh", "dương", "dt", "1", "detected", "phát hiện"),
        NEGATIVE: ("negative", "neg", "-", "âm tính", "am tinh", "âm", "at", "0", "not detected", "không phát hiện"),
        UNCLEAR: ("unclear", "invalid", "inconclusive", "không rõ", "không xác định", "nghi ngờ", "lấy lại mẫu"),
    }.items()
    for word in words
    if plain(word)
}
_SIGNS = {"+": POSITIVE, "-": NEGATIVE, "(+)": POSITIVE, "(-)": NEGATIVE}


@dataclass(frozen=True, slots=True)
class Tube:
    """What the books know of a tube."""

    state: str
    taken_at: datetime | None
    received_at: datetime | None = None
    result: str = ""
    result_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a laboratory says of a tube; `result_at` empty means now."""

    barcode: str
    result: str
    result_at: datetime
    cycle_threshold: float | None = None


def read_result(text: str) -> str:
    """The result behind a word or a sign; empty where it is none."""
    return _SIGNS.get(text.strip()) or _RESULTS.get(plain(text), "")


def read_barcode(text: str) -> str:
    """A barcode as the books keep it: capitals, no blanks, without the signs that scanners add."""
    return re.sub(r"\s+", "", text).strip("*").upper()


def number_of(barcode: str) -> tuple[str, int, int] | None:
    """Letters, number and digits of a barcode that ends in a number; None for another."""
    match = _LABEL.fullmatch(barcode)
    return (match[1], int(match[2]), len(match[2])) if match else None


def problem_of(tube: Tube | None, reading: Reading, moment: datetime) -> Problem:
    """Why a result cannot be taken; empty where it can, or where the books say the same already."""
    if tube is None:
        return "unknown"
    if reading.result not in (POSITIVE, NEGATIVE, UNCLEAR):
        return "no-result"
    if tube.state == RESULTED:
        return "" if tube.result == reading.result else "other-result"
    if tube.state in (DUE, DROPPED) or tube.taken_at is None:
        return "not-taken"
    if tube.state == REJECTED:
        return "rejected"
    return _wrong_time(tube.taken_at, tube.received_at, reading, moment)


def _wrong_time(taken: datetime, received: datetime | None, reading: Reading, moment: datetime) -> Problem:
    if reading.result_at > moment + CLOCKS_APART:
        return "future"
    if reading.result_at < taken:
        return "before-taken"
    if received is None and reading.result_at - taken > KEPT_COLD:
        return "too-old"
    if reading.cycle_threshold is not None and not 0 < reading.cycle_threshold <= HIGHEST_CT:
        return "bad-ct"
    return ""


def is_told_already(tube: Tube, reading: Reading) -> bool:
    """Whether the books say the same: a second sending changes nothing."""
    return tube.state == RESULTED and tube.result == reading.result


def too_old(taken: datetime, moment: datetime) -> bool:
    """Whether a tube that arrives now has stood longer than a swab keeps in the cold."""
    return moment - taken > KEPT_COLD
