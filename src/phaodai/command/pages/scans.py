"""The original as it arrived, page by page, beside the words that were read out of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.command.models import Document, DocumentFile
from phaodai.command.page_pictures import count_pages
from phaodai.command.pages.papers import page_picture
from phaodai.foundation.components import Tab, Tabs
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor

# By name, so that a letter in Word is not taken out of the database to count pages that it has not.
PICTURED = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")


def original_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Tabs and pages of an original that has pictures; nothing for text and Word files."""
    original = getattr(document, "original", None)
    if original is None or not original.name.lower().endswith(PICTURED):
        return {}
    pages = range(1, count_pages(bytes(original.content)) + 1)
    if not pages:
        return {}
    here, scan = reverse("command-document", args=[document.pk]), request.GET.get("xem") == "ban-quet"
    tabs = [
        Tab(pgettext("tab", "Words"), here, current=not scan),
        Tab(_("Scan"), f"{here}?xem=ban-quet", len(pages), current=scan),
    ]
    return {"original_tabs": Tabs(tabs, _("Original")), "scan_pages": pages if scan else ()}


@page(Permission.COMMAND_DIRECTIVE_READ)
def picture(request: HttpRequest, actor: Actor, pk: int, number: int) -> HttpResponse:
    """One page of the original, for whoever may read the document."""
    del request, actor
    file = DocumentFile.objects.filter(document_id=pk).first()
    if file is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return page_picture(bytes(file.content), number)
