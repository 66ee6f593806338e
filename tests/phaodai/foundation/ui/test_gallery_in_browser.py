"""The sample pages in a real browser, under the strict policy: accessibility, keyboard, editing, nothing lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import violations

pytestmark = pytest.mark.browser

PAGES = ("board", "tasks", "intake", "parts", "commune", "sign_in", "404")


@pytest.fixture
def desk(chromium: Browser, address: str) -> Iterator[Page]:
    """The task tree at 1440 px; fails a test whose page complains."""
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=address)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto("/tasks.html")
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    chromium: Browser, address: str, name: str, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(f"/{name}.html")
    found = violations(page)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert found == []
    assert wider <= 0
    assert complaints == []


def test_no_request_leaves_the_site(chromium: Browser, address: str) -> None:
    asked: list[str] = []
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=address)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/parts.html")
    page.locator(".map-live").scroll_into_view_if_needed()
    expect(page.locator(".map-live")).to_have_attribute("data-ready", "yes")
    expect(page.locator("[data-vega]")).to_have_attribute("data-ready", "yes")
    context.close()
    assert [url for url in asked if not url.startswith(address) and not url.startswith(("data:", "blob:"))] == []


def test_map_and_chart_libraries_load_only_where_they_are_seen(chromium: Browser, address: str) -> None:
    asked: list[str] = []
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=address)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/tasks.html")
    page.wait_for_load_state("networkidle")
    context.close()
    assert not [url for url in asked if "vega" in url or "leaflet" in url or "drawings" in url]


def test_j_walks_down_and_enter_opens_the_side_panel_and_escape_gives_the_place_back(desk: Page) -> None:
    desk.locator("#side [data-close]").click()
    for _ in range(3):
        desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("#side h2")).to_have_text("Thuận Hòa · việc 2.1")
    expect(desk.locator("tr[aria-current]")).to_contain_text("TP. Bình Minh")
    desk.keyboard.press("Escape")
    expect(desk.locator("#side > *")).to_have_count(0)
    expect(desk.locator("tr:focus")).to_contain_text("TP. Bình Minh")


def test_slash_goes_to_search_and_g_then_a_letter_to_a_room(desk: Page) -> None:
    desk.keyboard.press("/")
    expect(desk.locator("#find")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    desk.wait_for_url("**/today.html")


def test_single_keys_can_be_switched_off(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.get_by_label("Phím tắt một chữ").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    desk.keyboard.press("/")
    expect(desk.locator("#find")).not_to_be_focused()


def test_x_chooses_a_branch_and_the_bulk_bar_counts_it(desk: Page) -> None:
    bar = desk.locator("[data-bulk]")
    expect(bar).to_contain_text("Đã chọn 2 việc")
    desk.get_by_label("Chọn mọi dòng đang hiện").check()
    expect(bar).to_contain_text("Đã chọn 12 việc")
    desk.get_by_label("Chọn mọi dòng đang hiện").uncheck()
    expect(bar).to_be_hidden()
    for _ in range(4):
        desk.keyboard.press("j")
    desk.keyboard.press("x")
    expect(bar).to_contain_text("Đã chọn 4 việc")


def test_a_branch_opens_from_the_server_and_closes_without_it(desk: Page) -> None:
    district = desk.locator("tr", has_text="6 huyện, thị xã khác")
    district.locator(".branch").click()
    commune = desk.locator("tr", has_text="Bến Gỗ")
    expect(commune).to_be_visible()
    district.locator(".branch").click()
    expect(commune).to_be_hidden()


def test_enter_saves_a_cell_and_moves_down_and_escape_restores(desk: Page) -> None:
    first, second = desk.locator("td[data-edit]").nth(0), desk.locator("td[data-edit]").nth(1)
    first.click()
    desk.locator("[data-editing] input").fill("29/11/2021")
    desk.keyboard.press("Enter")
    expect(first).to_contain_text("29/11/2021")
    expect(desk.locator("[data-editing] input")).to_be_focused()
    expect(desk.locator("tr", has=desk.locator("[data-editing]"))).to_contain_text("TP. Bình Minh")
    desk.keyboard.press("Escape")
    expect(second).to_have_text("mỗi ca")
    expect(second).to_be_focused()


def test_a_refused_cell_keeps_what_was_typed_and_says_why(desk: Page) -> None:
    desk.locator("td[data-edit]").first.click()
    desk.locator("[data-editing] input").fill("31/2/2021")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-editing] [role=alert]")).to_contain_text("Không có ngày 31/2/2021")
    expect(desk.locator("[data-editing] input")).to_have_value("31/2/2021")


def test_a_failing_server_is_said_in_words_and_the_text_is_sent_again_after_ten_seconds(desk: Page) -> None:
    desk.clock.install()
    desk.reload()
    keys: list[str] = []
    desk.on(
        "request", lambda request: keys.append(request.headers.get("x-request-key", "")) if request.post_data else None
    )
    desk.locator("td[data-edit]").first.click()
    desk.locator("[data-editing] input").fill("500")
    desk.keyboard.press("Enter")
    expect(desk.locator("#toast")).to_contain_text("Chưa lưu được. Nội dung vẫn ở đây, máy thử lại sau 10 giây.")
    expect(desk.locator("[data-editing] input")).to_have_value("500")
    desk.locator("[data-editing] input").fill("29/11/2021")
    desk.clock.fast_forward(10_000)
    expect(desk.locator("td[data-edit]").first).to_contain_text("29/11/2021")
    assert len(keys) == 2
    assert keys[0] == keys[1] != ""


def test_losing_the_network_is_said_and_blocks_nothing(desk: Page) -> None:
    expect(desk.locator("#offline")).to_be_hidden()
    desk.context.set_offline(True)
    expect(desk.locator("#offline")).to_contain_text("Ngoại tuyến.")
    desk.context.set_offline(False)
    expect(desk.locator("#offline")).to_be_hidden()


def test_why_opens_the_reason_and_escape_closes_it(desk: Page) -> None:
    desk.goto("/board.html")
    desk.keyboard.press("v")
    reason = desk.locator("details.why[open]").first
    expect(reason).to_contain_text("Đổi nếu")
    expect(reason).to_contain_text("chưa ai đối chiếu phụ lục gốc")
    desk.keyboard.press("Escape")
    expect(desk.locator("details.why[open]")).to_have_count(0)


def test_a_reason_is_fetched_when_its_door_opens(desk: Page) -> None:
    desk.goto("/parts.html")
    desk.locator("details.why > summary.button").click()
    expect(desk.locator("details.why[open] .pop")).to_contain_text("QĐ 4800/QĐ-BYT")


def test_a_live_region_is_fetched_again_and_tints_what_changed(desk: Page) -> None:
    desk.clock.install()
    desk.goto("/parts.html")
    region = desk.locator("[data-live]")
    expect(region).to_contain_text("3")
    desk.clock.fast_forward(5_000)
    expect(region.locator(".changed")).to_have_text("4")


def test_t_turns_a_chart_into_its_table(desk: Page) -> None:
    desk.goto("/board.html")
    desk.locator("figure.chart button").first.focus()
    desk.keyboard.press("T")
    figure = desk.locator("figure.chart").first
    expect(figure.locator(".numbers")).to_be_visible()
    expect(figure.locator(".drawing")).to_be_hidden()


def test_the_chosen_theme_is_remembered_in_a_cookie(desk: Page) -> None:
    switch = desk.locator("[data-theme-switch]")
    switch.click()
    switch.click()
    ground = desk.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(13, 19, 18)"
    assert {cookie["name"]: cookie["value"] for cookie in desk.context.cookies()}["theme"] == "dark"


def test_typed_text_comes_back_after_the_page_was_left(desk: Page) -> None:
    desk.goto("/parts.html")
    desk.get_by_label("Trích yếu").fill("khoanh vùng gọn")
    desk.goto("/board.html")
    desk.goto("/parts.html")
    expect(desk.get_by_label("Trích yếu")).to_have_value("khoanh vùng gọn")


def test_text_that_was_sent_does_not_come_back(desk: Page) -> None:
    desk.goto("/parts.html")
    desk.get_by_label("Trích yếu").fill("đã gửi")
    desk.get_by_role("button", name="Nhận văn bản").click()
    desk.goto("/parts.html")
    expect(desk.get_by_label("Trích yếu")).to_have_value("truy vết")


def test_a_file_of_the_wrong_kind_is_refused_before_it_travels(desk: Page) -> None:
    desk.goto("/parts.html")
    desk.locator("input[type=file]").set_input_files(
        {"name": "anh.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    )
    expect(desk.locator("[data-drop] .error")).to_contain_text("Nhận: .docx, .pdf, .txt")


def test_a_clause_lights_its_span_in_the_source(desk: Page) -> None:
    desk.goto("/intake.html")
    desk.locator("[data-span=s4]").focus()
    expect(desk.locator("#s4")).to_have_class("current")


def test_the_public_page_works_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/commune.html")
    expect(page.locator("main")).to_contain_text("Cấp 2 · vàng")
    context.close()
