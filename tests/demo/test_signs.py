"""The invented signs: every commune counts, schools rest at weekends, and two communes stand out."""

from datetime import timedelta

from demo.geography import Geography
from demo.signs import DAYS, FESTIVAL_DAY, LAST_DAY, make_signs
from phaodai.surveillance.rules.early_detection import Told, judge


def test_every_commune_tells_sixty_days_and_no_school_on_a_sunday(geography: Geography) -> None:
    signs = make_signs(geography)
    pharmacies = [one for one in signs if one.source == "pharmacies"]
    assert len(pharmacies) == DAYS * len(geography.communes)
    assert max(one.day for one in signs) == LAST_DAY
    assert {one.day.weekday() for one in signs if one.source == "schools"} == {0, 1, 2, 3, 4}
    assert make_signs(geography) == signs


def test_the_market_s_school_and_the_festival_ring_in_their_own_district(geography: Geography) -> None:
    names = {one.code: (one.bare_name, geography.by_code[one.parent_code].bare_name) for one in geography.communes}
    codes = sorted(names)
    told = [
        Told(codes.index(one.code), one.day, one.count, one.asked)
        for one in make_signs(geography)
        if one.source == "schools"
    ]
    for last, commune in ((LAST_DAY, "Tân Lộc"), (FESTIVAL_DAY, "Phú Lễ")):
        series = judge(told, last - timedelta(days=63), last)
        assert series is not None
        rang = {names[codes[one.unit]] for one in series.above(last)}
        assert (commune, "Thuận Hòa") in rang
        assert len(rang) <= 4
