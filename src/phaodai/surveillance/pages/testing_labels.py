"""Labels of tubes: printed as a page of QR codes, or registered as they came on the roll."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import campaigns
from phaodai.surveillance.models import LabelBatch

SHEET = 60
"""Labels on a page of A4: five columns of twelve."""


@page(Permission.SURVEILLANCE_SAMPLE_TAKE, deed=True)
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Print the next labels of this area, or register a roll."""
    sent, moment = request.POST, clock.now()
    chosen = whole(sent.get("campaign")) or None
    try:
        if sent.get("first"):
            batch = campaigns.register_labels(
                actor=actor, moment=moment, first=sent["first"], last=sent.get("last", ""), campaign_id=chosen
            )
            messages.success(request, _("Registered: %(labels)s") % {"labels": batch})
            return redirect("surveillance-labels", pk=batch.pk)
        batch = campaigns.print_labels(actor=actor, moment=moment, count=whole(sent.get("count")), campaign_id=chosen)
    except NotHere:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("surveillance-campaign", pk=chosen) if chosen else redirect("surveillance-testing")
    return redirect("surveillance-labels", pk=batch.pk)


@page(Permission.SURVEILLANCE_SAMPLE_READ)
def sheet(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One page of labels; `?trang=` turns it."""
    batch = LabelBatch.objects.select_related("campaign").filter(pk=pk).first()
    if batch is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    del actor
    pages = -(-(batch.last - batch.first + 1) // SHEET)
    shown = min(max(whole(request.GET.get("trang"), 1), 1), pages)
    start = batch.first + (shown - 1) * SHEET
    codes = [batch.barcode(number) for number in range(start, min(start + SHEET, batch.last + 1))]
    labels = [{"code": code, "drawing": qr_drawing(code)} for code in codes]
    context = {"batch": batch, "labels": labels, "page": shown, "pages": range(1, pages + 1)}
    return render(request, "surveillance/sample_labels.html", context)
