"""Row-level security as migration operations, so that a table and its policy are born together.

The policy is an equality on an indexed integer per tier: path ranges and `= any(array)` read every row of a commune
before sorting (300 times slower on a first page). The settings are read through scalar subqueries, which PostgreSQL
evaluates once a statement and can use as index keys.
"""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

FUNCTIONS = """
create function phaodai_reach() returns text language sql stable parallel safe
  as $$ select current_setting('phaodai.reach', true) $$;
create function phaodai_setting(name text) returns integer language sql stable parallel safe
  as $$ select nullif(current_setting(name, true), '')::integer $$;
"""
DROP_FUNCTIONS = "drop function phaodai_setting(text); drop function phaodai_reach();"

_PROVINCE = "(select phaodai_setting('phaodai.province'))"
_DISTRICT = "(select phaodai_setting('phaodai.district'))"
_COMMUNE = "(select phaodai_setting('phaodai.commune'))"
OWN_ORGANISATION = "(select phaodai_setting('phaodai.organisation'))"

EVERYWHERE = "(select phaodai_reach()) = 'all'"
# The same, said so that PostgreSQL takes it for likely (`expect_many`).
LIKELY_EVERYWHERE = "(select phaodai_reach() = 'all')"
IN_AREA = (
    f"((select phaodai_reach()) = 'area' and province_id = {_PROVINCE}"
    f" and ({_DISTRICT} is null or district_id = {_DISTRICT})"
    f" and ({_COMMUNE} is null or commune_id = {_COMMUNE}))"
)
OWN_OFFICER = "(select phaodai_setting('phaodai.officer'))"
# Whoever knows a row's reference sees that row: the stranger it was given to, the officer to whom it is shown.
_KNOWN = "(select nullif(current_setting('phaodai.reference', true), ''))"
BY_REFERENCE = f"((select phaodai_reach()) <> '' and reference = {_KNOWN})"
SIGNED_IN = "(select phaodai_reach()) in ('area', 'own', 'all')"


def protect(table: str, *, see: Sequence[str], write: Sequence[str] | None = None) -> RunSQL:
    """Force row-level security on `table`: a row is seen, or written, when any of the conditions holds.

    `write=()` leaves writing to the installation itself (the loading of reference data).
    """
    seen = " or ".join((EVERYWHERE, *see))
    written = " or ".join((EVERYWHERE, *(see if write is None else write)))
    forward = f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {table}_see on {table} for select using ({seen});
        create policy {table}_add on {table} for insert with check ({written});
        create policy {table}_change on {table} for update using ({written}) with check ({written});
        create policy {table}_remove on {table} for delete using ({written});
    """
    backward = f"""
        drop policy {table}_see on {table}; drop policy {table}_add on {table};
        drop policy {table}_change on {table}; drop policy {table}_remove on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
    """
    return RunSQL(forward, backward)


def narrow(
    table: str,
    *,
    add: Sequence[str] | None = None,
    change: Sequence[str] | None = None,
    remove: Sequence[str] | None = None,
) -> RunSQL:
    """Tighter conditions for what officers write into a protected table; `()` leaves the deed to the installation.

    A deed that is not named stays as it was. Going back keeps the tighter rule.
    """
    clauses = {"add": "with check ({0})", "change": "using ({0}) with check ({0})", "remove": "using ({0})"}
    asked = {"add": add, "change": change, "remove": remove}
    statements = [
        f"alter policy {table}_{deed} on {table} " + clauses[deed].format(" or ".join((EVERYWHERE, *conditions)))
        for deed, conditions in asked.items()
        if conditions is not None
    ]
    return RunSQL("; ".join(statements), RunSQL.noop)


def expect_many(table: str) -> RunSQL:
    """Let PostgreSQL expect that officers see many rows of a long list; who sees which stays as it is.

    A comparison outside the subquery is taken to hold for one row in two hundred, and a page of fifty is then thought to
    need the sorting of a whole list. The policy is said again as the database keeps it, but for that one condition.
    """
    return RunSQL(_restated(table, EVERYWHERE, LIKELY_EVERYWHERE), _restated(table, LIKELY_EVERYWHERE, EVERYWHERE))


def _restated(table: str, before: str, after: str) -> str:
    # PostgreSQL keeps conditions in words of its own: a policy made for a moment shows how it writes the old one.
    return f"""
        do $restate$ declare written text; begin
          create policy {table}_told on {table} for select using ({before});
          select qual into written from pg_policies where tablename = '{table}' and policyname = '{table}_told';
          drop policy {table}_told on {table};
          execute (select format('alter policy %I on %I using (%s)', policyname, tablename,
              replace(qual, written, $after${after}$after$))
            from pg_policies where tablename = '{table}' and policyname = '{table}_see');
        end $restate$
    """  # noqa: S608  (names of our own)


def let_strangers_read(table: str, *, where: str) -> RunSQL:
    """Rows of a protected table that whoever opens a public form may read: what was published to everybody anyway."""
    policy = f"{table}_public"
    return RunSQL(
        f"create policy {policy} on {table} for select using ((select phaodai_reach()) = 'public' and ({where}))",
        f"drop policy {policy} on {table}",
    )


def through(parent: str, column: str) -> str:
    """The condition of a row that belongs to another: it is seen exactly when its parent is."""
    return f"exists (select 1 from {parent} parent where parent.id = {column})"  # noqa: S608  (names of our own)


def protect_history(table: str, *, see: Sequence[str]) -> RunSQL:
    """The history of a protected table: seen like the rows it tells of, written by triggers whoever acts."""
    return protect(table, see=see, write=("true",))
