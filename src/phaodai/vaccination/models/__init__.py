"""The nouns of this context."""

from phaodai.vaccination.models.certificates import Certificate, CertificateOrder, Revocation
from phaodai.vaccination.models.cold_chain import ColdChainLog, ColdPlace, ColdReading, Excursion
from phaodai.vaccination.models.cold_contents import ColdLevel, ColdLine
from phaodai.vaccination.models.coverage import CoverageCount, CoverageMark
from phaodai.vaccination.models.denominators import Denominator
from phaodai.vaccination.models.doses import Dose, DoseDoubt, RefusedDose
from phaodai.vaccination.models.doses_sheets import DoseSheet, ParkedDose
from phaodai.vaccination.models.events import AdverseReaction, Observation
from phaodai.vaccination.models.events_claims import ReactionClaim, ReactionDoor
from phaodai.vaccination.models.groups import GroupTurn
from phaodai.vaccination.models.identities import IdentityQuestion
from phaodai.vaccination.models.invitations import Invitation
from phaodai.vaccination.models.lists import ListEntry, ListSource, PriorityList
from phaodai.vaccination.models.lots import Allotment, LotHold, VaccineLot
from phaodai.vaccination.models.sessions import Session, SessionLot
from phaodai.vaccination.models.sessions_team import SessionMember

__all__ = [
    "AdverseReaction",
    "Allotment",
    "Certificate",
    "CertificateOrder",
    "ColdChainLog",
    "ColdLevel",
    "ColdLine",
    "ColdPlace",
    "ColdReading",
    "CoverageCount",
    "CoverageMark",
    "Denominator",
    "Dose",
    "DoseDoubt",
    "DoseSheet",
    "Excursion",
    "GroupTurn",
    "IdentityQuestion",
    "Invitation",
    "ListEntry",
    "ListSource",
    "LotHold",
    "Observation",
    "ParkedDose",
    "PriorityList",
    "ReactionClaim",
    "ReactionDoor",
    "RefusedDose",
    "Revocation",
    "Session",
    "SessionLot",
    "SessionMember",
    "VaccineLot",
]
