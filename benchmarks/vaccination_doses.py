"""Lists of doses at 3,000,000: every chip, order, page and search, as officers of the province, a district, a commune ask.

    PHAODAI_DATA=/tmp/books .venv/bin/phaodai demo --people 20000 --build-only
    PHAODAI_DATA=/tmp/books .venv/bin/python benchmarks/vaccination_doses.py [--asks 3] [--explain 40]

The books are those of `vaccination_books.py`, filled once. `--explain` prints the plans of statements slower than so many
milliseconds instead of the figures.
"""

import argparse

from vaccination_asking import explain, lists_of, load_of_machine, report, visitors
from vaccination_books import DOSES, PEOPLE, open_books

DESKS = {
    "doubts": ["/tiem-chung/nghi-ngo", "/tiem-chung/nghi-ngo?loai=van-tiem", "/tiem-chung/nghi-ngo?loai=tim-thay"],
    "reactions": ["/tiem-chung/phan-ung"],
    "sheets": ["/tiem-chung/bang-mui-tiem"],
    "the room": ["/tiem-chung/"],
}
WHOSE = {"identities": ["/tiem-chung/danh-tinh"]}


def main() -> None:
    """Print p50 and p95 of every kind of list for the three tiers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--doses", type=int, default=DOSES)
    parser.add_argument("--asks", type=int, default=3)
    parser.add_argument("--explain", type=float)
    asked = parser.parse_args()
    server = open_books(asked.people, asked.doses)
    from django.db import connections

    from phaodai.foundation.permissions import Permission
    from phaodai.vaccination.registers.doses import Doses

    print(f"{asked.doses:,} doses; {load_of_machine()}")
    for tier, visitor in visitors(Permission.VACCINATION_DOSE_READ, "vaccination_dose"):
        desks = DESKS | (WHOSE if visitor.actor.may(Permission.VACCINATION_IDENTITY_DECIDE) else {})
        kinds = lists_of(Doses(), visitor.actor) | desks
        if asked.explain is None:
            report(visitor, tier, kinds, asked.asks, typing="mui-tiem-table")
        else:
            explain(visitor, [one for addresses in kinds.values() for one in addresses], asked.explain)
    print(load_of_machine())
    connections.close_all()
    server.leave()


if __name__ == "__main__":
    main()
