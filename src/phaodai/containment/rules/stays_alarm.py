"""Signs that somebody kept at home needs a doctor now. Pure.

A working list: Decision 261/QĐ-BYT names eleven warning signs (the rulebook has their number); its annex was not read.
"""

ALARM_SIGNS = (
    "breathlessness",
    "low oxygen",
    "chest pain",
    "confusion",
    "blue lips",
    "cannot eat or drink",
    "high fever",
    "convulsion",
)


def known_signs(signs: list[str]) -> list[str]:
    """Those of the list, in its order, each once."""
    return [sign for sign in ALARM_SIGNS if sign in signs]
