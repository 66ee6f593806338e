"""Reasons in words, in both languages, put together from the texts of the provisions that decided."""

from collections.abc import Mapping
from typing import Any

from phaodai.rulebook.findings import Findings
from phaodai.rulebook.inquiry import LawOfDay
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.tables import NO_ROW, Row
from phaodai.rulebook.words import LANGUAGES, Language, Words, percent, sentence

AWAITS = Words(
    "Chưa kết luận được: “{title}”{about} theo {document} đang chờ kiểm chứng.",
    "Cannot conclude: this value awaits verification: {title}{about} under {document}.",
)
FIELD_AWAITS = Words(
    "Riêng “{field}” theo {document} đang chờ kiểm chứng.",
    "Of this, {field} under {document} awaits verification.",
)
UNPROVIDED = Words(
    "Chưa kết luận được: chưa có điều nào của bảng “{title}” nói về trường hợp này (đang hiệu lực: {documents}).",
    "Cannot conclude: no provision entered in “{title}” speaks of this case (in force: {documents}).",
)
INCOMPLETE = Words("Cần cho biết: {facts}.", "Give: {facts}.")
ASSUMED = Words("Không nêu nên coi là: {facts}.", "Not stated and taken as: {facts}.")
OVERLAY = Words("Theo {document}, do {officer} xác nhận.", "Under {document}, confirmed by {officer}.")


class _Shown(dict[str, str]):
    """The figures of one case as text of one language, each formatted when a reason first names it."""

    def __init__(self, findings: Findings, case: int, language: Language) -> None:
        self._findings, self._case, self._language = findings, case, language

    def __missing__(self, name: str) -> str:
        self[name] = shown(self._findings.inquiry.law, name, self._findings.figure(name, self._case), self._language)
        return self[name]


def shown(law: LawOfDay, name: str, value: Any, language: Language) -> str:
    """A figure in running text, its terms by their names on screen."""
    fact = law.facts.get(name)
    vocabulary = (fact.vocabulary if fact else None) or law.vocabularies.get(name)
    if vocabulary is not None and isinstance(value, str):
        return vocabulary.label(value).of(language)
    if fact is not None and fact.kind == "share" and isinstance(value, int | float):
        return percent(value, language)
    return sentence(value, language)


def why(findings: Findings, case: int) -> Words:
    """What was decided about one case and by which provisions, or why nothing can be concluded."""
    rows = findings.rows(case)
    return Words(*(" ".join(_parts(findings, case, rows, language)) for language in LANGUAGES))


def reasons_of(findings: Findings) -> list[Words]:
    """Per case the reason alone, for maps and lists of many units."""
    return [why(findings, case) for case in range(len(findings))]


def _parts(findings: Findings, case: int, rows: list[Row], language: Language) -> list[str]:
    refusal = findings.refusal(case)
    if refusal:
        return [refusal.of(language)]
    law = findings.inquiry.law
    figures = _Shown(findings, case, language)
    parts = [_reason(findings, row, figures, language) for row in rows if row.provision.verified]
    parts += [_awaiting(findings, case, row.provision, language) for row in rows if not row.provision.verified]
    parts += [
        _doubtful(law, row.provision, language) for row in rows if row.provision.verified and row.provision.doubtful
    ]
    if not findings.concluded[case]:
        parts += _trouble(findings, case, language)
    assumed = findings.assumptions(case)
    if assumed:
        parts.append(ASSUMED.of(language).format(facts=named(law, assumed, language)))
    return [part for part in parts if part]


def _reason(findings: Findings, row: Row, figures: Mapping[str, str], language: Language) -> str:
    """The text of one provision, filled with its own fields and with the figures of the case."""
    template = findings.templates.get((id(row), language))
    if template is None:
        template = findings.templates[id(row), language] = _template(findings.inquiry.law, row.provision, language)
    return template.format_map(figures) if "{" in template else template


def _template(law: LawOfDay, provision: Provision, language: Language) -> str:
    """The text of a provision with its own fields filled in and the figures of the case left open."""
    fields = provision.then if isinstance(provision.then, Mapping) else {"then": provision.then}
    labels = law.facts.keys() - fields.keys()
    figures = {name: f"{{{name}}}" for name in labels}
    own = {name: shown(law, "outcome" if name == "then" else name, value, language) for name, value in fields.items()}
    text = provision.reason.of(language).format_map(figures | own)
    if not provision.verified_by:
        return text
    return f"{text} {OVERLAY.of(language).format(document=provision.document.number, officer=provision.verified_by)}"


def _awaiting(findings: Findings, case: int, provision: Provision, language: Language) -> str:
    """Which value of which document is missing, told by the figures of the case that lead to it."""
    law = findings.inquiry.law
    # In the order of the rule's facts: a set's own order differs from process to process.
    asked = [name for name in findings.inquiry.columns if name in provision.when.facts]
    told = {name: findings.figure(name, case) for name in asked}
    about = named(law, {name: value for name, value in told.items() if value is not None}, language)
    return AWAITS.of(language).format(
        title=law.table(provision.table).spec.title.of(language),
        about=f" – {about} –" if about else "",
        document=provision.document.number,
    )


def field_label(law: LawOfDay, name: str, language: Language) -> str:
    """The name on screen of a field of an outcome."""
    return law.vocabularies["field"].label(name).of(language)


def _doubtful(law: LawOfDay, provision: Provision, language: Language) -> str:
    fields = ", ".join(field_label(law, name, language) for name in provision.doubtful)
    return FIELD_AWAITS.of(language).format(field=fields, document=provision.document.number)


def _trouble(findings: Findings, case: int, language: Language) -> list[str]:
    parts = []
    missing = findings.missing(case)
    if missing:
        facts = ", ".join(findings.inquiry.law.facts[name].label.of(language) for name in missing)
        parts.append(INCOMPLETE.of(language).format(facts=facts))
    for step in findings.inquiry.steps:
        if step.required and step.answer.hits[case] == NO_ROW:
            table = step.answer.table
            documents = dict.fromkeys(row.provision.document.number for row in table.rows)
            parts.append(
                UNPROVIDED.of(language).format(
                    title=table.spec.title.of(language), documents=", ".join(documents) or "–"
                )
            )
    return parts


def named(law: LawOfDay, values: Mapping[str, Any], language: Language) -> str:
    """`label: value` pairs in running text."""
    pairs = (
        f"{law.facts[name].label.of(language)}: {shown(law, name, value, language)}" for name, value in values.items()
    )
    return "; ".join(pairs)
