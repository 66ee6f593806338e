"""Line lists that look like those of the world, made from a seed: Korea, Hong Kong, Singapore and a Vietnamese district.

Their columns, words and dirt are those of the published lists; their persons are nobody.
"""

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta

KOREAN = [
    "patient_id",
    "sex",
    "age",
    "country",
    "province",
    "city",
    "infection_case",
    "infected_by",
    "contact_number",
    "symptom_onset_date",
    "confirmed_date",
    "released_date",
    "deceased_date",
    "state",
]
OF_HONG_KONG = [
    "Case no.",
    "Report date",
    "Date of onset",
    "Gender",
    "Age",
    "Name of hospital admitted",
    "Hospitalised/Discharged/Deceased",
    "HK/Non-HK resident",
    "Classification*",
    "Case status*",
]
OF_SINGAPORE = [
    "CaseID",
    "Case",
    "Related cases",
    "Cluster links",
    "Relationship notes",
    "Age",
    "sex",
    "country",
    "hospital",
    "presumed_infected_date",
    "start_source",
    "end_source",
    "date_onset_symptoms",
    "date_quarantine",
    "date_hospital",
    "date_confirmation",
    "outcome",
    "date_discharge",
    "travel_history",
    "additional_information",
    "cluster",
    "citizenship",
]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]], separator: str = ",") -> str:
    """A table as text."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return stream.getvalue()


def korea(cases: int = 5165, seed: int = 5) -> tuple[str, int]:
    """The list of the Korean centre as it was published, and how many of its links name a case of the list."""
    chance = random.Random(seed)
    header = KOREAN
    rows: list[list[object]] = []
    links = 0
    for number in range(cases):
        code = 1_000_000_001 + number
        confirmed = date(2020, 1, 20) + timedelta(days=chance.randrange(120))
        sources = (
            [chance.choice(rows)[0] for _ in range(chance.choice((1, 1, 1, 2)))]
            if rows and chance.random() < 0.25
            else []
        )
        links += len(set(sources))
        died = chance.random() < 0.02
        released = not died and chance.random() < 0.3
        rows.append(
            [
                code,
                chance.choice(("male", "female", "")),
                chance.choice([f"{decade}0s" for decade in range(1, 11)] + ["0s", ""]),
                chance.choice(("Korea", "China", "Foreign")),
                chance.choice(("Seoul", "Busan", "Gyeongsangbuk-do")),
                chance.choice(("Gangseo-gu", "etc", "")),
                chance.choice(("overseas inflow", "contact with patient", "Shincheonji Church", "etc", "")),
                chance.choice((", ", ",", ",  ")).join(map(str, sources)) or chance.choice(("", " ")),
                chance.choice(("", "-", "75", "1,160")),
                chance.choice(("", " ", f"{confirmed - timedelta(days=chance.randrange(9)):%Y-%m-%d}")),
                f"{confirmed:%Y-%m-%d}",
                f"{confirmed + timedelta(days=20):%Y-%m-%d}" if released else "",
                f"{confirmed + timedelta(days=9):%Y-%m-%d}" if died else "",
                "deceased" if died else "released" if released else "isolated",
            ]
        )
    return as_csv(header, rows), links


def hong_kong(cases: int = 800, seed: int = 6) -> str:
    """The list of the Hong Kong health department: words where days are expected."""
    chance = random.Random(seed)
    header = OF_HONG_KONG
    rows = []
    for number in range(1, cases + 1):
        day = date(2020, 1, 23) + timedelta(days=number // 5)
        onset = chance.choice(
            ("Asymptomatic", "Pending", "Unknown", "Mid-January", "January", "", *[f"{day:%d/%m/%Y}"] * 6)
        )
        rows.append(
            [
                number, f"{day:%d/%m/%Y}", onset, chance.choice("MF"), chance.choice((*range(1, 95), "<1", "Pending")),
                chance.choice(("", "Princess Margaret Hospital")),
                chance.choice(("Hospitalised", "Discharged", "Deceased", "To be provided", "No admission")),
                chance.choice(("HK resident", "Non-HK resident", "Unknown")),
                chance.choice(("Imported case", "Local case", "Epidemiologically linked with local case")),
                chance.choice(("Confirmed", "Confirmed", "Probable")),
            ]
        )  # fmt: skip
    return as_csv(header, rows)


def singapore(cases: int = 93, seed: int = 7) -> str:
    """The list of Singapore as researchers keep it: months in words, cases related to each other, clusters."""
    chance = random.Random(seed)
    header = OF_SINGAPORE
    rows = []
    for number in range(1, cases + 1):
        day = date(2020, 1, 14) + timedelta(days=number // 3)
        discharged = chance.random() < 0.6
        rows.append(
            [
                number, f"Case {number}", chance.choice(("", "8, 83", "19")), "", chance.choice(("", "Wife of case 8")),
                chance.randrange(1, 90), chance.choice(("M", "F")), "Singapore", "SGH", "",
                f"{day - timedelta(days=6):%Y-%m-%d}",
                f"{day - timedelta(days=2):%Y-%m-%d}", chance.choice((f"{day:%d %b %Y}", "NA")), "", f"{day:%Y-%m-%d}",
                f"{day + timedelta(days=3):%Y-%m-%d}", "Discharged" if discharged else "",
                f"{day + timedelta(days=20):%Y-%m-%d}" if discharged else "", "Wuhan", "", "Wuhan", "China",
            ]
        )  # fmt: skip
    return as_csv(header, rows, ";")


def district(rows: int = 40, seed: int = 8) -> list[list[object]]:
    """A district's own sheet: titles in merged cells, two header rows, numbers of columns, a line of sums, a signature."""
    chance = random.Random(seed)
    head: list[list[object]] = [
        ["TRUNG TÂM Y TẾ HUYỆN THUẬN HÒA"],
        ["DANH SÁCH CA BỆNH COVID-19"],
        [],
        [
            "STT",
            "Mã BN",
            "Họ và tên",
            "Năm sinh",
            "Giới",
            "Nơi ở hiện nay",
            "",
            "Ngày",
            "",
            "Nguồn lây",
            "Kết quả điều trị",
        ],
        ["", "", "", "", "", "Thôn", "Xã", "khởi phát", "lấy mẫu", "", ""],
        [f"({place})" for place in range(1, 12)],
    ]
    body: list[list[object]] = []
    for number in range(1, rows + 1):
        sampled = date(2021, 10, 1) + timedelta(days=number)
        source = f"BN{number - 1}" if number > 1 and chance.random() < 0.5 else "Chưa rõ"
        body.append(
            [
                number, f"BN{number}", f"Lường Văn {chr(64 + (number - 1) % 26 + 1)}", chance.randrange(1930, 2020),
                chance.choice(("Nam", "Nữ", "nu")), "Thượng", chance.choice(("Tân Lộc", "TAN LOC", "Xã Hoà Xuân", "Hòa Xuân")),
                chance.choice((f"{sampled:%d/%m/%Y}", f"{sampled.day}/{sampled.month}", "Không TC")), sampled, source,
                chance.choice(("Đang điều trị", "Khỏi bệnh", "")),
            ]
        )  # fmt: skip
    return [*head, *body, ["Tổng cộng", rows], [], ["Người lập biểu"]]
