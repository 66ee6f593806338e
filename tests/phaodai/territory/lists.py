"""Small lists of units for tests: written by hand, or drawn."""

from datetime import date

from hypothesis import strategies as st

from phaodai.territory.rules.units import Entry, Key

DAYS = [date(2020, 1, 1), date(2021, 7, 1), date(2022, 1, 1), date(2025, 3, 1), date(2025, 7, 1)]
_TYPES = {1: "Tỉnh", 2: "Huyện", 3: "Xã"}
"""What a name written without its type is."""


def listed(text: str) -> list[Entry]:
    """A list from "1 Hà Tây; 10 Huyện A < 1": code, name and parent's code; a code's length is its tier."""
    return [_entry(*part.strip().partition(" ")) for part in text.split(";")]


def _entry(code: str, _gap: str, rest: str) -> Entry:
    name, _sign, parent = (piece.strip() for piece in rest.partition("<"))
    kind = next((kind for kind in ("Phường", "Xã", "Huyện", "Tỉnh") if name.startswith(f"{kind} ")), _TYPES[len(code)])
    return Entry(len(code), code, name, kind, (len(parent), parent) if parent else None)


@st.composite
def one_list(draw: st.DrawFn) -> list[Entry]:
    """A list of up to two provinces, three districts and three communes; sometimes without the middle tier."""
    names = st.sampled_from(["A", "B"])
    provinces = [(1, code) for code in draw(st.sets(st.sampled_from("12"), min_size=1))]
    entries = [Entry(1, code, f"Tỉnh {draw(names)}", "Tỉnh", None) for _tier, code in provinces]
    districts: list[Key] = [(2, code) for code in draw(st.sets(st.sampled_from(["10", "11", "12"])))]
    entries += [
        Entry(2, code, f"Huyện {draw(names)}", "Huyện", draw(st.sampled_from(provinces))) for _tier, code in districts
    ]
    for code in draw(st.sets(st.sampled_from(["100", "101", "102"]))):
        kind = draw(st.sampled_from(["Xã", "Phường"]))
        entries.append(Entry(3, code, f"{kind} {draw(names)}", kind, draw(st.sampled_from(districts or provinces))))
    return entries


def histories() -> st.SearchStrategy[dict[date, list[Entry]]]:
    """Two to four lists of different days, in the order in which they are drawn."""
    return st.dictionaries(st.sampled_from(DAYS), one_list(), min_size=2, max_size=4)
