"""How long the invented province takes to make, by part, and how much memory: no database.

    python benchmarks/demo_province.py [PEOPLE ...]

Default sizes: 180,000 (the demonstration's) and 2,000,000 (the largest it offers).
"""

import resource
import sys
from itertools import pairwise
from time import perf_counter

from demo.geography import make_geography
from demo.organisations import make_organisations
from demo.people import make_people
from demo.story import make_story

DEFAULT_SIZES = (180_000, 2_000_000)


def measure(size: int) -> None:
    """Make everything once and print the seconds of each part."""
    marks = [perf_counter()]
    geography = make_geography(population=size)
    marks.append(perf_counter())
    organisations = make_organisations(geography)
    marks.append(perf_counter())
    story = make_story(geography, organisations)
    marks.append(perf_counter())
    people = make_people(geography)
    marks.append(perf_counter())
    parts = ("land", "organisations", "story", "people")
    seconds = [later - earlier for earlier, later in pairwise(marks)]
    print(f"{size:,} people, {people.households:,} households, {len(story.events):,} acts")
    print("  " + ", ".join(f"{part} {took:.2f} s" for part, took in zip(parts, seconds, strict=True)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  together {marks[-1] - marks[0]:.2f} s, peak of the process so far {peak:.0f} MiB")


if __name__ == "__main__":
    for requested in map(int, sys.argv[1:] or map(str, DEFAULT_SIZES)):
        measure(requested)
