"""The invented province of Bình Minh: what makes it, not its data.

Pure data, no Django and no database: :mod:`demo.geography` draws the land, :mod:`demo.organisations` staffs it,
:mod:`demo.people` settles it, :mod:`demo.directives` writes its papers and :mod:`demo.story` tells what its
units then did. Everything follows from one seed through named random streams (:mod:`demo.streams`).
"""

from datetime import date

SEED = 2111
"""The seed of the province that the documentation describes."""

TODAY = date(2021, 11, 24)
"""The morning on which the demonstration starts."""

GAZETTEER = "binh-minh"
"""The invented province's own series of lists, which no official list closes; its presence tells a demonstration."""
