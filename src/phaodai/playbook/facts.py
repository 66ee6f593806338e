"""The facts of the playbook's table in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "care:facility:closed": _("A treatment facility closed"),
    "care:home:recovered": _("Somebody recovered at home"),
    "care:infection:suspected": _("Somebody perhaps caught the disease in a facility"),
    "care:patient:away": _("A patient is transferred to a place outside"),
    "care:patient:died": _("A patient died"),
    "care:patient:discharged": _("A patient is discharged"),
    "care:reading:alarm": _("A reading at home raised an alarm"),
    "care:transfer:on_the_way": _("A patient is on the way in an ambulance"),
    "command:task:accepted": _("A result is accepted"),
    "containment:finding:overdue": _("A place did not put a finding right in time"),
    "containment:checkpoint:closed": _("A checkpoint closed"),
    "containment:monitoring:unwell": _("Somebody is unwell while watched after arriving"),
    "containment:origin-level:noted": _("The level of a place of origin became known"),
    "containment:site:closed": _("A quarantine site closed"),
    "containment:stay:positive": _("Somebody in quarantine is positive"),
    "containment:stay:released": _("Somebody is released from quarantine"),
    "containment:zone:opened": _("A lockdown zone is opened"),
    "containment:level:announced": _("The people were told of a new level"),
    "people:person:merged": _("Two records of one person are joined"),
    "people:person:parted": _("A record is parted again"),
    "rulebook:value:verified": _("A value of the law was signed for"),
    "rulebook:value:withdrawn": _("A signature under a value of the law was withdrawn"),
    "supply:aid:received": _("Help from outside arrived"),
    "supply:drill:closed": _("A drill of readiness ended"),
    "supply:stock:short": _("An item in a store fell below its least"),
    "surveillance:alarm:confirmed": _("An alarm of early detection was a real cluster"),
    "surveillance:case:classified": _("The tests of a case were answered"),
    "surveillance:case:created": _("A case is entered"),
    "surveillance:clock:breached": _("Tracing of a case is late"),
    "surveillance:sample:resulted": _("A laboratory answered a tube"),
    "surveillance:test:answered": _("A laboratory answered a test"),
    "surveillance:transmission:linked": _("One case infected another"),
    "vaccination:certificate:revoked": _("A certificate of vaccination was withdrawn"),
    "vaccination:claim:alarming": _("Somebody tells a danger sign after a dose"),
    "vaccination:claim:answered": _("A report of what was felt after a dose was answered"),
    "vaccination:coldchain:decided": _("Somebody decided what becomes of held vaccine"),
    "vaccination:coldchain:excursion": _("A fridge with vaccine was too warm, too cold or silent"),
    "vaccination:event:investigated": _("A serious event after a dose was investigated"),
    "vaccination:event:serious": _("A serious event after a dose was reported"),
    "vaccination:session:cancelled": _("A vaccination session was called off"),
}


def words_of(kind: str) -> str:
    """What happened, in words; the kind itself where nobody has put it in words."""
    return str(WORDS.get(kind, kind))
