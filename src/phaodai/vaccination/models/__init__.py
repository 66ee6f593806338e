"""The nouns of this context."""

from phaodai.vaccination.models.certificates import Certificate, CertificateOrder, Revocation
from phaodai.vaccination.models.coverage import CoverageCount, CoverageMark
from phaodai.vaccination.models.denominators import Denominator

__all__ = ["Certificate", "CertificateOrder", "CoverageCount", "CoverageMark", "Denominator", "Revocation"]
