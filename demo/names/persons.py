"""Names of invented people: family name by ethnicity, middle and given name by sex and generation.

Weights are per cent, rounded: family names follow the order that surveys of Vietnamese names agree on (Nguyễn near
two in five, then Trần, Lê, Phạm, Hoàng); middle and given names follow the change of fashion between generations.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]


class Sex(IntEnum):
    MALE = 0
    FEMALE = 1


class Ethnicity(IntEnum):
    KINH = 0
    TAY = 1
    THAI = 2
    MUONG = 3

    @property
    def label(self) -> str:
        return ("Kinh", "Tày", "Thái", "Mường")[self]


GENERATION_BOUNDS = (1962, 1987)
"""Birth years at which fashion in names turns: elders, middle-aged, young."""

FAMILY_NAMES = {
    Ethnicity.KINH: (
        "Nguyễn 37 Trần 11 Lê 9.5 Phạm 7 Hoàng 4 Huỳnh 1.1 Phan 4.4 Vũ 3 Võ 1 Đặng 2.1 Bùi 2 Đỗ 1.5 Hồ 1.3 Ngô 1.3 "
        "Dương 1.1 Lý 0.5 Đinh 1 Trịnh 0.8 Đoàn 0.9 Lâm 0.5 Mai 0.7 Cao 0.7 Tạ 0.4 Hà 0.5 Lương 0.6 Trương 1 Đào 0.7 "
        "Tô 0.3 Lưu 0.4 Thái 0.3 Kiều 0.2 Chu 0.4 Quách 0.1 Phùng 0.4 Nghiêm 0.1 Tống 0.2 Tăng 0.1 Vương 0.2"
    ),
    Ethnicity.TAY: "Nông 22 Hoàng 20 Lý 10 Triệu 9 Lương 8 Vi 7 Bế 5 Ma 6 Hà 6 Đàm 4 Nguyễn 3",
    Ethnicity.THAI: "Lò 22 Vi 19 Lương 18 Hà 10 Quàng 7 Cầm 6 Lộc 6 Ngân 6 Kha 3 Lô 3",
    Ethnicity.MUONG: "Bùi 38 Quách 14 Đinh 14 Hà 9 Phạm 8 Trương 7 Lê 5 Cao 5",
}

MIDDLE_NAMES = {
    (Sex.MALE, 0): "Văn 52 Xuân 7 Đình 6 Hữu 6 Đức 5 Công 4 Bá 3 Quang 3 Trọng 3 Ngọc 3 Viết 2 Thế 3 Minh 3",
    (
        Sex.MALE,
        1,
    ): "Văn 38 Đức 8 Xuân 5 Hữu 6 Quốc 5 Minh 6 Đình 5 Công 4 Quang 4 Ngọc 5 Thế 3 Mạnh 4 Anh 3 Trọng 2 Duy 2",
    (Sex.MALE, 2): (
        "Văn 15 Đức 8 Minh 10 Quốc 6 Gia 6 Anh 6 Tuấn 5 Quang 5 Duy 4 Hoàng 5 Bảo 5 Ngọc 4 Thành 4 Mạnh 3 Hữu 3 Đình 3 "
        "Nhật 3 Tiến 3 Đăng 2"
    ),
    (Sex.FEMALE, 0): "Thị 86 Thị Thu 2 Thị Kim 3 Ngọc 3 Thị Minh 2 Bích 1 Thu 2 Thị Hồng 1",
    (Sex.FEMALE, 1): (
        "Thị 52 Thị Thu 7 Thị Thanh 6 Thị Hồng 5 Thị Bích 3 Thị Ngọc 4 Thị Kim 3 Thị Minh 3 Thị Kiều 1 Thu 3 Thanh 3 "
        "Ngọc 4 Thúy 2 Kim 2 Phương 2"
    ),
    (Sex.FEMALE, 2): (
        "Thị 24 Thị Thu 4 Thị Thanh 3 Thị Ngọc 4 Thị Mỹ 2 Thị Kiều 2 Ngọc 9 Thu 5 Thanh 5 Bảo 6 Khánh 5 Minh 6 "
        "Phương 5 Hoài 3 Quỳnh 4 Gia 3 Kim 2 Thùy 3 Diệu 2 Hà 3"
    ),
}

GIVEN_NAMES = {
    (Sex.MALE, 0): (
        "Hùng 6 Dũng 4 Sơn 5 Bình 6 Minh 5 Hải 4 Thành 5 Long 3 Hòa 4 Thắng 4 Lợi 3 Tâm 3 Phúc 3 Đức 3 Quang 3 Hưng 2 "
        "Khoa 1 Vinh 2 Trung 2 Toàn 2 Đông 2 Chiến 3 Quyết 2 Lộc 2 Thọ 3 Phú 2 Khánh 2 Lâm 3 Ba 1 Tư 1 Bảy 1 Mười 1 "
        "Cường 3 Tiến 3 Nghĩa 2 Học 1 Thuận 2 An 2"
    ),
    (Sex.MALE, 1): (
        "Hùng 7 Dũng 7 Sơn 6 Tuấn 8 Cường 6 Hải 5 Thắng 5 Thành 5 Hà 3 Long 4 Nam 4 Trung 4 Kiên 3 Toàn 3 Hưng 4 "
        "Quân 3 Minh 4 Đức 4 Việt 3 Tùng 3 Hiếu 3 Vinh 2 Phong 2 Đạt 2 Thịnh 2 Khánh 2 Quyết 1 Lâm 2 Bình 2 Giang 1"
    ),
    (Sex.MALE, 2): (
        "Anh 6 Huy 6 Nam 6 Khang 4 Bảo 4 Phúc 5 Minh 6 Đạt 5 Quân 4 Khôi 3 Long 5 Tùng 4 Duy 4 Hiếu 5 Kiên 3 Đức 5 "
        "Hoàng 5 Dũng 4 Việt 3 Thịnh 3 Phong 4 An 3 Tuấn 4 Sơn 3 Trung 3 Thiên 1 Vũ 2 Lâm 3 Khánh 2 Nghĩa 2 Tài 2"
    ),
    (Sex.FEMALE, 0): (
        "Lan 6 Hoa 6 Hồng 5 Mai 4 Nga 4 Thủy 3 Tuyết 4 Liên 5 Huệ 4 Cúc 4 Sen 3 Thơm 3 Thắm 2 Lý 3 Tâm 4 Bình 3 Hòa 3 "
        "Yến 2 Xuân 4 Hiền 3 Hạnh 3 Dung 2 Nguyệt 3 Vân 3 Loan 3 Oanh 2 Minh 2 Mận 2 Bưởi 1 Chín 1 Lành 2 Nhàn 2"
    ),
    (Sex.FEMALE, 1): (
        "Hương 7 Hà 6 Hằng 6 Hạnh 5 Thủy 5 Hoa 4 Lan 4 Nga 4 Hiền 5 Huyền 4 Nhung 4 Vân 4 Thảo 4 Yến 4 Mai 3 Phương 5 "
        "Loan 3 Oanh 2 Trang 4 Ngọc 3 Dung 3 Tuyết 2 Liên 3 Thúy 3 Nguyệt 2 Tâm 2 Hồng 3 Quyên 2 Duyên 2 Thanh 3"
    ),
    (Sex.FEMALE, 2): (
        "Anh 9 Linh 8 Trang 6 Hương 3 Thảo 5 Ngân 5 Hà 4 Chi 4 Vy 3 Nhi 5 My 3 Uyên 3 Trâm 2 Quỳnh 4 Phương 5 Huyền 4 "
        "Ngọc 5 Hân 3 Châu 3 Nhung 2 Duyên 3 Giang 3 Thư 4 Yến 3 Vân 2 Ly 3 Mai 3 Lan 1 Hằng 2 Tuyết 1 Oanh 1"
    ),
}


@dataclass(frozen=True)
class Choice:
    """A weighted draw among entries of a table: their indices and cumulative shares."""

    index: Indices
    cumulative: NDArray[np.float64]

    def draw(self, count: int, rng: np.random.Generator) -> Indices:
        return self.index[np.searchsorted(self.cumulative, rng.random(count), side="right")]


@dataclass(frozen=True)
class NameTable:
    """Every entry once, and one weighted choice per group of people."""

    entries: tuple[str, ...]
    choices: dict[tuple[int, ...], Choice]


def _table(weights: dict[tuple[int, ...], str]) -> NameTable:
    parsed = {group: _parse(text) for group, text in weights.items()}
    entries = tuple(dict.fromkeys(name for names in parsed.values() for name in names))
    position = {name: index for index, name in enumerate(entries)}
    choices = {}
    for group, names in parsed.items():
        share = np.cumsum(list(names.values()))
        choices[group] = Choice(np.array([position[name] for name in names]), share / share[-1])
    return NameTable(entries, choices)


def _parse(text: str) -> dict[str, float]:
    """ "Thị 86 Thị Thu 2" to {"Thị": 86, "Thị Thu": 2}: each weight ends a name."""
    names: dict[str, float] = {}
    words: list[str] = []
    for word in text.split():
        if word[0].isdigit():
            names[" ".join(words)] = float(word)
            words = []
        else:
            words.append(word)
    return names


FAMILIES = _table({(int(ethnicity),): text for ethnicity, text in FAMILY_NAMES.items()})
MIDDLES = _table({(int(sex), generation): text for (sex, generation), text in MIDDLE_NAMES.items()})
GIVENS = _table({(int(sex), generation): text for (sex, generation), text in GIVEN_NAMES.items()})


def generation(birth_year: Indices) -> Indices:
    """0 elders, 1 middle-aged, 2 young: the fashion a birth year belongs to."""
    return np.searchsorted(GENERATION_BOUNDS, birth_year, side="right")


def draw_families(ethnicity: Indices, rng: np.random.Generator) -> Indices:
    """Family name of each person or household, as indices into ``FAMILIES.entries``."""
    drawn = np.zeros(len(ethnicity), dtype=np.intp)
    for (group,), choice in FAMILIES.choices.items():
        mask = ethnicity == group
        drawn[mask] = choice.draw(int(mask.sum()), rng)
    return drawn


def draw_by_generation(table: NameTable, sex: Indices, birth_year: Indices, rng: np.random.Generator) -> Indices:
    """Middle or given names fitting sex and birth year, as indices into ``table.entries``."""
    era = generation(birth_year)
    drawn = np.zeros(len(sex), dtype=np.intp)
    for (group, fashion), choice in table.choices.items():
        mask = (sex == group) & (era == fashion)
        drawn[mask] = choice.draw(int(mask.sum()), rng)
    return drawn


def full_name(family: int, middle: int, given: int) -> str:
    return f"{FAMILIES.entries[family]} {MIDDLES.entries[middle]} {GIVENS.entries[given]}"


def draw_full_names(sex: Indices, birth_year: Indices, rng: np.random.Generator) -> list[str]:
    """Full names of Kinh people of the given sexes and birth years."""
    family = draw_families(np.zeros(len(sex), dtype=np.intp), rng)
    middle = draw_by_generation(MIDDLES, sex, birth_year, rng)
    given = draw_by_generation(GIVENS, sex, birth_year, rng)
    return [full_name(*indices) for indices in zip(family.tolist(), middle.tolist(), given.tolist(), strict=True)]
