"""The rulebook as it counts in one province: the national packs with what its officers have verified laid over them."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from phaodai.foundation.clock import VIETNAM
from phaodai.rulebook.book import DEFAULT_DISEASE, Rulebook, load
from phaodai.rulebook.errors import Refusal as UnfitEntry
from phaodai.rulebook.models import Verification
from phaodai.rulebook.overlay import OverlayEntry
from phaodai.rulebook.provisions import Provision

KEPT_BOOKS = 32


def rulebook_for(province_id: int | None, disease: str = DEFAULT_DISEASE, as_of: datetime | None = None) -> Rulebook:
    """What counts in a province now, or as it was known at the moment `as_of`; None: the national packs alone.

    One query a call (its policy shows an officer the entries of the own province alone); a signed entry never changes,
    so id, value and moment of signing say which rulebook it is, and each is put together once per process. The id alone
    would not do: another database, such as a restored one, may give it to another entry.
    """
    if province_id is None:
        return load(disease)
    standing = Verification.objects.of(province_id, disease).standing(as_of).order_by("id")
    return _laid_over(disease, tuple(standing.values_list("id", "value_name", "signed_at")))


@lru_cache(maxsize=KEPT_BOOKS)
def _laid_over(disease: str, signed: tuple[tuple[int, str, datetime], ...]) -> Rulebook:
    if not signed:
        return load(disease)
    ids = [one for one, _name, _moment in signed]
    return with_verifications(load(disease), Verification.objects.filter(pk__in=ids).order_by("id"))


def with_verifications(book: Rulebook, verifications: Iterable[Verification]) -> Rulebook:
    """The rulebook with signed entries laid over it.

    An entry whose value a newer pack no longer has, or gives another form, is left out: it decides nothing, and the
    queue shows it (`is_fit`).
    """
    for one in verifications:
        if is_fit(book, one):
            book = book.with_overlay([entry_of(book, one)])
    return book


def is_fit(book: Rulebook, verification: Verification) -> bool:
    """Whether the packs still have the value that was verified, in the form in which it was."""
    if provision_named(book, verification.value_name) is None:
        return False
    try:
        book.with_overlay([entry_of(book, verification)])
    except UnfitEntry:
        return False
    return True


def entry_of(book: Rulebook, verification: Verification) -> OverlayEntry:
    """A signed entry as the rulebook takes it; its value must be in the rulebook."""
    table, row = verification.table_and_row
    return OverlayEntry(
        table=table,
        row=row,
        begin=verification.first_day,
        end=verification.last_day,
        then=verification.value,
        document=book.documents[verification.document],
        clause=verification.clause,
        scope=str(verification.province_id),
        signed_by=verification.officer_name,
        signed_on=verification.signed_at.astimezone(VIETNAM).date(),
        note=verification.note,
        state="abolished" if verification.abolished else "set",
    )


def provision_named(book: Rulebook, name: str) -> Provision | None:
    """The national value of that name (`table/row@first day`)."""
    table = name.partition("/")[0]
    return next((one for one in book.provisions.get(table, ()) if one.name == name and not one.scope), None)


def awaits_verification(provision: Provision) -> bool:
    """Whether a legal officer can do something about this national value: it, or a field of it, is unverified."""
    return not provision.scope and (not provision.verified or bool(provision.doubtful))
