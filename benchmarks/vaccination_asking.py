"""Pages asked as officers of the province, its largest district and its largest commune ask: through the whole of the program.

Each address goes through Django's test client: sign-in, middleware, view under the row policy, frame with its counts, template.
Two figures are taken: the time on the clock, and the processor that this process and its session of the database used
together, which other programs on the machine do not lengthen.
"""

import os
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

BAR = 150
TIERS = {"province": 1, "district": 2, "commune": 3}


@dataclass(frozen=True)
class Taken:
    """What one answer took, in milliseconds."""

    clock: float
    processor: float


class Visitor:
    """An officer's browser."""

    def __init__(self, post: Any) -> None:
        from django.test import Client

        self.actor = post.actor()
        self.name = post.officer.user.username
        self.client = Client(headers={"accept-encoding": "gzip"})
        self.client.force_login(post.officer.user)

    def get(self, address: str, typing: str = "") -> Any:
        """The answer; `typing` names the part of the page that alone comes back while words are typed."""
        headers = {"hx-request": "true", "hx-target": typing} if typing else {}
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == 200, (self.name, address, answer.status_code)
        return answer

    def taken(self, address: str, typing: str = "") -> Taken:
        """Ask once, and say what it took."""
        work, began = _processor(), perf_counter()
        self.get(address, typing)
        return Taken((perf_counter() - began) * 1000, (_processor() - work) * 1000)


def _processor() -> float:
    """Seconds of the processor that this process and its session of the database have had."""
    from django.db import connection

    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return process_time() + int(server.split()[0]) / 1e9


def visitors(permission: Any, counted: str) -> Iterator[tuple[str, Visitor]]:
    """For each tier an officer with the permission, of the unit with the most rows of a table."""
    for tier, post in _posts(permission, counted).items():
        yield tier, Visitor(post)


def _posts(permission: Any, counted: str) -> dict[str, Any]:
    from django.db import connection

    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Post

    found = {}
    with entering(SYSTEM), connection.cursor() as cursor:
        posts = [
            (one, one.actor()) for one in Post.objects.select_related("officer__user", "organisation").order_by("pk")
        ]
        for tier, level in TIERS.items():
            cursor.execute(f"select {tier}_id from {counted} group by 1 order by count(*) desc")
            for (unit,) in cursor.fetchall():
                fitting = (post for post, actor in posts if _fits(actor, permission, level, unit))
                if tier not in found and (post := next(fitting, None)):
                    found[tier] = post
    return found


def _fits(actor: Any, permission: Any, level: int, unit: int) -> bool:
    own = [one for one in vars(actor.area).values() if one is not None]
    return actor.reach == "area" and len(own) == level and own[-1] == unit and actor.may(permission)


def report(
    visitor: Visitor, tier: str, kinds: Mapping[str, Sequence[str]], asks: int, *, typing: str = ""
) -> list[Taken]:
    """Ask every address of every kind, print what it took, and return all of it."""
    everything: list[Taken] = []
    for kind, addresses in kinds.items():
        if not addresses:
            continue
        for address in addresses:
            visitor.get(address)
        taken = [visitor.taken(address) for _turn in range(asks) for address in addresses]
        if kind.startswith("search") and typing:
            taken += [visitor.taken(address, typing) for _turn in range(asks) for address in addresses]
        print(f"  {tier:<8} {kind:<26} {_words(taken)}")
        everything += taken
    return everything


def _words(taken: Sequence[Taken]) -> str:
    clock, work = ([getattr(one, name) for one in taken] for name in ("clock", "processor"))
    missed = "" if centile(work) <= BAR else "  MISSED"
    return (
        f"clock p50 {statistics.median(clock):5.0f} p95 {centile(clock):5.0f}   "
        f"processor p50 {statistics.median(work):5.0f} p95 {centile(work):5.0f} ms{missed}"
    )


def timed(question: Callable[[], object], asks: int) -> str:
    """What a question of this process took, asked so many times."""
    question()
    taken = []
    for _ask in range(asks):
        work, began = _processor(), perf_counter()
        question()
        taken.append(Taken((perf_counter() - began) * 1000, (_processor() - work) * 1000))
    return _words(taken)


def centile(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def load_of_machine() -> str:
    """What else the machine had to do."""
    return f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def words_by_frequency() -> dict[str, str]:
    """What is typed into a search, from names as they are: one word, two, part of a word, and what nobody is called."""
    from django.db import connection

    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "select word, count(*) * 100.0 / sum(count(*)) over () as share from people_person,"
            " string_to_table(search_key, ' ') word group by 1 order by 2 desc"
        )
        found = [(word, float(share)) for word, share in cursor.fetchall()]
    near = [min(found, key=lambda one: abs(one[1] - share))[0] for share in (5, 1, 0.2, 0.05)]
    rarest = [word for word, _share in found if len(word) > 2][-2:]
    return {
        "search common word": found[0][0],
        "search usual words": "|".join(near),
        "search rare word": "|".join(rarest),
        "search two words": f"{found[0][0]} {near[2]}|{found[1][0]} {near[0]}|{near[0]} {rarest[0]}",
        "search two letters": "an|vu|du|yz",
        "search without a hit": "xuyenmoc|hoang zzz",
    }


def lists_of(register: Any, actor: Any) -> dict[str, list[str]]:
    """The addresses of a register's list by kind: every chip, pairs of chips, every order, pages, searches."""
    from django.urls import reverse

    base = reverse(f"{register.key}-list")
    chips = [f"{one.name}={value}" for one in register.filters for value, _label in one.choices(actor)]
    orders = [f"xep={sign}{column.name}" for column in register.columns if column.order for sign in ("", "-")]
    first = {one.name: [f"{one.name}={value}" for value, _label in one.choices(actor)] for one in register.filters}
    *_others, last = first.values()
    pairs = [f"{one}&{other}" for name in list(first)[:-1] for one in first[name][:2] for other in last[::3]]
    words = words_by_frequency()
    return {
        "first page": [base],
        "one chip": [f"{base}?{chip}" for chip in chips],
        "two chips": [f"{base}?{pair}" for pair in pairs],
        "order": [f"{base}?{order}" for order in orders],
        "order and chip": [f"{base}?{orders[-1]}&{chip}" for chip in chips[::3]],
        "pages 2, 20, 200": [f"{base}?trang={number}" for number in (2, 20, 200)],
        **{kind: [f"{base}?q={word.replace(' ', '+')}" for word in told.split("|")] for kind, told in words.items()},
        "search and chip": [
            f"{base}?q={word}&{chip}" for word in words["search usual words"].split("|") for chip in chips
        ],
    }


def explain(visitor: Visitor, addresses: Sequence[str], slower_than: float) -> None:
    """Print the plan of every statement that takes longer, as the officer's session runs it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from phaodai.foundation.scope import entering

    for address in addresses:
        visitor.get(address)
        with CaptureQueriesContext(connection) as caught:
            visitor.get(address)
        slow = [query for query in caught.captured_queries if float(query["time"]) * 1000 > slower_than]
        print(f"\n{address}: {len(caught.captured_queries)} statements, {len(slow)} slower than {slower_than:.0f} ms")
        with entering(visitor.actor), connection.cursor() as cursor:
            for query in slow:
                print(f"-- {query['time']} s: {query['sql']}")
                # The journal's wrapper sends this statement with parameters.
                cursor.execute(f"explain (analyze, buffers) {query['sql'].replace('%', '%%')}")
                print("\n".join(line for (line,) in cursor.fetchall()))
