"""Chains of transmission: who infected whom, from index cases down the generations, and what a chain says of a disease.

Pure and iterative: a chain of ten thousand links is one pass, and a loop in what people reported is answered, not hung on.
Cases are any hashable ids; a link is a pair (source, target). A case may have several possible sources.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import fmean, stdev
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)
Link = tuple[Id, Id]

TOP_SHARE = 0.2
"""The share of cases whose transmissions are set against all of them (Lloyd-Smith 2005: the "20/80 rule")."""


@dataclass(frozen=True)
class Chain(Generic[Id]):
    """One connected component of cases.

    nodes: in order of onset, unknown onsets last. generation: links from the nearest index case (0: an index case).
    index_cases: cases without a known source; where everybody in a loop has one, its earliest case.
    loops: groups of cases that infected each other in a ring, which no true chain holds.
    """

    nodes: tuple[Id, ...]
    links: tuple[Link[Id], ...]
    index_cases: tuple[Id, ...]
    generation: Mapping[Id, int]
    loops: tuple[tuple[Id, ...], ...]


@dataclass(frozen=True)
class SerialIntervals:
    """Days from the onset of the source to the onset of the target, over links that know both; `sd` with n - 1."""

    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True)
class Offspring:
    """How unevenly cases infect others.

    dispersion: k of a negative binomial by moments, mean² / (variance - mean) (Lloyd-Smith, Nature 438, 2005); None where
    the counts vary no more than chance would (a Poisson). Only cases that were followed long enough belong in `counts`.
    """

    cases: int
    mean: float | None
    dispersion: float | None
    top_share: float | None
    """Share of all transmissions that the most infectious fifth of cases caused."""


def component_of(case: Id, links: Iterable[Link[Id]]) -> set[Id]:
    """Every case linked with `case`, in either direction and over any number of steps; itself at least."""
    beside = _beside(links)
    found, waiting = {case}, [case]
    while waiting:
        fresh = beside.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def components(links: Sequence[Link[Id]]) -> list[set[Id]]:
    """The connected components of all linked cases, the largest first."""
    beside = _beside(links)
    seen: set[Id] = set()
    found = []
    for case in beside:
        if case not in seen:
            one, waiting = {case}, [case]
            while waiting:
                fresh = beside[waiting.pop()] - one
                one |= fresh
                waiting.extend(fresh)
            seen |= one
            found.append(one)
    return sorted(found, key=len, reverse=True)


def _beside(links: Iterable[Link[Id]]) -> dict[Id, set[Id]]:
    beside: dict[Id, set[Id]] = defaultdict(set)
    for source, target in links:
        beside[source].add(target)
        beside[target].add(source)
    return beside


def chain_of(case: Id, links: Sequence[Link[Id]], onsets: Mapping[Id, date | None]) -> Chain[Id]:
    """The whole chain that `case` belongs to: every case linked with it, and how they stand to each other."""
    members = component_of(case, links)
    return chain_among(members, links, onsets)


def chain_among(members: set[Id], links: Sequence[Link[Id]], onsets: Mapping[Id, date | None]) -> Chain[Id]:
    """The chain of some cases with the links among them; each link once."""
    among = tuple(dict.fromkeys(link for link in links if link[0] in members and link[1] in members))
    order = _in_order(members, onsets)
    loops = tuple(tuple(_in_order(loop, onsets)) for loop in _loops(order, among))
    index = _index_cases(order, among, loops)
    return Chain(order, among, index, _generations(index, among), loops)


def _in_order(members: Iterable[Id], onsets: Mapping[Id, date | None]) -> tuple[Id, ...]:
    return tuple(sorted(members, key=lambda one: (onsets.get(one) or date.max, str(one))))


def _index_cases(order: tuple[Id, ...], links: Sequence[Link[Id]], loops: Iterable[Sequence[Id]]) -> tuple[Id, ...]:
    """Cases without a source; and of a loop that nothing from outside feeds, the earliest."""
    sources = defaultdict(set)
    for source, target in links:
        sources[target].add(source)
    first = {one for one in order if not sources[one]}
    for loop in loops:
        ring = set(loop)
        if not any(sources[one] - ring for one in ring):
            first.add(loop[0])
    return tuple(one for one in order if one in first)


def _generations(index: Iterable[Id], links: Sequence[Link[Id]]) -> dict[Id, int]:
    """Fewest links from an index case, for every case that one of them reaches: all of them."""
    below = defaultdict(list)
    for source, target in links:
        below[source].append(target)
    generation = dict.fromkeys(index, 0)
    waiting = deque(generation)
    while waiting:
        source = waiting.popleft()
        for target in below[source]:
            if target not in generation:
                generation[target] = generation[source] + 1
                waiting.append(target)
    return generation


def _loops(order: Sequence[Id], links: Sequence[Link[Id]]) -> Iterator[set[Id]]:
    """Strongly connected groups of two or more, by Tarjan's algorithm without recursion (SIAM J. Comput. 1, 1972)."""
    below: dict[Id, list[Id]] = defaultdict(list)
    for source, target in links:
        below[source].append(target)
    number: dict[Id, int] = {}
    low: dict[Id, int] = {}
    path: list[Id] = []
    on_path: set[Id] = set()
    for start in order:
        if start in number:
            continue
        walk: list[tuple[Id, Iterator[Id]]] = [(start, iter(below[start]))]
        number[start] = low[start] = len(number)
        path.append(start)
        on_path.add(start)
        while walk:
            case, targets = walk[-1]
            for target in targets:
                if target not in number:
                    number[target] = low[target] = len(number)
                    path.append(target)
                    on_path.add(target)
                    walk.append((target, iter(below[target])))
                    break
                if target in on_path:
                    low[case] = min(low[case], number[target])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[case])
                if low[case] == number[case]:
                    group = _cut(path, case)
                    on_path -= group
                    if len(group) > 1:
                        yield group


def _cut(path: list[Id], case: Id) -> set[Id]:
    """Take the end of the path off, from `case` on."""
    group = {path.pop()}
    while case not in group:
        group.add(path.pop())
    return group


def closes_a_loop(source: Id, target: Id, links: Iterable[Link[Id]]) -> tuple[Id, ...]:
    """The way by which `target` leads to `source` already, ends included; empty where the new link closes no loop."""
    below = defaultdict(list)
    for one, other in links:
        below[one].append(other)
    came_from: dict[Id, Id | None] = {target: None}
    waiting = deque([target])
    while waiting:
        case = waiting.popleft()
        if case == source:
            return _way_back(case, came_from)
        for other in below[case]:
            if other not in came_from:
                came_from[other] = case
                waiting.append(other)
    return ()


def _way_back(case: Id, came_from: Mapping[Id, Id | None]) -> tuple[Id, ...]:
    way = [case]
    while (before := came_from[way[-1]]) is not None:
        way.append(before)
    return tuple(reversed(way))


def serial_intervals(links: Iterable[Link[Id]], onsets: Mapping[Id, date | None]) -> SerialIntervals:
    """Mean and spread of the serial interval; negative where the target fell ill first."""
    days = [
        (target - source).days
        for one, other in links
        if (source := onsets.get(one)) is not None and (target := onsets.get(other)) is not None
    ]
    return SerialIntervals(len(days), fmean(days) if days else None, stdev(days) if len(days) > 1 else None)


def offspring(chain: Chain[Id], followed: Iterable[Id] | None = None) -> Offspring:
    """How many each case of a chain infected; a target of several possible sources counts for each in equal parts.

    followed: the cases whose infections are known by now (default: all); the latest ones have had no time to infect.
    """
    sources = Counter(target for _source, target in chain.links)
    infected = dict.fromkeys(chain.nodes if followed is None else followed, 0.0)
    for source, target in chain.links:
        if source in infected:
            infected[source] += 1 / sources[target]
    return _spread(sorted(infected.values(), reverse=True))


def _spread(counts: Sequence[float]) -> Offspring:
    if not counts:
        return Offspring(0, None, None, None)
    mean, total = fmean(counts), sum(counts)
    variance = stdev(counts) ** 2 if len(counts) > 1 else 0.0
    top = sum(counts[: ceil(TOP_SHARE * len(counts))]) / total if total else None
    return Offspring(len(counts), mean, mean**2 / (variance - mean) if variance > mean else None, top)


def settings_of(links: Sequence[Link[Id]], settings: Mapping[Link[Id], str]) -> list[tuple[str, int]]:
    """Transmissions by setting, the commonest first; "" for those whose setting nobody knows."""
    return Counter(settings.get(link, "") for link in links).most_common()
