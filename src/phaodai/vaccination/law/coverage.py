"""Names of the populations that are counted, in the language of the screen."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from phaodai.vaccination.law.vocabulary import group_choices, group_label
from phaodai.vaccination.rules.coverage import GROUP, Population

WORDS: dict[str, Promise] = {
    "adults": pgettext_lazy("coverage", "18 and over"),
    "over-50": pgettext_lazy("coverage", "50 and over"),
    "over-65": pgettext_lazy("coverage", "65 and over"),
    "grades-9-12": pgettext_lazy("coverage", "Grades 9 to 12"),
    "grades-6-8": pgettext_lazy("coverage", "Grades 6 to 8"),
    "aged-12-17": pgettext_lazy("coverage", "12 to 17"),
    "aged-5-11": pgettext_lazy("coverage", "5 to 11"),
    "residents": pgettext_lazy("coverage", "Everybody"),
}


def population_words(population: Population) -> str:
    """What a population is called."""
    return group_label(population.group) if population.group else str(WORDS[population.key])


def population_choices() -> Iterator[tuple[str, str | Promise]]:
    """Every population that may be counted, for forms and sheets."""
    yield from WORDS.items()
    yield from ((GROUP + key, label) for key, label in group_choices())
