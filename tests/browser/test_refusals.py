"""What bad input and bad luck look like: a sentence, what was typed, and a way on."""

import pytest
from django.test import RequestFactory
from playwright.sync_api import expect

from phaodai.site import failures
from tests.browser.officers import PHONE, WIDE, Office, faults_of
from tests.browser.serving import Site

widths = pytest.mark.parametrize("width", [WIDE, PHONE])


@widths
def test_a_wrong_password_is_said_at_the_door(office: Office, width: int) -> None:
    page = office.desk(width=width).open("/")
    page.locator("input[name=login]").fill("linh")
    page.locator("input[name=password]").fill("khong-phai-mat-khau")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("alert").or_(page.locator(".note.late")).first).to_be_visible()
    expect(page.locator("input[name=login]")).to_have_value("linh")
    assert faults_of(page) == []


@widths
def test_a_file_that_is_no_document_is_refused_in_words(office: Office, width: int) -> None:
    office.forgive("status of 422")
    page = office.desk("linh", width=width).open("/chi-huy/van-ban/tiep-nhan")
    page.get_by_label("Chuyển", exact=False).fill("Phòng Tổng hợp")
    page.locator("input[type=file]").set_input_files(
        {"name": "van-ban.docx", "mimeType": "application/msword", "buffer": b""}
    )
    page.get_by_role("button", name="Vào sổ và đọc").click()
    expect(page.locator(".error, .note.late").first).to_be_visible()
    expect(page.get_by_label("Chuyển", exact=False)).to_have_value("Phòng Tổng hợp")
    assert faults_of(page) == []


@widths
def test_an_empty_word_of_progress_is_refused_where_it_was_written(office: Office, site: Site, width: int) -> None:
    from phaodai.command.models import Task

    office.forgive("status of 422")
    number = site.ask(lambda: Task.objects.get(title="Mốc Trạm Tân Lộc").pk)
    page = office.desk("ngoc", width=width).open(f"/chi-huy/viec/{number}")
    page.get_by_role("button", name="Gửi tiến độ").click()
    expect(page.locator("#bao .error, #bao .note.late").first).to_be_visible()
    assert faults_of(page) == []


def test_another_units_task_and_another_posts_page_are_calm(office: Office, site: Site) -> None:
    from phaodai.command.models import Task

    office.forgive("status of 404", "status of 403")
    number = site.ask(lambda: Task.objects.get(title="Mốc Phú Khê").pk)
    desk = office.desk("xuan")
    assert "Không tìm thấy" in desk.open(f"/chi-huy/viec/{number}").locator("h1").inner_text()
    assert "vị trí khác" in desk.open("/chi-huy/van-ban/tiep-nhan").locator("h1").inner_text()
    assert "Không tìm thấy" in desk.open("/khong-co-trang-nay").locator("h1").inner_text()


def test_a_form_from_yesterday_asks_to_load_the_page_again(office: Office) -> None:
    office.forgive("status of 403")
    desk = office.desk("linh")
    page = desk.open("/chi-huy/van-ban/tiep-nhan")
    page.locator("main input[name=csrfmiddlewaretoken]").first.evaluate("field => { field.value = 'x'.repeat(64); }")
    page.locator("input[type=file]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"So: 1/CV"})
    page.get_by_role("button", name="Vào sổ và đọc").click()
    expect(page.locator("h1")).to_have_text("Yêu cầu này không đọc được")


def test_a_failure_of_ours_needs_no_database_to_be_said() -> None:
    answer = failures.failed(RequestFactory().get("/hom-nay"))
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()
