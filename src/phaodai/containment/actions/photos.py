"""Photos as evidence: what they may be, and keeping them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from phaodai.command.actions.documents import Upload
from phaodai.command.rules.files import LARGEST_EVIDENCE, MEGABYTE, judge_evidence
from phaodai.foundation.refusals import Refusal


def keep_photos(rows: Sequence[Any], uploads: Sequence[Upload]) -> None:
    """Save one row of a table of kept files for each photo; refuses what is no picture, is empty or too large."""
    for row, upload in zip(rows, uploads, strict=True):
        verdict = judge_evidence(upload.name, upload.content)
        if verdict.reason in ("empty", "large"):
            raise Refusal(_words(verdict.reason) % _about(upload), field="photo")
        if not verdict.content_type.startswith("image/"):
            raise Refusal(_("%(name)s is no photo. Take a photo (JPG, PNG or WebP).") % _about(upload), field="photo")
        for name, value in type(row).facts_of(upload.name, verdict.content_type, upload.content).items():
            setattr(row, name, value)
        row.save()


def _words(reason: str) -> str:
    return {
        "empty": _("The photo %(name)s is empty. Take it again."),
        "large": _("The photo %(name)s is larger than %(limit)d MB. Send a smaller one."),
    }[reason]


def _about(upload: Upload) -> dict[str, Any]:
    return {"name": upload.name, "limit": LARGEST_EVIDENCE // MEGABYTE}
