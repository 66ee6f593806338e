"""How wide a text is in Times: enough to set the rules under titles where the format cannot measure text itself."""

from congvan.writing.composing import MOTTO, NATIONAL_TITLE, PARTY_TITLE
from congvan.writing.layout import TextStyle

# Widths in ems, measured on the bold face of Liberation Serif, which has the metrics of Times New Roman.
KNOWN_WIDTHS = {NATIONAL_TITLE: 20.862, MOTTO: 12.242, PARTY_TITLE: 13.778}
CAPITAL, SMALL = 0.64, 0.45
POINT = 25.4 / 72


def text_width(text: str, style: TextStyle) -> float:
    """Millimetres of the widest line of the text: exact for the fixed titles, within a tenth for others."""
    return max(line_ems(line) for line in text.split("\n")) * style.size * POINT


def line_ems(line: str) -> float:
    """The width of one line in ems."""
    return KNOWN_WIDTHS.get(line) or sum(CAPITAL if letter.isupper() else SMALL for letter in line)
