"""Names of the province, its districts, communes and hamlets, and where each district lies."""

from dataclasses import dataclass
from itertools import product

import numpy as np

PROVINCE_CODE = "98"
PROVINCE_NAME = "Bình Minh"


@dataclass(frozen=True)
class DistrictPlan:
    """What is decided about a district before the land is drawn.

    ``east`` and ``north`` place its seat, in half widths and half heights of the province from its middle.
    ``pull`` is how many times denser than the plain its seat is, within about ``reach_km``. ``first_wards`` and
    ``first_communes`` are names that must exist; the others are built from ``syllables``, which no two districts share.
    ``minority`` is the share of households that are not Kinh.
    """

    kind: str
    name: str
    east: float
    north: float
    communes: int
    wards: int
    pull: float
    reach_km: float
    syllables: tuple[str, ...]
    first_wards: tuple[str, ...] = ()
    first_communes: tuple[str, ...] = ()
    minority: float = 0.0
    rural_hamlet: str = "Thôn"
    urban_hamlet: str = "Tổ dân phố"

    @property
    def ward_kind(self) -> str:
        return "Thị trấn" if self.kind == "Huyện" else "Phường"


DISTRICT_PLANS = (
    DistrictPlan(
        "Thành phố", "Bình Minh", -0.08, 0.06, communes=13, wards=10, pull=24.0, reach_km=5.5,
        syllables=("Minh", "Quang", "Bắc"),
        first_wards=("Bến Gỗ", "Cầu Đá", "Chợ Mới", "Đông Thành", "Nam Thành", "Tây Thành", "Vườn Dừa", "Hồ Sen"),
    ),
    DistrictPlan(
        "Thị xã", "An Bình", 0.02, -0.63, communes=11, wards=6, pull=9.0, reach_km=5.0,
        syllables=("An", "Thái"),
        first_wards=("Cửa Tiền", "Bãi Sau", "Lò Vôi", "An Thịnh"),
    ),
    DistrictPlan(
        "Huyện", "Thuận Hòa", 0.34, 0.56, communes=14, wards=1, pull=6.0, reach_km=5.0,
        syllables=("Thuận", "Hòa", "Xuân"),
        first_communes=("Tân Lộc", "Hòa Xuân", "Đông Khê", "Phú Lễ"),
    ),
    DistrictPlan(
        "Huyện", "Phú Khê", 0.46, -0.46, communes=12, wards=1, pull=4.0, reach_km=4.5,
        syllables=("Phú", "Khê", "Hưng"),
        first_communes=("Phú Lễ",),
    ),
    DistrictPlan(
        "Huyện", "Tân Sơn", 0.6, 0.14, communes=12, wards=1, pull=4.0, reach_km=4.5,
        syllables=("Tân", "Mỹ", "Kim"),
        rural_hamlet="Ấp", urban_hamlet="Khóm",
    ),
    DistrictPlan(
        "Huyện", "Cẩm Thạch", -0.23, 0.54, communes=12, wards=1, pull=3.0, reach_km=4.0,
        syllables=("Cẩm", "Thạch", "Ngân"), minority=0.34,
    ),
    DistrictPlan(
        "Huyện", "Long Giang", -0.66, 0.5, communes=11, wards=1, pull=2.5, reach_km=4.0,
        syllables=("Long", "Quế", "Lương"), minority=0.52,
    ),
    DistrictPlan(
        "Huyện", "Vĩnh Lạc", -0.4, -0.5, communes=13, wards=2, pull=5.0, reach_km=4.5,
        syllables=("Vĩnh", "Lạc", "Khánh"), first_wards=("Vĩnh Lạc", "Bến Đò"),
    ),
    DistrictPlan(
        "Huyện", "Ngọc Lâm", -0.82, -0.04, communes=11, wards=1, pull=2.5, reach_km=4.0,
        syllables=("Ngọc", "Đại", "Thanh"), minority=0.28,
    ),
    DistrictPlan(
        "Huyện", "Đông Lĩnh", 0.88, -0.2, communes=11, wards=1, pull=3.0, reach_km=4.0,
        syllables=("Đông", "Hải", "Trường"),
        rural_hamlet="Ấp", urban_hamlet="Khóm",
    ),
)  # fmt: skip

SECOND_SYLLABLES = (
    "Lộc Thành Phong Thịnh Thủy Lâm Điền Trung Hải Lĩnh Trạch Đức Tiến Châu Lập Hội Thượng Quang Minh Phương Cường "
    "Sơn Giang Khê Hưng Tường Đồng Nghĩa Xuân Lễ Hà Mỹ Tân Thắng Hậu Đình Lạc Vân"
)

REAL_PROVINCES = (
    "Hà Nội,Hà Giang,Cao Bằng,Bắc Kạn,Tuyên Quang,Lào Cai,Điện Biên,Lai Châu,Sơn La,Yên Bái,Hòa Bình,Thái Nguyên,"
    "Lạng Sơn,Quảng Ninh,Bắc Giang,Phú Thọ,Vĩnh Phúc,Bắc Ninh,Hải Dương,Hải Phòng,Hưng Yên,Thái Bình,Hà Nam,"
    "Nam Định,Ninh Bình,Thanh Hóa,Nghệ An,Hà Tĩnh,Quảng Bình,Quảng Trị,Thừa Thiên Huế,Đà Nẵng,Quảng Nam,Quảng Ngãi,"
    "Bình Định,Phú Yên,Khánh Hòa,Ninh Thuận,Bình Thuận,Kon Tum,Gia Lai,Đắk Lắk,Đắk Nông,Lâm Đồng,Bình Phước,"
    "Tây Ninh,Bình Dương,Đồng Nai,Bà Rịa - Vũng Tàu,Hồ Chí Minh,Long An,Tiền Giang,Bến Tre,Trà Vinh,Vĩnh Long,"
    "Đồng Tháp,An Giang,Kiên Giang,Cần Thơ,Hậu Giang,Sóc Trăng,Bạc Liêu,Cà Mau"
)
"""Provinces of 2021: no invented unit is named after one."""

OLDEST_VILLAGES = ("Đông", "Đoài")
"""East and West, the pair of names that comes first wherever villages have names."""

VILLAGE_NAMES = (
    "Thượng Hạ Trung Nội Ngoại Chùa Đình Chợ Trại Bến Đồng Cầu Giếng Gò Mới Sen Tre Đa Bãi Ngòi Đầm Nghè Vạn Lò"
)


def _built_names(plan: DistrictPlan) -> list[str]:
    chosen = {name for each in DISTRICT_PLANS for name in (each.name, *each.first_wards, *each.first_communes)}
    taken = chosen.union(REAL_PROVINCES.split(","))
    pairs = product(plan.syllables, SECOND_SYLLABLES.split())
    return [name for name in (f"{first} {second}" for first, second in pairs if first != second) if name not in taken]


def commune_names(plan: DistrictPlan, count: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Kind and name of each commune of a district, wards and towns first; no name comes twice."""
    spare = [str(name) for name in rng.permutation(_built_names(plan))]
    seat = (plan.name,) if plan.kind == "Huyện" and plan.name not in plan.first_wards else ()
    wards = [*seat, *plan.first_wards][: plan.wards]
    wards += [spare.pop() for _ in range(plan.wards - len(wards))]
    villages = [*plan.first_communes, *spare][: count - len(wards)]
    return [(plan.ward_kind, name) for name in wards] + [("Xã", name) for name in villages]


def hamlet_names(
    plan: DistrictPlan, kind: str, commune: str, count: int, rng: np.random.Generator
) -> list[tuple[str, str]]:
    """Kind and full name of each hamlet: numbered in town and in half of the communes, named in the others."""
    if kind != "Xã":
        return [(plan.urban_hamlet, f"{plan.urban_hamlet} {number}") for number in range(1, count + 1)]
    numbered = bool(rng.random() < 0.4)
    names = [str(number) for number in range(1, count + 1)]
    if commune == "Tân Lộc" or not numbered:
        later = rng.permutation(VILLAGE_NAMES.split())[: count - len(OLDEST_VILLAGES)]
        names = [*OLDEST_VILLAGES, *(str(name) for name in later)]
    return [(plan.rural_hamlet, f"{plan.rural_hamlet} {name}") for name in names]
