"""Reproduction number by sliding window from daily counts (Cori et al. 2013), as CSV."""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from epidemic.delays import (
    DelayError,
    TruncatedNormal,
    UncertainSerialInterval,
    discretised_serial_interval,
    tabulated_serial_interval,
)
from epidemic.incidence import Incidence, SeriesError, read_incidence
from epidemic.reporting import dumps_in, mend
from epidemic.reproduction import (
    IncidenceError,
    ReproductionEstimate,
    estimate_reproduction,
    estimate_reproduction_uncertain,
)
from phaodai.__main__ import Refused
from phaodai.site.commands.tables import read_text

COLUMNS = ("t_start", "t_end", "mean", "sd", "q025", "median", "q975")
MOST_VARIATION = 0.3
"""Posterior sd over mean; 11 cases or more in a window stay below."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommand's options."""
    parser.add_argument("incidence", type=Path, help="CSV: a date column and a count column, or also a location column")
    parser.add_argument("--si-mean", type=float, help="mean serial interval, in days")
    parser.add_argument("--si-sd", type=float, help="its standard deviation, in days")
    parser.add_argument("--si-distribution", type=Path, help="CSV k,w instead: weight w of each delay of k days")
    parser.add_argument("--window", type=int, default=7, help="days in a window (7)")
    parser.add_argument("--missing", choices=("skip", "zero"), default="skip", help="days without a report (skip)")
    parser.add_argument("--mend", action="store_true", help="take weekdays, backlogs and dumps out of the counts first")
    uncertain = parser.add_argument_group("a serial interval that is itself uncertain (truncated normal, in days)")
    uncertain.add_argument("--si-mean-sd", type=float, help="standard deviation of the mean")
    uncertain.add_argument("--si-mean-range", type=float, nargs=2, metavar=("LOW", "HIGH"), help="bounds of the mean")
    uncertain.add_argument("--si-sd-sd", type=float, help="standard deviation of the standard deviation")
    uncertain.add_argument("--si-sd-range", type=float, nargs=2, metavar=("LOW", "HIGH"), help="bounds of it")
    uncertain.add_argument("--draws", type=int, default=100, help="serial intervals drawn (100)")
    uncertain.add_argument("--seed", type=int, default=1, help="seed of the draws (1)")


def run(args: argparse.Namespace) -> int:
    """Print one row per window, and per location where the table has them."""
    try:
        incidence = read_incidence(read_text(args.incidence))
        rows = [row for span in _spans(incidence) for row in _estimate(args, incidence, *span)]
    except (SeriesError, DelayError, IncidenceError) as error:
        raise Refused(str(error)) from error
    located = incidence.locations != ("",)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*(("location",) if located else ()), *COLUMNS))
    for place, *figures in sorted(rows, key=lambda row: incidence.locations.index(row[0])):
        writer.writerow((*((place,) if located else ()), *figures))
    return 0


def _spans(incidence: Incidence) -> list[tuple[list[int], int, int]]:
    """Places that share their first and last reported day, so that they can be estimated together."""
    if incidence.step != 1:
        raise SeriesError("the counts are weekly: the reproduction number needs one row per day")
    spans: dict[tuple[int, int], list[int]] = {}
    for place, reported in enumerate(~np.isnan(incidence.counts.T)):
        days = np.flatnonzero(reported)
        if days.size:
            spans.setdefault((int(days[0]), int(days[-1]) + 1), []).append(place)
    if not spans:
        raise SeriesError("no day has a count: fill the count column")
    return [(places, first, last) for (first, last), places in spans.items()]


def _estimate(
    args: argparse.Namespace, incidence: Incidence, places: list[int], first: int, last: int
) -> Iterator[tuple[str, ...]]:
    counts = incidence.counts[first:last, places]
    imported = None if incidence.imported is None else incidence.imported[first:last, places]
    if args.missing == "zero":
        counts = np.nan_to_num(counts)
    _tell_missing(incidence, places, counts)
    if args.mend:
        counts = mend(counts).pace
    else:
        _look_for_corrections(incidence, places, counts, first)
    estimate = _posterior(args, counts, imported)
    _tell_unsure(estimate)
    for column, place in enumerate(places):
        yield from ((incidence.locations[place], *row) for row in _figures(estimate, column))


def _tell_missing(incidence: Incidence, places: list[int], counts: np.ndarray) -> None:
    for place, missing in zip(places, np.isnan(counts).sum(axis=0), strict=True):
        if missing:
            where = f"{incidence.locations[place]}: " if incidence.locations[place] else ""
            print(
                f"{where}{missing} days without a report are left out (--missing zero: they count 0)", file=sys.stderr
            )


def _look_for_corrections(incidence: Incidence, places: list[int], counts: np.ndarray, first: int) -> None:
    """Refuse negative counts and tell of dumps, each with its day: estimated as they stand, both mislead."""
    for row, column in np.argwhere(counts < 0)[:1]:
        raise SeriesError(
            f"{_named(incidence, places[column], first + row)} has {counts[row, column]:g} cases: put the corrected count,"
            " leave the day empty, or add --mend"
        )
    for row, column in np.argwhere(dumps_in(counts)):
        print(
            f"{_named(incidence, places[column], first + row)} has {counts[row, column]:g} cases, far more than the days"
            " around support: --mend takes such dumps out",
            file=sys.stderr,
        )


def _tell_unsure(estimate: ReproductionEstimate) -> None:
    """Say how many windows hold so few cases that the prior still speaks in them (Cori et al. 2013, Web Appendix 1)."""
    unsure = int(np.sum(estimate.sd > MOST_VARIATION * estimate.mean))
    if unsure:
        print(
            f"{unsure} windows hold fewer than 11 cases: their figures are mostly the prior, of mean 5", file=sys.stderr
        )


def _named(incidence: Incidence, place: int, day: int) -> str:
    return f"{incidence.locations[place]} {incidence.dates[day]}".strip()


def _posterior(args: argparse.Namespace, counts: np.ndarray, imported: np.ndarray | None) -> ReproductionEstimate:
    if args.si_distribution is not None:
        weights = _tabulated(args.si_distribution)
    elif args.si_mean is None or args.si_sd is None:
        raise DelayError("no serial interval: give --si-mean and --si-sd in days, or --si-distribution FILE.csv")
    elif args.si_mean_sd is not None or args.si_sd_sd is not None:
        return estimate_reproduction_uncertain(
            counts,
            _uncertain(args),
            generator=np.random.default_rng(args.seed),
            draws=args.draws,
            window=args.window,
            imported=imported,
        )
    else:
        weights = discretised_serial_interval(len(counts), args.si_mean, args.si_sd)
    return estimate_reproduction(counts, weights, window=args.window, imported=imported)


def _tabulated(path: Path) -> np.ndarray:
    rows = list(csv.DictReader(read_text(path).lstrip("\ufeff").splitlines()))
    try:
        return tabulated_serial_interval([float(row["k"]) for row in rows], [float(row["w"]) for row in rows])
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, DelayError):
            raise
        raise DelayError(f"{path.name} must have the columns k (days) and w (weight), a number in each cell") from error


def _uncertain(args: argparse.Namespace) -> UncertainSerialInterval:
    if None in (args.si_mean_sd, args.si_sd_sd) or not (args.si_mean_range and args.si_sd_range):
        raise DelayError(
            "an uncertain serial interval needs all of --si-mean-sd, --si-mean-range, --si-sd-sd and --si-sd-range"
        )
    (mean_low, mean_high), (sd_low, sd_high) = args.si_mean_range, args.si_sd_range
    return UncertainSerialInterval(
        mean=TruncatedNormal(mean=args.si_mean, sd=args.si_mean_sd, low=mean_low, high=mean_high),
        sd=TruncatedNormal(mean=args.si_sd, sd=args.si_sd_sd, low=sd_low, high=sd_high),
    )


def _figures(estimate: ReproductionEstimate, column: int) -> Iterator[tuple[str, ...]]:
    """Rows of text; `nan` where the window ends too early to say."""
    values = (estimate.mean, estimate.sd, *estimate.quantiles.values())
    for window, (start, end) in enumerate(zip(estimate.t_start, estimate.t_end, strict=True)):
        yield (str(start), str(end), *(f"{value[window, column]:.15g}" for value in values))
