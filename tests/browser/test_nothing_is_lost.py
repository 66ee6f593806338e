"""Lost networks, answers that never arrive, two officers in one record: what was typed stays, and nothing is done twice."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.officers import PHONE, Office
from tests.browser.papers import photo
from tests.browser.serving import Site

WORDS = "Đã rà soát 120/236 hộ, còn thôn Thượng"


def _task_page(office: Office, site: Site, title: str, username: str) -> Page:
    from phaodai.command.models import Task

    number = site.ask(lambda: Task.objects.get(title=title).pk)
    return office.desk(username, width=PHONE).open(f"/chi-huy/viec/{number}")


def _lines(site: Site, words: str) -> list[int]:
    """How many files hang on each line of the log with these words."""
    from phaodai.command.models import Progress

    return site.ask(lambda: [line.evidence.count() for line in Progress.objects.filter(text=words)])


def _fill(page: Page, words: str) -> None:
    page.locator("#bao").get_by_label("Đã làm được gì").fill(words)
    page.locator("#bao input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": photo()})


def test_a_word_written_without_a_network_stays_and_is_sent_once(office: Office, site: Site) -> None:
    office.forgive("ERR_INTERNET_DISCONNECTED", "htmx:")
    page = _task_page(office, site, "Mốc Trạm Tân Lộc", "ngoc")
    page.clock.install()
    page.reload()
    _fill(page, WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi tiến độ").click()
    expect(page.locator("#toast")).to_contain_text("Nội dung vẫn ở đây")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("#bao").get_by_label("Đã làm được gì")).to_have_value(WORDS)
    page.context.set_offline(False)
    page.clock.fast_forward(11_000)
    expect(page.locator(".log").last).to_contain_text(WORDS)
    expect(page.locator("#bao").get_by_label("Đã làm được gì")).to_have_value("")
    assert _lines(site, WORDS) == [1]


def test_an_answer_that_never_arrives_does_not_make_a_second_line(office: Office, site: Site) -> None:
    office.forgive("ERR_FAILED", "htmx:")
    page = _task_page(office, site, "Mốc Công ty", "may")
    page.clock.install()
    page.reload()
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort()

    page.route("**/bao", lose_the_first_answer)
    _fill(page, "Đã phun khử khuẩn xưởng 2")
    page.get_by_role("button", name="Gửi tiến độ").click()
    expect(page.locator("#toast")).to_contain_text("Nội dung vẫn ở đây")
    assert _lines(site, "Đã phun khử khuẩn xưởng 2") == [1]
    page.clock.fast_forward(11_000)
    expect(page.locator(".log").last).to_contain_text("Đã phun khử khuẩn xưởng 2")
    assert _lines(site, "Đã phun khử khuẩn xưởng 2") == [1]


def test_a_form_tapped_offline_is_sent_with_the_network_found_again_after_signing_in_and_taken_once(
    office: Office, site: Site
) -> None:
    from phaodai.command.models import OutgoingPaper

    desk = office.desk("linh", width=PHONE)
    page = desk.open("/chi-huy/van-ban-di/soan")
    page.get_by_label("Trích yếu").fill("rà soát hai lần")
    page.get_by_label("Nội dung").fill("1. Rà soát.")
    page.context.clear_cookies(name="sessionid")
    send = page.locator("form:has([name=subject]) button[type=submit]").last
    page.context.set_offline(True)
    send.click()
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_url("**/login/**")
    desk.sign_in_here("linh")
    page.wait_for_url("**/soan")
    expect(page.get_by_label("Trích yếu")).to_have_value("rà soát hai lần")
    expect(page.get_by_label("Nội dung")).to_have_value("1. Rà soát.")
    kept = "Object.keys(sessionStorage).filter((key) => key.startsWith('kept:'))"
    assert [key for key in page.evaluate(kept) if "Linh" not in key] == [], "what is kept is one officer's own"
    send.dblclick()
    page.wait_for_url(re.compile(r"/van-ban-di/\d+$"))
    assert site.ask(lambda: OutgoingPaper.objects.filter(subject="rà soát hai lần").count()) == 1
    page.evaluate("sessionStorage.setItem('kept:one', 'two')")
    page.locator(".own form").evaluate("(form) => form.requestSubmit()")
    page.wait_for_url("**/login/**")
    assert page.evaluate("Object.keys(sessionStorage)") == [], "the next officer at this desk finds nothing"


def test_two_officers_correct_one_document(office: Office, site: Site) -> None:
    from phaodai.command.models import Document

    office.forgive("status of 409")
    number = site.ask(lambda: Document.objects.get(subject="Mốc giấy Hai").pk)
    address = f"/chi-huy/van-ban/{number}/thong-tin"
    first, second = office.desk("linh").open(address), office.desk("minh").open(address)
    first.get_by_label("Trích yếu").fill("rà soát từng nhà")
    first.get_by_role("button", name="Lưu phần đã sửa").click()
    expect(first.locator("#messages")).to_contain_text("Đã lưu")

    second.get_by_label("Trích yếu").fill("rà soát từng hộ")
    second.get_by_label("Chuyển", exact=False).fill("Phòng Tổng hợp")
    second.get_by_role("button", name="Lưu phần đã sửa").click()
    expect(second.locator("#main")).to_contain_text("Đỗ Thùy Linh")
    expect(second.locator("#main")).to_contain_text("rà soát từng nhà")
    expect(second.get_by_label("Trích yếu")).to_have_value("rà soát từng hộ")
    expect(second.get_by_label("Chuyển", exact=False)).to_have_value("Phòng Tổng hợp")

    second.get_by_role("button", name="Lưu phần đã sửa").click()
    kept = site.ask(lambda: Document.objects.values_list("subject", "forwarded_to").get(pk=number))
    assert kept == ("rà soát từng hộ", "Phòng Tổng hợp")


def test_two_officers_write_one_report(office: Office, site: Site) -> None:
    from phaodai.command.models import Report

    office.forgive("status of 409")
    number = site.ask(lambda: Report.objects.get(organisation__code="VPTU", on__day=23).pk)
    first, second = (office.desk(name).open(f"/chi-huy/bao-cao/{number}") for name in ("linh", "chinh"))
    first.get_by_label("Đánh giá").fill("Đúng hạn 80%")
    first.get_by_role("button", name="Lưu lời báo cáo").click()
    expect(first.locator("#messages")).to_contain_text("Đã lưu")
    second.get_by_label("Đánh giá").fill("Hai huyện còn chậm")
    second.get_by_role("button", name="Lưu lời báo cáo").click()
    expect(second.locator("#main")).to_contain_text("Đúng hạn 80%")
    expect(second.get_by_label("Đánh giá")).to_have_value("Hai huyện còn chậm")
