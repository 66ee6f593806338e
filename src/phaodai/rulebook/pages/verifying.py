"""The values that wait for a signature: the queue, the page of one value, signing, withdrawing, the kept text."""

from collections import Counter
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.components import Chip, Chips
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.rulebook.actions import Entry, Upload, verify_value, withdraw_verification
from phaodai.rulebook.book import Rulebook, load
from phaodai.rulebook.forms import SigningForm, WithdrawForm
from phaodai.rulebook.models import Verification, VerificationFile
from phaodai.rulebook.pages.parts import awaiting, book_of, law_page
from phaodai.rulebook.provincial import awaits_verification, is_fit, provision_named
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.showing.addresses import RULE, disease_of, document_url, table_url, value_url, with_query
from phaodai.rulebook.showing.decisions import provisions_table
from phaodai.rulebook.showing.names import confidence_tag, rule_name
from phaodai.rulebook.showing.words import condition_words, figure, period_words, table_title, text_of, value_words


@page(Permission.RULEBOOK_RULE_READ)
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What awaits verification, by document, and what this province has signed."""
    disease = disease_of(request)
    book, asked = book_of(actor, disease), request.GET.get(RULE, "")
    every = awaiting(book)
    waiting = [one for one in every if not asked or book.tables[one.table].rule == asked]
    groups = [
        {
            "document": document,
            "url": document_url(document, disease),
            "subject": document.subject.of(page_language()),
            "values": [_waiting_line(book, one) for one in several],
        }
        for document, several in groupby(waiting, key=lambda one: one.document)
    ]
    shown = {
        "groups": groups,
        "needs": _needs(book, every, asked),
        "signed": [signed_line(book, one) for one in _standing(actor, disease)],
        "may_sign": may_sign(actor),
    }
    return law_page(request, "queue", book, shown, tab="queue")


def _needs(book: Rulebook, waiting: list[Provision], asked: str) -> Chips:
    """The rules that wait, each with how many values it waits for."""
    path, counts = reverse("law-queue"), Counter(book.tables[one.table].rule for one in waiting)
    chips = [
        Chip(rule_name(rule), with_query(path, book.disease, **{RULE: rule}), count, current=rule == asked)
        for rule, count in counts.most_common()
        if rule
    ]
    every = Chip(_("All"), with_query(path, book.disease), len(waiting), current=not asked)
    return Chips([every, *chips], _("Needed for"))


def _standing(actor: Actor, disease: str) -> list[Verification]:
    if actor.area.province is None:
        return []
    found = Verification.objects.of(actor.area.province, disease).standing()
    return list(found.defer("official_text").order_by("-signed_at", "-id"))


def _waiting_line(book: Rulebook, one: Provision) -> dict[str, Any]:
    rule = book.tables[one.table].rule
    return {
        "title": table_title(book, one.table),
        "when": condition_words(book, one.when),
        "text": text_of(book, one),
        "period": period_words(one.begin, one.end),
        "tag": confidence_tag(one),
        "rule": rule_name(rule) if rule else "",
        "url": value_url(one.name, book.disease),
    }


def signed_line(book: Rulebook, one: Verification) -> dict[str, Any]:
    """A signature as lists show it."""
    table, _row = one.table_and_row
    provision = provision_named(book, one.value_name)
    return {
        "entry": one,
        "title": table_title(book, table) if table in book.tables else table,
        "when": condition_words(book, provision.when) if provision else "",
        "value": written_value(book, one),
        "period": period_words(one.first_day, one.last_day),
        "url": value_url(one.value_name, one.disease),
        "fit": is_fit(load(one.disease), one),
    }


def written_value(book: Rulebook, one: Verification) -> str:
    """The value that was signed, in words."""
    if one.abolished:
        return _("no longer applies")
    language, single = page_language(), one.table_and_row[0].rsplit(".", maxsplit=1)[-1].replace("-", "_")
    if isinstance(one.value, dict):
        fields = book.vocabularies["field"]
        return "; ".join(
            f"{fields.label(name).of(language)}: {figure(book, name, value, language)}"
            for name, value in one.value.items()
        )
    return figure(book, single, one.value, language)


def may_sign(actor: Actor) -> bool:
    """Whether this officer signs for the province."""
    return (
        actor.may(Permission.RULEBOOK_VALUE_VERIFY) and actor.area.province is not None and actor.area.district is None
    )


@page(Permission.RULEBOOK_RULE_READ)
def value(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """One value: what it says, its versions, who signed for it; for those who sign, the form."""
    disease = disease_of(request)
    book, provision = book_of(actor, disease), _value_of(name, disease)
    entries = _entries(actor, disease, provision.name)
    form = None
    if request.method == "POST":
        form = SigningForm(request.POST, request.FILES, book=book, provision=provision)
        if _sign(form, actor, provision, disease):
            messages.success(request, _("Signed. The value counts in your province from now on."))
            return redirect(value_url(provision.name, disease))
    elif _open_to(actor, provision, entries):
        form = SigningForm(book=book, provision=provision)
    status = status_of(form) if form is not None else 200
    return law_page(
        request, "value", book, _value_shown(book, provision, entries, actor, form), tab="queue", status=status
    )


def _value_of(name: str, disease: str) -> Provision:
    found = provision_named(load(disease), name)
    if found is None:
        raise NotHere(_("The rulebook has no such value. Choose one from the list of values to verify."))
    return found


def _entries(actor: Actor, disease: str, name: str) -> list[Verification]:
    if actor.area.province is None:
        return []
    found = Verification.objects.of(actor.area.province, disease).filter(value_name=name)
    return list(found.select_related("file").defer("file__content").order_by("-signed_at", "-id"))


def _open_to(actor: Actor, provision: Provision, entries: list[Verification]) -> bool:
    standing = any(one.withdrawn_at is None for one in entries)
    return may_sign(actor) and awaits_verification(provision) and not standing


def _sign(form: SigningForm, actor: Actor, provision: Provision, disease: str) -> bool:
    if not form.is_valid():
        actor.require(Permission.RULEBOOK_VALUE_VERIFY)
        return False
    given, file = form.cleaned_data, form.cleaned_data["upload"]
    entry = Entry(
        value_name=provision.name,
        value=form.value(),
        first_day=given["first_day"],
        last_day=given["last_day"],
        clause=given["clause"],
        official_text=given["official_text"],
        note=given["note"],
        abolished=given.get("abolished", False),
    )
    upload = Upload(file.name, file.content_type or "application/octet-stream", file.read()) if file else None
    actor.require(Permission.RULEBOOK_VALUE_VERIFY)
    signed = act(
        form, lambda: verify_value(actor=actor, moment=clock.now(), entry=entry, disease=disease, upload=upload)
    )
    return signed is not None


def _value_shown(
    book: Rulebook, provision: Provision, entries: list[Verification], actor: Actor, form: SigningForm | None
) -> dict[str, Any]:
    spec, language = book.tables[provision.table], page_language()
    versions = [one for one in book.provisions[provision.table] if one.row == provision.row]
    versions.sort(key=lambda one: (one.begin, one.scope))
    return {
        "provision": provision,
        "title": table_title(book, provision.table),
        "text": text_of(book, provision),
        "when": condition_words(book, provision.when),
        "value": value_words(book, provision),
        "period": period_words(provision.begin, provision.end),
        "tag": confidence_tag(provision),
        "document": provision.document,
        "document_url": document_url(provision.document, book.disease),
        "subject": provision.document.subject.of(language),
        "table_url": table_url(provision.table, book.disease),
        "rule": rule_name(spec.rule) if spec.rule else "",
        "versions": provisions_table(book, versions, book.disease, _("Versions of this value")),
        "awaits": awaits_verification(provision),
        "entries": [signed_line(book, one) for one in entries],
        "may_sign": may_sign(actor),
        "form": form,
        "withdraw_form": WithdrawForm(),
    }


@page(Permission.RULEBOOK_VALUE_VERIFY, deed=True)
def withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a signature back."""
    reason = request.POST.get("reason", "").replace("\0", "")
    found = withdraw_verification(actor=actor, moment=clock.now(), verification_id=pk, reason=reason)
    messages.success(request, _("Withdrawn. Decisions that need the value wait again."))
    return redirect(value_url(found.value_name, found.disease))


@page(Permission.RULEBOOK_RULE_READ)
def kept_text(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The document that an officer attached; never opened inside our own pages."""
    del request, actor
    file = VerificationFile.objects.filter(verification_id=pk).first()
    if file is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return response
