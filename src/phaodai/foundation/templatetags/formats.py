"""Filters that write dates and numbers in the language of the page: ``{% load formats %}``."""

from datetime import date, datetime

from django import template
from django.utils.timezone import now

from phaodai.foundation import formats
from phaodai.foundation.formats import Number
from phaodai.foundation.language import page_language

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """24/11/2021."""
    return "" if value is None else formats.day(value, page_language())


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """24/11."""
    return "" if value is None else formats.short_day(value, page_language())


@register.filter(expects_localtime=True)
def weekday(value: date | None) -> str:
    """T4."""
    return "" if value is None else formats.weekday(value, page_language())


@register.filter(expects_localtime=True)
def weekday_and_day(value: date | None) -> str:
    """T4 24/11/2021."""
    return "" if value is None else formats.weekday_and_day(value, page_language())


@register.filter(expects_localtime=True)
def clock(value: datetime | None) -> str:
    """06:40."""
    return "" if value is None else formats.clock(value)


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """06:40 24/11/2021."""
    return "" if value is None else formats.moment(value, page_language())


@register.filter(expects_localtime=True)
def as_of(value: datetime | None) -> str:
    """06:40, T4 24/11/2021."""
    return "" if value is None else formats.as_of(value, page_language())


@register.filter(expects_localtime=True)
def ago(value: datetime | None, at: datetime | None = None) -> str:
    """2 ngày trước, seen from ``at``: ``{{ task.reported_at|ago:moment }}``."""
    return "" if value is None else formats.ago(value, _present(at), page_language())


@register.filter(expects_localtime=True)
def time_left(value: datetime | None, at: datetime | None = None) -> str:
    """còn 4 ngày or trễ 19 giờ, seen from ``at``."""
    return "" if value is None else formats.time_left(value, _present(at), page_language())


@register.filter
def number(value: Number | None, places: int | None = None) -> str:
    """1.234,5."""
    return "" if value is None else formats.number(value, places, page_language())


@register.filter
def percent(share: Number | None, places: int = 1) -> str:
    """76,8% of a share between 0 and 1."""
    return "" if share is None else formats.percent(share, places, page_language())


def _present(at: datetime | None) -> datetime:
    return now() if at is None else at
