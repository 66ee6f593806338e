"""A word is looked up in an index, although row-level security stands before the rows."""

import os

import pytest
from django.db import connection

from phaodai.people.models import Person
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="an external server's administrator decides")
def test_the_index_of_words_is_used_under_the_policy(world: World) -> None:
    with world.as_("ngoc"):
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
        plan = Person.objects.filter(search_key__contains="lan").explain()
    assert "Bitmap Index Scan on person_words" in plan
    assert "commune_id = " in plan
