"""What is said of a tube or a result that cannot be taken as it is: what happened, about which value, and what to do."""

from django.utils.translation import gettext as _

from phaodai.surveillance.rules.samples import KEPT_COLD


def words_of(problem: str, barcode: str, other: str = "") -> str:
    """The sentence for a code of `rules.samples`; `other` is what the books say already."""
    told = {"barcode": barcode, "other": other, "days": KEPT_COLD.days}
    words = {
        "unknown": _("No tube %(barcode)s was taken for this laboratory. Check the barcode, or ask who sent it."),
        "not-taken": _("Tube %(barcode)s is not written down as taken. Write it down first, then its result."),
        "rejected": _("Tube %(barcode)s was rejected and is being taken again. Enter the result of the new tube."),
        "other-result": _(
            "Tube %(barcode)s has the result %(other)s already. Two results for one tube: call the laboratory."
        ),
        "before-taken": _(
            "The result of %(barcode)s is earlier than the sample, taken %(other)s. Correct one of the two."
        ),
        "future": _("The result of %(barcode)s lies in the future. Correct its day and hour."),
        "too-old": _(
            "Tube %(barcode)s stood longer than %(days)d days (taken %(other)s). Say that it was frozen, or reject it."
        ),
        "twice": _("Tube %(barcode)s stands twice in this list with different results. Keep the right row."),
        "no-result": _(
            "Tube %(barcode)s has no result that can be read: %(other)s. Write positive, negative or unclear."
        ),
        "no-barcode": _("This row has no barcode. Write it; nothing else of the row is lost."),
        "bad-time": _("Tube %(barcode)s: %(other)s is no time. Write it like 24/11/2021 08:30."),
        "bad-ct": _("Tube %(barcode)s: a Ct value lies between 0 and 50."),
        "unlabelled": _(
            "No label %(barcode)s was printed or registered. Check the barcode, or register the roll first."
        ),
        "scanned": _("Tube %(barcode)s was scanned already, for %(other)s. Take a new tube for this person."),
        "full": _("Tube %(barcode)s is full: %(other)s people. Scan the next tube."),
        "left": _("Tube %(barcode)s has left already (%(other)s). Scan the next tube."),
        "sent-elsewhere": _("Tube %(barcode)s was sent to %(other)s. Send it on, or ask that laboratory."),
    }
    return words[problem] % told
