"""Text as a search compares it, where a table keeps no column for it."""

from django.db.models import Func


class Folded(Func):
    """Text as a search asks for it, without case and accents: a commune has few teams, and no column of theirs is needed."""

    template = r"replace(regexp_replace(normalize(lower(%(expressions)s), NFD), '[\u0300-\u036f]', '', 'g'), 'đ', 'd')"
