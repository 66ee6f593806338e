"""The roles that a post gives, and the permissions of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.permissions import Permission as P  # noqa: N817  (a table of forty)


class Role(models.TextChoices):
    """What kind of work a post does; the organisation says where."""

    COMMAND = "command", _("Command")
    OFFICE = "office", _("Office of the committee")
    HEAD = "head", _("Head of a unit")
    EPIDEMIOLOGIST = "epidemiologist", _("Epidemiologist")
    STATION = "station", _("Commune health station")
    FACILITY = "facility", _("Facility")
    FRONT = "front", _("Front and unions")
    AUDITOR = "auditor", _("Inspector")


_READS = frozenset(
    {
        P.COMMAND_TASK_READ,
        P.COMMAND_DIRECTIVE_READ,
        P.CONTAINMENT_LEVEL_READ,
        P.PEOPLE_OFFICER_READ,
        P.RULEBOOK_RULE_READ,
        P.TERRITORY_UNIT_READ,
    }
)
_WORKS = _READS | {P.COMMAND_TASK_REPORT}
_LEADS = _WORKS | {
    P.COMMAND_TASK_ASSIGN,
    P.COMMAND_TASK_REVIEW,
    P.COMMAND_PAPER_READ,
    P.COMMAND_REPORT_READ,
    P.CONTAINMENT_LEVEL_ASSESS,
    P.FORESIGHT_FORECAST_READ,
}
# The health line: finds cases, traces and follows their contacts.
_TRACES = frozenset(
    {
        P.PEOPLE_PERSON_MERGE,
        P.PEOPLE_PERSON_READ,
        P.PEOPLE_PERSON_REVEAL,
        P.PEOPLE_PERSON_WRITE,
        P.SURVEILLANCE_CASE_IMPORT,
        P.SURVEILLANCE_CASE_READ,
        P.SURVEILLANCE_CASE_WRITE,
        P.SURVEILLANCE_CONTACT_FOLLOW,
        P.SURVEILLANCE_CONTACT_READ,
        P.SURVEILLANCE_CONTACT_TRACE,
        P.SURVEILLANCE_VISIT_IMPORT,
        P.TERRITORY_PLACE_WRITE,
    }
)

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.COMMAND: _LEADS
    | {P.COMMAND_PAPER_DRAFT, P.COMMAND_PAPER_SIGN}
    | {P.COMMAND_REPORT_SIGN, P.COMMAND_REPORT_DRAFT, P.FOUNDATION_JOURNAL_READ, P.RULEBOOK_VALUE_VERIFY}
    | {P.CONTAINMENT_LEVEL_ANNOUNCE, P.CONTAINMENT_LEVEL_DECIDE}
    | {P.SURVEILLANCE_CASE_READ, P.SURVEILLANCE_CONTACT_READ, P.SURVEILLANCE_OUTBREAK_DECIDE},
    Role.OFFICE: _LEADS
    | {
        P.COMMAND_DIRECTIVE_REGISTER,
        P.COMMAND_DIRECTIVE_CONFIRM,
        P.COMMAND_PAPER_DRAFT,
        P.COMMAND_REPORT_DRAFT,
        P.CONTAINMENT_INDICATOR_WRITE,
        P.CONTAINMENT_LEVEL_ANNOUNCE,
        P.FORESIGHT_SERIES_WRITE,
        P.PEOPLE_OFFICER_MANAGE,
        P.RULEBOOK_VALUE_VERIFY,
    },
    Role.HEAD: _LEADS | {P.COMMAND_PAPER_DRAFT, P.COMMAND_PAPER_SIGN, P.COMMAND_REPORT_DRAFT, P.COMMAND_REPORT_SIGN},
    Role.EPIDEMIOLOGIST: _WORKS
    | _TRACES
    | {P.CONTAINMENT_INDICATOR_WRITE, P.CONTAINMENT_LEVEL_ASSESS, P.SURVEILLANCE_OUTBREAK_DECIDE}
    | {P.FORESIGHT_FORECAST_READ, P.FORESIGHT_SERIES_WRITE},
    Role.STATION: _WORKS | _TRACES | {P.CONTAINMENT_INDICATOR_WRITE},
    Role.FACILITY: _WORKS,
    Role.FRONT: _WORKS,
    Role.AUDITOR: _READS
    | {P.COMMAND_PAPER_READ, P.COMMAND_REPORT_READ, P.FORESIGHT_FORECAST_READ, P.FOUNDATION_JOURNAL_READ},
}
