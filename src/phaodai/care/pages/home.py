"""My people at home: alarms first, then whoever was not heard of for longest. Made for a phone held in one hand."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from phaodai.care.models import HomeAlarm, HomeCare, HomeDoor, Reading
from phaodai.care.models.home import HomeCareQuerySet, of_seen_people
from phaodai.care.pages.home_words import SIGN_CHOICES, findings_words, reading_words
from phaodai.care.rules.home import RELEASE
from phaodai.care.rules.readings import hours_missing
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import State
from phaodai.foundation.formats import ago
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for

SHOWN = 40
PARTS = ("viec", "bao-dong", "thieu", "khoi", "tat-ca")


@dataclass
class AtHome:
    """One person of the list."""

    care: HomeCare
    day: int
    last: Reading | None
    state: State
    alarmed: bool
    why: str
    key: UUID = field(default_factory=uuid4)


@page(Permission.CARE_HOME_READ)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`?phan=` is viec (alarms and missing readings), bao-dong, thieu, khoi (could be free) or tat-ca (everybody)."""
    moment = clock.now()
    part = request.GET.get("phan", "")
    rows = HomeCare.objects.visible_to(actor).going_on()
    counts = _counts(of_seen_people(HomeDoor.objects.usable(), actor), rows, moment)
    part = part if part in PARTS else ("viec" if counts["viec"] else "tat-ca")
    start = whole(request.GET.get("tu"))
    chosen = _of_part(rows, part, moment).by_need().select_related("door")
    found = list(chosen.defer("decision", "facts", "home")[start : start + SHOWN + 1])
    context = {
        "people": _people(found[:SHOWN], moment),
        "next_start": start + SHOWN if len(found) > SHOWN else 0,
        "part": part,
        "parts": _parts(counts),
        "signs": _signs(),
        "may_write": actor.may(Permission.CARE_HOME_FOLLOW),
    }
    return render(request, "care/home.html", context)


def _signs() -> SafeString:
    """The warning signs to tick, drawn once for all forms of the list."""
    line = '<label><input type="checkbox" name="signs" value="{}"><span>{}</span></label>'
    return format_html_join("", line, SIGN_CHOICES)


def _counts(doors: QuerySet[HomeDoor], rows: HomeCareQuerySet, moment: datetime) -> dict[str, int]:
    """How many of each part: from the doors alone, which are narrow, but for those who could be free."""
    alarmed, missing = Q(alarm_at__isnull=False), Q(due_at__lt=moment)
    counted = doors.aggregate(
        viec=Count("pk", filter=alarmed | missing),
        bao_dong=Count("pk", filter=alarmed),
        thieu=Count("pk", filter=missing),
        tat_ca=Count("pk"),
    )
    free = _of_part(rows, "khoi", moment).count()
    return {name.replace("_", "-"): count for name, count in counted.items()} | {"khoi": free}


def free_since(rows: QuerySet[HomeCare], today: date) -> date | None:
    """The day of isolation from which somebody could be free today; None where no document of today says."""
    province = rows.values_list("province_id", flat=True).first()
    if province is None:
        return None
    table = rulebook_for(province).table(RELEASE, today)
    found = (row.provision for row in table.rows if row.provision.row == "home" and row.provision.verified)
    days = next((one.then.get("days") for one in found), None)
    return today - timedelta(days=int(days)) if days else None


def _of_part(rows: HomeCareQuerySet, part: str, moment: datetime) -> HomeCareQuerySet:
    if part == "bao-dong":
        return rows.filter(door__alarm_at__isnull=False)
    if part == "thieu":
        return rows.filter(door__due_at__lt=moment)
    if part == "viec":
        return rows.filter(Q(door__alarm_at__isnull=False) | Q(door__due_at__lt=moment))
    if part == "khoi":
        day = free_since(rows, moment.date())
        return rows.filter(day_zero__lte=day) if day else rows.none()
    return rows


def _parts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    words = {
        "viec": _("To do"),
        "bao-dong": _("Alarms"),
        "thieu": _("Reading missing"),
        "khoi": _("Could be free"),
        "tat-ca": pgettext("people at home", "Everybody"),
    }
    return [(name, words[name], counts[name]) for name in PARTS]


def last_readings(cares: list[HomeCare]) -> dict[int, Reading]:
    """The newest reading of each person, in one statement."""
    newest = Reading.objects.filter(home_care=OuterRef("home_care")).order_by("-at", "-pk").values("pk")[:1]
    rows = Reading.objects.filter(home_care__in=[one.pk for one in cares], pk=Subquery(newest))
    return {one.home_care_id: one for one in rows}


def _people(cares: list[HomeCare], moment: datetime) -> list[AtHome]:
    last = last_readings(cares)
    alarmed = [one.pk for one in cares if one.door.alarm_at is not None]
    raised = HomeAlarm.objects.waiting().filter(home_care__in=alarmed).select_related("reading") if alarmed else ()
    behind = {one.home_care_id: one.reading for one in raised}
    return [_at_home(one, last.get(one.pk), behind.get(one.pk), moment) for one in cares]


def _at_home(care: HomeCare, last: Reading | None, behind: Reading | None, moment: datetime) -> AtHome:
    alarmed = care.door.alarm_at is not None
    return AtHome(care, day_number(care, moment.date()), last, state_of(care, moment), alarmed, _why(last, behind))


def _why(last: Reading | None, behind: Reading | None) -> str:
    """What the last reading says; an open alarm still says why it was raised once a later reading is better."""
    said = findings_words(last.alarm) if last is not None and last.alarm else reading_words(last)
    if behind is None or last is None or last.pk == behind.pk:
        return said
    return _("%(alarm)s; since then %(reading)s") % {"alarm": findings_words(behind.alarm), "reading": said}


def day_number(care: HomeCare, today: date) -> int:
    """Day n of the treatment; the first is day 1."""
    return (today - care.day_zero).days + 1


def state_of(care: HomeCare, moment: datetime) -> State:
    """What is owed about somebody: an alarm, a missing reading with its hours, or nothing yet."""
    door = care.door
    if not care.is_open:
        return State(care.get_state_display(), "", "check")
    if door.alarm_at is not None:
        return State(_("alarm %(ago)s") % {"ago": ago(door.alarm_at, moment, language())}, "late", "warning")
    missing = hours_missing(door.due_at, moment)
    if door.due_at < moment and not missing:
        return State(_("reading due now"), "act", "clock")
    if door.due_at < moment:
        words = ngettext("reading missing for %(count)d hour", "reading missing for %(count)d hours", missing)
        return State(words % {"count": missing}, "late", "clock")
    if door.last_reading_at is None:
        return State(_("first reading due"), "act", "clock")
    return State(ago(door.last_reading_at, moment, language()), "", "check")
