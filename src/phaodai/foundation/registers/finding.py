"""Rows that hold some words, in an order: found through the index of words where they are few, on the way where they are many.

Left to itself PostgreSQL expects such rows to be spread evenly over the order, and walks it until a page is full. Names stand
in the order of given names, so that whoever a given name finds stands together, a million rows deep perhaps. Fences, which
are subqueries that it does not look through, keep it from walking there.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigAutoField, CharField, F, Lookup, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler

# Beyond this a count is said as "more than": counting every row of a province on each keystroke helps nobody.
COUNTED_AT_MOST = 10_000
# Where more rows hold the words, so many of the list are looked through in its order first, more for a deep page.
WALKED_AT_MOST, WALKED_FOR_EACH = 20_000, 10
# So many letters make a trigram, which is what the index of words is made of.
TRIGRAM = 3


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """`search_key__holds="lan"`: the folded text holds the word."""

    lookup_name = "holds"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, values = self.process_lhs(compiler, connection)
        statement, patterns = _holds(column, self.rhs, connection)
        return statement, tuple(one for pattern in patterns for one in (*values, pattern))


def _holds(column: str, word: str, connection: Any) -> tuple[str, list[str]]:
    """A word is found anywhere; one too short for a trigram where a word begins, so that the index finds it too."""
    escaped = connection.ops.prep_for_like_query(word)
    patterns = [f"%{escaped}%"] if len(word) >= TRIGRAM else [f"{escaped}%", f"% {escaped}%"]
    return "(" + " or ".join([f"{column} like %s"] * len(patterns)) + ")", patterns


@BigAutoField.register_lookup
class Among(Lookup):
    """`pk__among=[…]`: one of these keys, sent as one array; `in` sends each by itself, which takes long for thousands."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = any(%s)", (*values, self.rhs)


def holding(rows: QuerySet[Any], field: str, words: Sequence[str]) -> QuerySet[Any]:
    """The rows that hold every word."""
    for word in words:
        rows = rows.filter(**{f"{field}__holds": word})
    return rows


def keys_of(hits: QuerySet[Any], names: Sequence[str] = (), at_most: int | None = COUNTED_AT_MOST + 1) -> list[int]:
    """The keys of rows, found first and put in the order of the fields `names` then; without an order, as they are found."""
    try:
        inner, values = _keyed(hits.order_by(), names)[:at_most].query.sql_with_params()
    except EmptyResultSet:
        return []  # a chip with a value that nothing has
    order = f"order by {_order(names)}" if names else ""
    with connections[hits.db].cursor() as cursor:
        cursor.execute(f"with hits as materialized ({inner}) select array(select hit from hits {order})", values)  # noqa: S608
        return list(cursor.fetchone()[0])


def part_of(rows: QuerySet[Any], field: str, words: Sequence[str], names: Sequence[str], part: slice) -> list[int]:
    """The keys of a part of the rows that hold the words, of which there are more than are counted."""
    walked = _on_the_way(rows, field, words, names, part)
    return walked if len(walked) == part.stop - part.start else keys_of(holding(rows, field, words), names, None)[part]


def _on_the_way(rows: QuerySet[Any], field: str, words: Sequence[str], names: Sequence[str], part: slice) -> list[int]:
    """As many as lie in the first part of the list: soon a whole page, where a common word is spread evenly."""
    connection = connections[rows.db]
    walked = _keyed(rows, names, searched_text=F(field)).order_by(*names)[
        : WALKED_AT_MOST + WALKED_FOR_EACH * part.start
    ]
    inner, values = walked.query.sql_with_params()
    conditions = [_holds("searched_text", word, connection) for word in words]
    statement = (
        f"select hit from ({inner}) walked where {' and '.join(text for text, _patterns in conditions)}"  # noqa: S608
        f" order by {_order(names)} offset %s limit %s"
    )
    patterns = [one for _text, patterns in conditions for one in patterns]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *patterns, part.start, part.stop - part.start])
        return [key for (key,) in cursor.fetchall()]


def _keyed(rows: QuerySet[Any], names: Sequence[str], **more: F) -> QuerySet[Any]:
    """The keys of rows alone, with what they are put in order by."""
    places = {f"place_{place}": F(name.removeprefix("-")) for place, name in enumerate(names)}
    keyed: QuerySet[Any] = rows.annotate(hit=F("pk"), **places, **more).values_list("hit", *places, *more)
    return keyed


def _order(names: Sequence[str]) -> str:
    return ", ".join(f"place_{place} {'desc' if name.startswith('-') else 'asc'}" for place, name in enumerate(names))
