"""When a count leaves the band of its forecast."""

FEWEST = 3
"""One or two cases where none was forecast are a matter for tracing, not for a warning about the course."""


def leaves_band(count: float | None, upper: float) -> bool:
    """Whether a day's count lies above the upper end of the 95% band that was forecast for it; a day unreported does not."""
    return count is not None and count >= FEWEST and count > upper
