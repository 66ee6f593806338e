"""The interval rule as a table of days, to sieve many doses at once for those that the rule itself must look at. Pure."""

import datetime as dt
from collections.abc import Iterator

from phaodai.rulebook import Rulebook
from phaodai.vaccination.rules.checking import INTERVAL, Given, ask_interval

_NUMBERS = range(2, 5)
_PROBE = dt.timedelta(days=3650)


def longest_waits(book: Rulebook) -> dict[tuple[int, str], int]:
    """Dose number and product of the dose before to the longest wait, in days, that any verified version asks for.

    A dose after more days than that is never too soon; one after fewer may be, and the rule of its own day decides.
    """
    waits: dict[tuple[int, str], int] = {}
    for number, product, days in _waits(book):
        waits[number, product] = max(days, waits.get((number, product), 0))
    return waits


def _waits(book: Rulebook) -> Iterator[tuple[int, str, int]]:
    products = list(book.vocabularies["product"].terms)
    for begin in sorted({one.begin for one in book.provisions.get(INTERVAL, ())}):
        last = Given(1, "", begin - _PROBE)
        for product in products:
            for number in _NUMBERS:
                decision = ask_interval(book, begin, Given(number - 1, product, last.given_on), number)
                earliest = decision.outcome["earliest"] if decision and decision.outcome else None
                if earliest is not None:
                    # A month of the probe may have fewer days than another.
                    yield number, product, (earliest - last.given_on).days + 3
