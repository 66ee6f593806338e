"""What a unit's page shows of the people in office there."""

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation.components import Cell, Column, Empty, Name, Row, Table
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation, Post
from phaodai.territory.models import Unit
from phaodai.territory.panels import Panel, add_panel

SHOWN = 100


@add_panel
def organisations_of(unit: Unit, actor: Actor, day: date) -> Panel | None:
    """The organisations of a unit with their heads on a day."""
    if not actor.may(Permission.PEOPLE_OFFICER_READ):
        return None
    heads = Post.objects.as_of(day).heads().select_related("officer")
    bodies = Organisation.objects.visible_to(actor).open().filter(unit=unit).order_by("tier", "sort_key")
    found = bodies.prefetch_related(Prefetch("posts", heads, "heads"))[:SHOWN]
    columns = [Column("name", _("Organisation")), Column("head", _("Head")), Column("phone", _("Telephone"))]
    empty = Empty(_("No organisation of this unit is known."))
    return _("Organisations"), Table(
        _("Organisations"), columns, [_row(body) for body in found], empty=empty, element="bodies"
    )


def _row(body: Organisation) -> Row:
    address = reverse("co-quan-record", args=[body.pk])
    head: Post | None = next(iter(body.heads), None)  # type: ignore[attr-defined]  # of the prefetch above
    named = Cell(head.officer.full_name, note=head.title) if head else Cell(_("nobody today"), kind="late")
    return Row(str(body.pk), [Cell(Name(body.name, address)), named, Cell(body.phone)], url=address)
