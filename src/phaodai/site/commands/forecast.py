"""Weekly forecast as quantiles, from what was known on a day, as CSV."""

import argparse
import csv
import sys
from datetime import date
from pathlib import Path

import numpy as np

from epidemic.calendar import daily_counts, last_day, target_ends
from epidemic.forecast import are_whole, forecast_weeks
from epidemic.incidence import Incidence, SeriesError, parse_day, read_incidence
from epidemic.scoring import QUANTILE_LEVELS
from phaodai.__main__ import Refused
from phaodai.site.commands.tables import read_text

EVERYWHERE = "all"
MOST_WEEKS = 12
# Days from the last row to the end of the first target week, beyond which the rows are out of date.
LATE = 14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommand's options."""
    parser.add_argument(
        "series", type=Path, help="CSV: date, count, or also location; or one column of counts per place"
    )
    parser.add_argument("--as-of", required=True, help="the day it is made, YYYY-MM-DD; later rows are not looked at")
    parser.add_argument("--horizon-weeks", type=int, default=4, help="weeks ahead, each ending on Saturday (4)")


def run(args: argparse.Namespace) -> int:
    """Print one row per location, target week and quantile."""
    as_of = parse_day(args.as_of)
    if as_of is None:
        raise Refused(f"--as-of '{args.as_of}' is no date: write it as YYYY-MM-DD")
    if not 1 <= args.horizon_weeks <= MOST_WEEKS:
        raise Refused(f"--horizon-weeks must be 1 to {MOST_WEEKS}, not {args.horizon_weeks}")
    try:
        incidence = read_incidence(read_text(args.series), until=as_of)
    except SeriesError as error:
        raise Refused(str(error)) from error
    ends = target_ends(as_of, args.horizon_weeks)
    lead, whole = (ends[0] - last_day(incidence)).days, are_whole(incidence.counts)
    counts = daily_counts(incidence)
    if lead > LATE:
        print(
            f"the last row is of {last_day(incidence)}: the forecast reaches over the gap and is wide", file=sys.stderr
        )
    _write(incidence, ends, forecast_weeks(counts, lead=lead, weeks=args.horizon_weeks, whole=whole))
    return 0


def _write(incidence: Incidence, ends: list[date], quantiles: np.ndarray) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("location", "target_end_date", "quantile", "value"))
    for place, name in enumerate(incidence.locations):
        for week, end in enumerate(ends):
            values = zip(QUANTILE_LEVELS, quantiles[week, place], strict=True)
            writer.writerows(
                (name or EVERYWHERE, end, f"{level:g}", f"{value:.6g}" if value < 1e6 else f"{value:.0f}")
                for level, value in values
            )
