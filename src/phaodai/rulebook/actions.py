"""The verbs of this context: sign for a value read in the text of its document, and withdraw a signature."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import day as write_day
from phaodai.foundation.language import page_language
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook.book import DEFAULT_DISEASE, Rulebook, diseases, load
from phaodai.rulebook.entries import Problem, entry_fields, problems_of
from phaodai.rulebook.errors import Refusal as UnfitEntry
from phaodai.rulebook.models import Verification, VerificationFile
from phaodai.rulebook.provincial import awaits_verification, entry_of, provision_named
from phaodai.rulebook.provisions import Provision

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE


@dataclass(frozen=True)
class Entry:
    """What an officer read in the document: the value in the form of its table, its days, and where it stands.

    `value_name` is that of the national value (`table/row@first day`); `abolished` says that by the text nothing applies
    any more, and leaves `value` empty.
    """

    value_name: str
    value: Any
    first_day: date
    last_day: date | None
    clause: str
    official_text: str = ""
    note: str = ""
    abolished: bool = False


@dataclass(frozen=True)
class Upload:
    """The document itself, as a file."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic
def verify_value(
    *, actor: Actor, moment: datetime, entry: Entry, disease: str = DEFAULT_DISEASE, upload: Upload | None = None
) -> Verification:
    """Sign for a value: from now on it counts in the actor's province, with the actor's name behind it.

    Refuses a value that is not in the packs or is verified already, one of the wrong form, days outside those of the
    national value, and an entry without clause or without the text. `Refusal.field` is a field of `Entry`, "upload",
    or "value-" with the field of the value.
    """
    actor.require(Permission.RULEBOOK_VALUE_VERIFY)
    officer, province = _require_provincial(actor)
    book = _book(disease)
    provision = _awaiting_provision(book, entry.value_name)
    _refuse_days(provision, entry)
    _refuse_value(book, provision, entry)
    _refuse_unfounded(entry, upload)
    _refuse_twin(province, disease, entry.value_name)
    verification = Verification(
        province_id=province, disease=disease, value_name=entry.value_name, first_day=entry.first_day,
        last_day=entry.last_day, abolished=entry.abolished, value=None if entry.abolished else entry.value,
        document=provision.document.number, clause=entry.clause.strip(), official_text=entry.official_text.strip(),
        note=entry.note.strip(), officer_id=officer, officer_name=actor.name,
        officer_post=f"{actor.title}, {actor.organisation_name}"[:300], signed_at=moment,
    )  # fmt: skip
    verification.clean_fields(exclude={"value"})
    _refuse_unfit(book, verification)
    _keep(verification, upload)
    Fact.tell(
        "rulebook:value:verified", subject=verification, moment=moment, officer=actor.officer, value=entry.value_name
    )
    return verification


@transaction.atomic
def withdraw_verification(*, actor: Actor, moment: datetime, verification_id: int, reason: str) -> Verification:
    """Take a signature back: the value counts no longer, and decisions that need it wait again."""
    actor.require(Permission.RULEBOOK_VALUE_VERIFY)
    officer, province = _require_provincial(actor)
    found = Verification.objects.select_for_update().filter(pk=verification_id, province_id=province).first()
    if found is None:
        raise NotHere(_("There is no such entry, or it is another province's."))
    if found.withdrawn_at:
        raise Refusal(_("%(name)s has withdrawn this entry already.") % {"name": found.withdrawn_by_name})
    if not reason.strip():
        raise Refusal(
            _("Say why the entry is withdrawn; decisions that rested on it are told the reason."), field="reason"
        )
    found.withdrawn_at, found.withdrawn_by_id, found.withdrawn_by_name = moment, officer, actor.name
    found.withdrawn_because = reason.strip()[:500]
    found.save()
    Fact.tell("rulebook:value:withdrawn", subject=found, moment=moment, officer=actor.officer, value=found.value_name)
    return found


def _require_provincial(actor: Actor) -> tuple[int, int]:
    """The officer and the province in whose name an entry is signed."""
    if actor.officer is None or actor.area.province is None or actor.area.district is not None:
        raise NotAllowed(
            _(
                "The value counts in the whole province: an officer of a provincial body signs for it. Send them the text."
            )
        )
    return actor.officer, actor.area.province


def _book(disease: str) -> Rulebook:
    if disease not in diseases():
        raise NotHere(_("There is no rulebook for this disease."))
    return load(disease)


def _awaiting_provision(book: Rulebook, name: str) -> Provision:
    provision = provision_named(book, name)
    if provision is None:
        raise NotHere(
            _("The rulebook has no value %(name)s. Choose one from the list of values to verify.") % {"name": name}
        )
    if not awaits_verification(provision):
        raise Refusal(_("This value is verified already; it waits for nobody."))
    return provision


def _refuse_days(provision: Provision, entry: Entry) -> None:
    begin, end = provision.begin, provision.end
    days = {"begin": write_day(begin), "end": write_day(end) if end else _("an open end")}
    if entry.first_day < begin or (end is not None and entry.first_day > end):
        raise Refusal(
            _("The value is known for %(begin)s to %(end)s; the first day must lie between them.") % days,
            field="first_day",
        )
    if entry.last_day is not None and entry.last_day < entry.first_day:
        raise Refusal(_("The last day is before the first. Change one of them."), field="last_day")
    if end is not None and (entry.last_day is None or entry.last_day > end):
        raise Refusal(
            _("The value is known for %(begin)s to %(end)s; the last day must lie between them.") % days,
            field="last_day",
        )


def _refuse_value(book: Rulebook, provision: Provision, entry: Entry) -> None:
    if entry.abolished:
        if provision.state != "abolished":
            raise Refusal(_("The rulebook knows of no abolition here. Enter the value."), field="abolished")
        return
    fields = {field.name: field for field in entry_fields(book, provision)}
    for problem in problems_of(fields.values(), entry.value):
        label = fields[problem.field].label if problem.field in fields else None
        words = label.of(page_language()) if label else problem.field
        raise Refusal(_sentence(problem, fields) % {"field": words}, field=f"value-{problem.field}")


def _sentence(problem: Problem, fields: Any) -> str:
    if problem.kind == "missing":
        return _("“%(field)s” is missing: enter what the text says.")
    if problem.kind == "surplus":
        return _("This value has no field “%(field)s”.")
    if problem.kind == "range":
        field = fields[problem.field]
        return _("“%(field)s” must lie between {low} and {high}.").format(low=f"{field.low:g}", high=f"{field.high:g}")
    return {
        "flag": _("“%(field)s” is yes or no."),
        "whole": _("“%(field)s” is a whole number."),
        "number": _("“%(field)s” is a number."),
        "term": _("“%(field)s”: choose one of the words in the list."),
        "wholes": _("“%(field)s” is a list of whole numbers, such as 1, 7, 14."),
        "words": _("“%(field)s” is a list of words."),
        "text": _("“%(field)s” is a line of text."),
    }[fields[problem.field].shape]


def _refuse_unfounded(entry: Entry, upload: Upload | None) -> None:
    if not entry.clause.strip():
        raise Refusal(_("Name the clause: article, point, or the table of the annex."), field="clause")
    if upload is None and not entry.official_text.strip():
        raise Refusal(_("Paste the words of the clause, or attach the document."), field="official_text")
    if upload is not None and not upload.content:
        raise Refusal(_("The file is empty. Attach the document again."), field="upload")
    if upload is not None and len(upload.content) > LARGEST_FILE:
        most = {"size": LARGEST_FILE // MEGABYTE}
        raise Refusal(
            _("The file is larger than %(size)d MB. Attach only the pages with the clause.") % most, field="upload"
        )


def _refuse_twin(province: int, disease: str, name: str) -> None:
    twin = Verification.objects.of(province, disease).standing().filter(value_name=name).first()
    if twin is not None:
        raise Refusal(_("%(name)s has signed for this value. Withdraw that entry first.") % {"name": twin.officer_name})


def _refuse_unfit(book: Rulebook, verification: Verification) -> None:
    """What the checks of the packs find beyond the form of the fields."""
    try:
        book.with_overlay([entry_of(book, verification)])
    except UnfitEntry as unfit:
        raise Refusal(unfit.words.of(page_language()), field="value-") from None


def _keep(verification: Verification, upload: Upload | None) -> None:
    try:
        with transaction.atomic():
            verification.save()
    except IntegrityError:
        raise Refusal(_("Somebody signed for this value a moment ago. Look at their entry first.")) from None
    if upload is not None:
        facts = VerificationFile.facts_of(upload.name, upload.content_type, upload.content)
        VerificationFile.objects.create(verification=verification, **facts)
