"""Tags of the screens: ``{% load ui %}``. Each prints a component of ``phaodai.foundation.components``."""

from django import template
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from phaodai.foundation import components
from phaodai.foundation.components import Content, Kind, Level, Meter, Note, Stacked, State, Tag, Text, Tier
from phaodai.foundation.icons import icon as draw

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: Context, content: Content) -> SafeString:
    """Print a component, a list of them, or text: ``{% show table %}``."""
    return components.show(content, context)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon: ``{% icon "clock" %}`` beside a word, ``{% icon "close" "Đóng" %}`` alone."""
    return draw(name, str(label))


@register.simple_tag
def level(number: int, text: Text = "", *, large: bool = False) -> SafeString:
    """Mark a risk level: ``{% level 3 %}``, ``{% level 3 "68 xã" %}``, ``{% level 3 "Cấp 3 · cam" large=True %}``."""
    return Level(number, text, large=large).render()


@register.simple_tag
def state(text: Text, kind: Kind = "", icon: str = "clock") -> SafeString:
    """Say a state: ``{% state "trễ 19 giờ" "late" %}``, ``{% state "đạt" icon="check" %}``."""
    return State(text, kind, icon).render()


@register.simple_tag
def tag(text: Text, kind: Kind = "", icon: str = "") -> SafeString:
    """Set a word in a pill: ``{% tag "đang xem" "act" %}``."""
    return Tag(text, kind, icon).render()


@register.simple_tag
def tier(text: Text) -> SafeString:
    """Name a tier: ``{% tier "Xã" %}``."""
    return Tier(text).render()


@register.simple_tag
def meter(done: float, total: float, *, late: bool = False, label: Text = "") -> SafeString:
    """Draw a thin bar: ``{% meter 14 17 late=True %}``, with the figures written beside it."""
    return Meter(done, total, late=late, label=label).render()


@register.simple_tag
def stacked(*parts: float, label: Text = "") -> SafeString:
    """Draw parts of a whole: ``{% stacked done due late %}``."""
    return Stacked(parts, label).render()


@register.simple_block_tag(takes_context=True)
def note(context: Context, content: SafeString, kind: Kind = "", title: Text = "", icon: str = "") -> SafeString:
    """Box a remark: ``{% note "late" title="Trễ 3 ca." %}…{% endnote %}``."""
    return Note(content, kind, title, icon=icon).render(context)


@register.simple_block_tag
def panel(content: SafeString, title: Text = "", hint: Text = "", more: Content = None, css: str = "") -> SafeString:
    """Frame a part of a page: ``{% panel "Việc trễ" hint="theo đơn vị" more=link %}…{% endpanel %}``."""
    head = _panel_head(title, hint, more) if title else ""
    return format_html('<section class="panel {}">{}{}</section>', css, head, content)


@register.inclusion_tag("foundation/components/field.html")
def field(bound: BoundField, *, short: bool = False) -> dict[str, object]:
    """Print a form field with label, hint and error: ``{% field form.deadline short=True %}``."""
    widget = bound.field.widget
    return {
        "field": bound,
        "short": short,
        "is_file": isinstance(widget, FileInput),
        "is_tick": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "accept": widget.attrs.get("accept", ""),
        "max_bytes": getattr(bound.field, "max_bytes", ""),
    }


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Say which theme the person chose: "light", "dark", or "" for that of the device."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if isinstance(request, HttpRequest) else ""
    return chosen if chosen in {"light", "dark"} else ""


def _panel_head(title: Text, hint: Text, more: Content) -> SafeString:
    small = format_html('<span class="q s">{}</span>', hint) if hint else mark_safe("")
    right = format_html('<span class="push s">{}</span>', components.show(more)) if more else ""
    return format_html("<header><h2>{}</h2>{}{}</header>", title, small, right)
