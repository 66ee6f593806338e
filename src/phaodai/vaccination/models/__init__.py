"""The nouns of this context."""

from phaodai.vaccination.models.certificates import Certificate, CertificateOrder, Revocation
from phaodai.vaccination.models.cold_chain import ColdChainLog, ColdPlace, ColdReading, Excursion
from phaodai.vaccination.models.coverage import CoverageCount, CoverageMark
from phaodai.vaccination.models.denominators import Denominator
from phaodai.vaccination.models.groups import GroupTurn
from phaodai.vaccination.models.invitations import Invitation
from phaodai.vaccination.models.lists import ListEntry, ListSource, PriorityList
from phaodai.vaccination.models.lots import Allotment, LotHold, VaccineLot
from phaodai.vaccination.models.sessions import Session, SessionLot

__all__ = [
    "Allotment",
    "Certificate",
    "CertificateOrder",
    "ColdChainLog",
    "ColdPlace",
    "ColdReading",
    "CoverageCount",
    "CoverageMark",
    "Denominator",
    "Excursion",
    "GroupTurn",
    "Invitation",
    "ListEntry",
    "ListSource",
    "LotHold",
    "PriorityList",
    "Revocation",
    "Session",
    "SessionLot",
    "VaccineLot",
]
