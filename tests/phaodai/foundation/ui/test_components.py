"""Components print what they are given, escaped, and refuse what they cannot mean."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from phaodai.foundation.components import (
    Action,
    Cell,
    Chip,
    ChipMenu,
    Chips,
    Column,
    Component,
    Content,
    Level,
    Masked,
    Measured,
    Meter,
    Note,
    Row,
    Ruler,
    Stacked,
    State,
    Table,
    Tag,
    Why,
    show,
)
from phaodai.foundation.icons import icon, icon_names

pytestmark = pytest.mark.usefixtures("static_files")

NASTY = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    "component",
    [
        State(NASTY),
        Tag(NASTY),
        Level(3, NASTY),
        Measured(NASTY, 1, 2),
        Meter(1, 2, label=NASTY),
        Masked(NASTY, NASTY, "/x"),
        Note(NASTY, title=NASTY),
        Action(NASTY, "/x", confirm=NASTY, method="post"),
        Chips([Chip(NASTY, "?"), ChipMenu(NASTY, [Chip(NASTY, "?")])], search=NASTY, search_url="/x"),
        Table(NASTY, [Column("a", NASTY)], [Row(NASTY, [Cell(NASTY, NASTY)])]),
    ],
)
def test_text_is_escaped(component: Component) -> None:
    printed = component.render()
    assert "<script" not in printed
    assert "&lt;script" in printed


def test_show_prints_components_lists_text_and_nothing() -> None:
    contents: Content = ["a < b ", State("trong hạn"), None, mark_safe("<b>c</b>")]
    printed = show(contents)
    assert printed.startswith("a &lt; b <span")
    assert printed.endswith("<b>c</b>")
    assert show(None) == ""


def test_components_print_themselves_in_templates_and_pass_the_token_on() -> None:
    action = Action("Gỡ", "/go", method="post")
    context = Context({"action": action, "csrf_token": "secret"})
    printed = Template("{% load ui %}{% show action %}").render(context)
    assert 'value="secret"' in printed


def test_an_unknown_icon_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="clock"):
        icon("clokc")


def test_an_icon_alone_speaks_and_beside_a_word_is_silent() -> None:
    assert 'aria-label="Đóng"' in icon("close", "Đóng")
    assert 'aria-hidden="true"' in icon("close")


def test_every_room_has_its_icon() -> None:
    rooms = "today command surveillance containment care vaccination supply recovery outreach foresight fortress"
    assert set(rooms.split()) <= icon_names()


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_level_is_one_to_four(number: int) -> None:
    with pytest.raises(ValueError, match="risk level"):
        Level(number).render()


def test_a_level_says_shape_and_word_in_the_language_of_the_page() -> None:
    with override("vi"):
        assert "cấp 3" in Level(3).render()
    with override("en"):
        assert "level 3" in Level(3).render()


@pytest.mark.parametrize(("done", "total", "width"), [(1, 2, "50.0"), (3, 2, "100.0"), (0, 0, "0.0"), (-1, 2, "0.0")])
def test_a_meter_stays_inside_its_box(done: float, total: float, width: str) -> None:
    assert f'width="{width}"' in Meter(done, total).render()


def test_parts_of_a_whole_fill_it_and_empty_parts_are_left_out() -> None:
    printed = Stacked((1, 0, 3)).render()
    assert 'x="0.00" width="25.00"' in printed
    assert 'x="25.00" width="75.00"' in printed
    assert "part-2" not in printed
    assert "<rect" not in Stacked((0, 0)).render()


def test_a_ruler_puts_the_value_between_its_limits() -> None:
    ruler = Ruler(75, [(50, "50"), (100, "100")], 0, 200, "75 giữa 50 và 100")
    places = [float(place) for place, _text in ruler.ticks]
    assert places[0] < float(ruler.at) < places[1]
    assert [shade for shade, *_ in ruler.bands] == [0, 2, 3]


def test_the_first_cell_of_a_short_row_spans_what_is_missing() -> None:
    columns = [Column(key, key.upper()) for key in "abc"]
    table = Table("t", columns, [Row("g", [Cell("nhóm"), Cell("2")], group=True), Row("r", [Cell("x")] * 3)])
    first, second = table.lines
    assert [(column.key, span) for column, _cell, span in first.cells] == [("a", 2), ("c", 1)]
    assert [(column.key, span) for column, _cell, span in second.cells] == [("a", 1), ("b", 1), ("c", 1)]


def test_a_refused_action_says_why_and_cannot_be_used() -> None:
    printed = Action("Ký", "/ky", refused="chưa đối chiếu ma trận").render()
    assert "chưa đối chiếu ma trận" in printed
    assert "href" not in printed


def test_a_reason_can_be_fetched_when_its_door_opens() -> None:
    assert 'hx-get="/vi-sao/7"' in Why(url="/vi-sao/7").render()


def test_no_component_uses_inline_styles_or_scripts(gallery: object) -> None:
    from pathlib import Path

    assert isinstance(gallery, Path)
    for page in gallery.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert ' style="' not in text, page
        assert " onclick=" not in text, page
