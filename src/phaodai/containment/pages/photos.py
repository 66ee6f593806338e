"""Photos of visits as answers: to be kept, never opened inside our own pages."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from phaodai.foundation.models import KeptFile
from phaodai.foundation.refusals import NotHere


def photo_answer(found: KeptFile | None) -> HttpResponse:
    """The file for whoever may see it; nothing is said of one that is elsewhere."""
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    )
    return response
