"""Names of products and priority groups, in the language of the screen; the keys and words are the rulebook's."""

from collections.abc import Iterator

from django.utils.functional import lazy

from phaodai.foundation.language import page_language
from phaodai.rulebook import load

PRODUCT, GROUP = "product", "priority_group"


def _label(vocabulary: str, key: str) -> str:
    terms = load().vocabularies[vocabulary]
    if key not in terms.terms:
        return key
    words = terms.label(key)
    label = words.of(page_language())
    return label[:1].upper() + label[1:]


_later = lazy(_label, str)


def product_label(key: str) -> str:
    """What a product is called; the key itself where the rulebook knows none."""
    return _label(PRODUCT, key)


def group_label(key: str) -> str:
    """What a priority group is called."""
    return _label(GROUP, key)


def product_choices() -> Iterator[tuple[str, str]]:
    """Every product of the rulebook, for forms and sheets."""
    return ((key, _later(PRODUCT, key)) for key in load().vocabularies[PRODUCT].terms)


def group_choices() -> Iterator[tuple[str, str]]:
    """Every priority group of the rulebook, for forms and sheets."""
    return ((key, _later(GROUP, key)) for key in load().vocabularies[GROUP].terms)
