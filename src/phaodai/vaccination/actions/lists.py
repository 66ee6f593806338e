"""Lists of units: taken in, read step by step, each person once whichever lists name them; and what became of each person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact, ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Unit
from phaodai.vaccination.actions.lists_joining import Come, Joining, Parked
from phaodai.vaccination.law.plan import next_dose, ranks_on
from phaodai.vaccination.models import Invitation, ListEntry, PriorityList

PARKED = "danh-sach-tiem"
"""Under this name the rows that wait are kept beside those of other sheets."""
_ANSWERS = (
    ListEntry.State.WAITING, ListEntry.State.DECLINED, ListEntry.State.DEFERRED, ListEntry.State.NOT_FOUND,
    ListEntry.State.MOVED,
)  # fmt: skip


@transaction.atomic
def receive_list(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    unit: Unit,
    group: str,
    content: bytes,
    rows: int,
    sender: str = "",
) -> PriorityList:
    """Keep a sheet that a unit sent, to be read in steps; the same file again is the list that is there already."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    require_inside(actor, unit)
    digest = sha256(content).hexdigest()
    known = PriorityList.objects.visible_to(actor).filter(unit=unit, group=group, sha256=digest).first()
    if known is not None:
        return known
    received = PriorityList(
        name=name.strip()[:200], unit=unit, group=group, sender=sender.strip()[:200], content=content, sha256=digest,
        rows=rows, received_at=moment, organisation_id=actor.organisation or None, officer_id=actor.officer,
        **columns_of_area(unit),
    )  # fmt: skip
    with worded("file"):
        received.save()
    Fact.tell("vaccination:list:received", subject=received, moment=moment, officer=actor.officer, rows=rows)
    return received


@transaction.atomic
def write_step(
    *, actor: Actor, moment: datetime, list_id: int, come: Sequence[Come], parked: Sequence[Parked], reached: int
) -> PriorityList:
    """Write the rows up to `reached` and remember the place, so that a reading that was broken off goes on there."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    received = list_for(actor, list_id)
    if reached <= received.reached:
        return received
    joining = Joining(received, actor, moment, ranks_on(rulebook_for(received.province_id), moment.date()))
    elsewhere = joining.write(come)
    _clear_mended(come, actor, moment)
    _park(received, [*parked, *elsewhere], actor, moment)
    received.added += joining.added
    received.joined += joining.joined
    received.parked += len(parked) + len(elsewhere)
    received.reached, received.version = reached, received.version + 1
    if reached >= received.rows:
        received.state, received.content = PriorityList.State.FINISHED, b""
    received.save()
    if received.state == PriorityList.State.FINISHED:
        told = {"added": received.added, "joined": received.joined, "parked": received.parked}
        Fact.tell("vaccination:list:read", subject=received, moment=moment, officer=actor.officer, **told)
    return received


def list_for(actor: Actor, list_id: int) -> PriorityList:
    """A list that the officer may see, locked."""
    found = PriorityList.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=list_id).first()
    if found is None:
        raise NotHere(_("There is no such list that your post may see."))
    return found


def _park(received: PriorityList, parked: Sequence[Parked], actor: Actor, moment: datetime) -> None:
    ParkedRow.objects.bulk_create(
        ParkedRow(
            register=PARKED, officer_id=actor.officer, sheet=received.name, row_number=one.row, cells=dict(one.cells),
            reason=one.reason[:1000], parked_at=moment,
        )
        for one in parked
    )  # fmt: skip


def _clear_mended(come: Sequence[Come], actor: Actor, moment: datetime) -> None:
    """A row that came in at last is not waiting any more: it is the parked one with at most one cell mended."""
    waiting = list(ParkedRow.objects.waiting(PARKED, actor.officer)[:5000])
    if not waiting:
        return
    by_cell: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for one in come:
        for head, text in one.cells.items():
            by_cell[head, text].append(one.cells)
    mended = [row.pk for row in waiting if any(_mends(cells, row.cells) for cells in _near(row.cells, by_cell))]
    ParkedRow.objects.filter(pk__in=mended).update(cleared_at=moment)


def _near(
    cells: Mapping[str, str], by_cell: Mapping[tuple[str, str], list[Mapping[str, str]]]
) -> list[Mapping[str, str]]:
    """Rows that share the rarest cell but one, so that few are compared: at most one cell was mended."""
    found = sorted((by_cell.get(cell, []) for cell in cells.items() if cell[1]), key=len)[:2]
    return [row for rows in found for row in rows]


def _mends(cells: Mapping[str, str], parked: Mapping[str, str]) -> bool:
    return sum(cells.get(head, "") != text for head, text in parked.items()) <= 1


@transaction.atomic
def follow_entries(*, actor: Actor, moment: datetime, entry_ids: Sequence[int], state: str, reason: str = "") -> int:
    """Write what became of people: declined, deferred with a reason, not found, moved, or waiting again."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    if state not in _ANSWERS:
        raise Refusal(_("Choose what became of the person."), field="state")
    if state == ListEntry.State.DEFERRED and not reason.strip():
        raise Refusal(_("Say why the dose is deferred."), field="reason")
    entries = ListEntry.objects.visible_to(actor).filter(pk__in=entry_ids)
    changed = entries.update(
        state=state, state_reason=reason.strip()[:200], state_at=moment, state_by=actor.officer, updated_at=moment
    )
    if not changed:
        raise NotHere(_("There is nobody among them whom your post may see."))
    standing = Invitation.objects.filter(entry_id__in=entry_ids, state__in=["invited", "reserve"])
    standing.update(state=Invitation.State.WITHDRAWN, answered_at=moment, updated_at=moment)
    return changed


@transaction.atomic
def answer_lookalike(*, actor: Actor, moment: datetime, entry_id: int, same: bool) -> ListEntry:
    """Say whether two entries are one person. Of one, the sources move to the entry that was there first."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    entry = ListEntry.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None or entry.lookalike is None:
        raise NotHere(_("There is no such pair, or somebody answered already."))
    first = entry.lookalike
    if same:
        if entry.invitations.exists():
            raise Refusal(_("This person is invited already. Withdraw the invitation first."))
        entry.sources.update(entry=first)
        entry.state, entry.state_reason = ListEntry.State.MOVED, _("The same person as entry %(pk)d") % {"pk": first.pk}
        entry.state_at, entry.state_by = moment, actor.officer
    entry.lookalike, entry.version = None, entry.version + 1
    entry.save()
    Fact.tell("vaccination:list:joined", subject=first, moment=moment, officer=actor.officer, same=same, entry=entry.pk)
    return entry


@transaction.atomic
def note_dose(
    *, actor: Actor, moment: datetime, entry_id: int, product: str, number: int, given_on: date, last: bool = False
) -> ListEntry:
    """A dose was given to somebody on the lists: they wait for the next from the day that the interval rule gives.

    `last` says that the course is complete. Asked by whoever records doses, under their own permission.
    """
    entry = ListEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    if last:
        entry.state, entry.due_from = ListEntry.State.VACCINATED, None
    else:
        book = rulebook_for(entry.province_id)
        following = next_dose(book, moment.date(), product=product, given=number, last_on=given_on)
        entry.state, entry.next_number, entry.due_from = ListEntry.State.WAITING, following.number, following.due_from
    entry.last_product, entry.last_given_on, entry.state_reason = product, given_on, ""
    entry.state_at, entry.state_by, entry.version = moment, actor.officer, entry.version + 1
    entry.save()
    Invitation.objects.filter(entry=entry, state="invited").update(
        state=Invitation.State.CAME, answered_at=moment, updated_at=moment
    )
    return entry
