"""Lodgings of workers: rooms round one yard, tap and kitchen near a park, whose tenants live as closely as a household.

Directives call them `khu nhà trọ công nhân`. How large one is and how many workers live in one is assumed (`Demography`,
`Park`); tenants are part of the people of the park's commune.
"""

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.territory import Province

Ids = NDArray[np.int32]
Bytes = NDArray[np.uint8]


def lodge(province: Province, commune_starts: Ids, household: Ids, tenants: int) -> tuple[Ids, Bytes]:
    """Turn the last households of the communes with lodgings into lodgings of so many tenants.

    Returns each person's household, numbered anew, and the park of each tenant, 0 for everybody else; shape (people,). Where
    nobody is lodged the households are those given.
    """
    park, begins = np.zeros(len(household), np.uint8), np.diff(household, prepend=-1) > 0
    codes = [commune.code for commune in province.communes]
    last = commune_starts[1:].copy()
    for number, one in enumerate(province.parks, start=1):
        at = codes.index(one.commune)
        first = last[at] - one.tenants
        park[first : last[at]] = number
        begins[first : last[at]] = np.arange(one.tenants) % tenants == 0
        last[at] = first
    return (np.cumsum(begins) - 1).astype(np.int32), park
