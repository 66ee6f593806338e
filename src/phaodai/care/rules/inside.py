"""Whether somebody may have caught the disease inside a facility. Pure."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from epidemic.simulation.variants import ALPHA, DELTA, OMICRON, WILD
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook import Rulebook

INCUBATION = "incubation-period"
MEANS_FROM = "Wu et al. 2022, JAMA Netw Open 5(8):e2228008"
LONGEST_MEAN = ceil(max(one.incubation_mean for one in (WILD, ALPHA, DELTA, OMICRON)))
"""The longest mean incubation of the variants known, in whole days: which one somebody has is rarely known in time."""


@dataclass(frozen=True)
class Ground:
    """Why an infection is suspected to have begun inside: the window in days, the document or study behind it."""

    sign: str
    window_days: int
    source: str
    began_by: str
    began_on: date
    days_inside: int


def ground_of(
    *,
    admitted_on: date,
    for_another_reason: bool,
    negative_at_admission: bool | None,
    onset_on: date | None,
    positive_on: date | None,
    legal_window: tuple[int, str] | None,
) -> Ground | None:
    """Why somebody may have been infected inside; None where nothing says so.

    The first sign is the onset, without one the first positive sample. Whoever was negative on admission counts once it comes
    later than the longest mean incubation after it; whoever came for another reason and was not tested, once it comes
    later than the incubation period of the regulation (`legal_window`: days, document).
    """
    began = onset_on or positive_on
    if began is None:
        return None
    days, by = (began - admitted_on).days, "onset" if onset_on else "positive"
    if negative_at_admission and days > LONGEST_MEAN:
        return Ground("negative", LONGEST_MEAN, MEANS_FROM, by, began, days)
    if for_another_reason and legal_window is not None and days > legal_window[0]:
        return Ground("other_reason", *legal_window, by, began, days)
    return None


def legal_window(book: Rulebook, on: date) -> tuple[int, str] | None:
    """The incubation period by regulation on a day, and its document; None where nobody has verified one."""
    try:
        found = book.value(INCUBATION, on)
    except NoSuchLaw:
        return None
    return (int(found.then), found.document.number) if found.verified else None
