"""Where officers land after signing in: on what is theirs to do first, on a quiet morning and when everything is late."""

from datetime import datetime, timedelta

from tests.browser.officers import Office
from tests.browser.serving import Site

MORNING = datetime.fromisoformat("2021-11-24T06:40:00+07:00")
NINE_DAYS_ON = MORNING + timedelta(days=9)


def _sweep(moment: datetime) -> int:
    from phaodai.foundation.scope import SYSTEM
    from phaodai.playbook.actions import sweep_tasks

    return len(sweep_tasks(actor=SYSTEM, moment=moment))


def _landed(office: Office, usernames: list[str]) -> dict[str, str]:
    """The first thing about papers, tasks and reports on the page where each officer landed, behind its fold or not."""
    item = ".queue > li:has(a[href*='/chi-huy/'])"
    return {name: office.landing(name).page.locator(item).first.text_content() or "" for name in usernames}


def _missing(landed: dict[str, str], expected: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {name: text for name, text in landed.items() if not all(words in text for words in expected[name])}


def test_on_a_quiet_morning_each_lands_on_the_next_step(office: Office) -> None:
    expected = {
        "viet": ("SYT báo xong: Mốc Thường vụ", "Xem, trả lời"),
        "linh": ("Văn bản đến số 2: Mốc giấy Hai", "Xem, giao việc"),
        "dat": ("UBND xã Hòa Xuân báo xong: Mốc Hòa Xuân", "Xem, trả lời"),
        "nguyet": ("Mốc Trung tâm", "Báo tiến độ"),
        "ngoc": ("Mốc Trạm Tân Lộc", "Báo tiến độ"),
    }
    assert _missing(_landed(office, list(expected)), expected) == {}


def test_late_and_silent_work_climbs_by_itself_to_the_head_above(office: Office, site: Site) -> None:
    site.set_clock(NINE_DAYS_ON)
    assert site.ask(lambda: _sweep(NINE_DAYS_ON)) > 0
    assert site.ask(lambda: _sweep(NINE_DAYS_ON)) == 0
    expected = {
        "viet": ("UBND huyện", "Chuyển lên đồng chí"),
        "dat": ("UBND xã Hòa Xuân: Mốc Hòa Xuân", "Chuyển lên đồng chí"),
        "nguyet": ("TYT Tân Lộc: Mốc Trạm Tân Lộc", "Trịnh Thị Bích Ngọc chưa làm xong"),
        "ngoc": ("Mốc Trạm Tân Lộc", "trễ 4 ngày"),
    }
    landed = _landed(office, list(expected))
    page = office.desk("linh").open("/chi-huy/nhiem-vu/?xem=im-lang")
    silent = page.locator("tbody tr").count()
    site.set_clock(MORNING)
    assert _missing(landed, expected) == {}
    assert silent > 0
