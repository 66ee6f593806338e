"""The same on English pages: 05/06/2021 is the fifth of June on every screen of a province."""

from phaodai.site.formats.vi.formats import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS

__all__ = ["DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS"]
