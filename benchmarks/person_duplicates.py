"""Records of one person found among all of a province: how long it takes, and how many of the doubles it finds.

    PHAODAI_DATA=/tmp/duplicates .venv/bin/python benchmarks/person_duplicates.py [--persons 200000]

Invented persons in 150 communes; one in a hundred is there twice, written by another hand: without accents, with the given
name first, with the name between left out, without telephone, or with the year of birth alone. Nothing is kept.
"""

import argparse
import json
import sys
from time import perf_counter

FAMILY = "Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý,Mai,Cao,Đinh,Lương"
MIDDLE = "Văn,Thị,Hữu,Đức,Minh,Thanh,Ngọc,Quang,Xuân,Thu,Kim,Bảo,Gia,Công,Anh,Tuấn,Hồng,Thúy,Như,Quốc"
GIVEN = (
    "An,Anh,Bình,Chi,Cường,Dũng,Dung,Đạt,Giang,Hà,Hải,Hạnh,Hiếu,Hoa,Hòa,Hùng,Huy,Hương,Khánh,Lan,Linh,Long,Ly,Mai,Minh,My,"
    "Nam,Nga,Ngọc,Nhung,Oanh,Phúc,Phương,Quân,Quỳnh,Sơn,Tâm,Thảo,Thắng,Thủy,Trang,Trung,Tuấn,Tú,Vân,Việt,Vy,Xuân,Yến"
)
NAMES = """
with chance as (
    select n, random() as a, random() as b, random() as c, random() as d, random() as e, random() as f, random() as g
    from generate_series(1, %(persons)s) n
)
select n,
    f.words[1 + floor(least(a * a, .999) * array_length(f.words, 1))::int] || ' '
    || m.words[1 + floor(b * array_length(m.words, 1))::int] || ' '
    || g.words[1 + floor(c * array_length(g.words, 1))::int] as name,
    case when d < 0.5 then 'F' else 'M' end as sex,
    date '1935-01-01' + floor(e * 31000)::int as born,
    '09' || lpad(floor(f * 1e8)::bigint::text, 8, '0') as phone,
    floor(g * 150)::int as commune
from chance, (select string_to_array(%(family)s, ',') as words) f, (select string_to_array(%(middle)s, ',') as words) m,
    (select string_to_array(%(given)s, ',') as words) g
"""
HANDS = ("upper", "order", "short", "year", "plain")


def fold_columns(rows: list[tuple]) -> list[tuple]:  # type: ignore[type-arg]
    """Each person with the key for search; and one in a hundred a second time by another hand."""
    from phaodai.foundation.formats import fold

    made = []
    for number, name, sex, born, phone, commune in rows:
        made.append((name, sex, born.year, born, phone, fold(name), commune))
        if number % 100 == 0:
            made.append(second(number, name, sex, born, phone, commune))
    return made


def second(number, name, sex, born, phone, commune):  # type: ignore[no-untyped-def]
    """The same person as another hand writes it."""
    from phaodai.foundation.formats import fold

    family, middle, given = name.split()
    hand = HANDS[number // 100 % len(HANDS)]
    told = {"upper": fold(name).upper(), "order": f"{given} {family} {middle}", "short": f"{family} {given}"}.get(
        hand, name
    )
    year_alone = hand == "year"
    left = phone if year_alone or hand == "short" else ""
    return (told, sex, born.year, None if year_alone else born, left, fold(told), commune)


def main() -> None:
    """Make, find, count, forget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=200_000)
    args = parser.parse_args()
    from phaodai.site.installation import open_installation

    server = open_installation()
    from django.db import connection, transaction

    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.duplicates import pairs_in_area

    with entering(SYSTEM), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = '30min'")
        cursor.execute("select setseed(0.5)")
        cursor.execute(NAMES, {"persons": args.persons, "family": FAMILY, "middle": MIDDLE, "given": GIVEN})
        write(cursor, fold_columns(cursor.fetchall()))
        start = perf_counter()
        pairs = list(pairs_in_area(-1))
        taken = perf_counter() - start
        cursor.execute("select min(id) from people_person where province_id = -1")
        first = cursor.fetchone()[0]
        transaction.set_rollback(True)
    doubles = args.persons // 100
    right = sum(1 for pair in pairs if pair.other == pair.one + 1 and (pair.other - first + 1) % 101 == 0)
    print(
        f"{args.persons + doubles:,} records: {taken:.1f} s; {len(pairs):,} pairs proposed, {right:,} of {doubles:,} doubles"
    )
    server.leave()


def write(cursor, rows: list[tuple]) -> None:  # type: ignore[no-untyped-def, type-arg]
    """Put persons in, by one list a column."""
    columns = [json.dumps(column, ensure_ascii=False, default=str) for column in zip(*rows, strict=True)]
    cursor.execute(
        "insert into people_person (full_name, sex, birth_year, birth_date, phone, identity_number, address, sort_key,"
        " search_key, province_id, district_id, commune_id, version, created_at, updated_at)"
        " select name, sex, year::smallint, born::date, phone, '', '', '', key, -1, -1, commune::int, 1, now(), now()"
        f" from rows from ({', '.join(['json_array_elements_text(%s)'] * 7)})"
        " as told (name, sex, year, born, phone, key, commune)",
        columns,
    )


if __name__ == "__main__":
    sys.exit(main())
