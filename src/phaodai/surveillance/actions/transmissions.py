"""Who infected whom: links between cases, also across communes, and never in a ring."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from epidemic.chains import closes_a_loop
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import require_mine
from phaodai.surveillance.models import Case, Setting, Transmission
from phaodai.surveillance.models.chains import chain_links, marks_of


@transaction.atomic
def link_cases(
    *,
    actor: Actor,
    moment: datetime,
    target_id: int,
    source_code: str = "",
    source_id: int | None = None,
    certainty: str = Transmission.Certainty.LIKELY,
    setting: str = "",
    exposure: str = "",
    on: date | None = None,
) -> Transmission:
    """Say that one case infected another, named by its number or row id anywhere in the province.

    Saying it again mends the link. Refuses what would close a ring, naming the way round.
    """
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    target = Case.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=target_id).first()
    if target is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_mine(actor, target)
    source = source_id if source_id is not None else case_numbered(source_code)
    _refuse_ring(source, target)
    known = {"certainty": certainty, "setting": _setting(setting), "exposure": exposure.strip(), "on": on}
    link, _made = Transmission.objects.update_or_create(
        source_id=source, target=target, defaults=known | {"withdrawn": False}
    )
    if not target.source_known:
        target.source_known, target.version = True, target.version + 1
        target.save()
    Fact.tell("surveillance:transmission:linked", subject=link, moment=moment, officer=actor.officer)
    return link


def case_numbered(code: str) -> int:
    """The row id of the case of that number in the officer's province."""
    with connection.cursor() as cursor:
        cursor.execute("select id from surveillance_case_named(%s)", [code.strip()])
        found = cursor.fetchall()
    if len(found) != 1:
        raise Refusal(_("No case has the number %(code)s. Correct it.") % {"code": code.strip()}, field="source_code")
    return int(found[0][0])


def _setting(setting: str) -> str:
    if setting and setting not in Setting.values:
        raise Refusal(_("Choose where it happened."), field="setting")
    return setting


def _refuse_ring(source: int, target: Case) -> None:
    if source == target.pk:
        raise Refusal(_("A case cannot be its own source. Choose another case."), field="source_code")
    links = [(link.source, link.target) for link in chain_links(target.pk)]
    way = closes_a_loop(source, target.pk, links)
    if way:
        codes = marks_of(way)
        words = _("This would close a ring: %(way)s. Withdraw one of these links first.")
        way_words = " → ".join(codes[one].code for one in way if one in codes)
        raise Refusal(words % {"way": way_words}, field="source_code")


@transaction.atomic
def withdraw_link(*, actor: Actor, moment: datetime, link_id: int) -> Transmission:
    """Say that a link was wrong: it is kept, and counted no more."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    link = Transmission.objects.select_for_update(of=("self",)).filter(pk=link_id).first()
    target = Case.objects.visible_to(actor).filter(pk=link.target_id).first() if link else None
    if link is None or target is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_mine(actor, target)
    link.withdrawn, link.version = True, link.version + 1
    link.save()
    if not Transmission.objects.standing().filter(target=target).exists():
        target.source_known, target.version = None, target.version + 1
        target.save()
    Fact.tell("surveillance:transmission:withdrawn", subject=link, moment=moment, officer=actor.officer)
    return link
