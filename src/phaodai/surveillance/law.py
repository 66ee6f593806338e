"""What surveillance asks of the law."""

from phaodai.rulebook import DEFAULT_DISEASE, Rulebook, diseases
from phaodai.rulebook.provincial import rulebook_for


def book_of(province_id: int | None, disease: str = DEFAULT_DISEASE) -> Rulebook:
    """The rulebook of a province for a disease; that of COVID-19 where the disease has no pack of its own.

    `province_id` 0 or None, of cases that came before any territory, means the national packs alone.
    """
    return rulebook_for(province_id or None, disease if disease in diseases() else DEFAULT_DISEASE)
