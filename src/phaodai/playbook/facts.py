"""The facts of the playbook's table in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "command:task:accepted": _("A result is accepted"),
    "containment:level:announced": _("The people were told of a new level"),
    "surveillance:alarm:confirmed": _("An alarm of early detection was a real cluster"),
    "surveillance:case:classified": _("The tests of a case were answered"),
    "surveillance:case:created": _("A case is entered"),
    "surveillance:clock:breached": _("Tracing of a case is late"),
    "surveillance:transmission:linked": _("One case infected another"),
}


def words_of(kind: str) -> str:
    """What happened, in words; the kind itself where nobody has put it in words."""
    return str(WORDS.get(kind, kind))
