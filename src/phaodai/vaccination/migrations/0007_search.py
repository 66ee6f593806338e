from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Index, Q

from phaodai.foundation.row_security import EVERYWHERE, IN_AREA, OWN_ORGANISATION

TIERS = ("province", "district", "commune")
REPLACED = {
    "dose": ("dose_doubted", "dose_nobodys", "dose_struck"),
    "dosedoubt": ("doubt_province", "doubt_commune"),
    "identityquestion": ("identity_province", "identity_commune"),
    "listentry": ("listed_state", "listed_group", "listed_without_number", "listed_lookalike"),
}
SEARCHED = {"dose": "dose_search", "listentry": "listed_search", "certificate": "certificate_search"}
DOSES = {"doubted": Q(doubted=True), "nobodys": Q(person=None), "struck": Q(struck_at__isnull=False)}
PLACE = ["province_id", "district_id", "commune_id"]


def of_tier(tier: str) -> list[tuple[str, Index]]:
    """What lists of one tier are ordered by, narrowed to and counted by."""
    place = f"{tier}_id"
    return [
        ("dose", Index(fields=[place, "product", "-given_at", "-id"], name=f"dose_product_{tier}")),
        ("dose", Index(fields=[place, "product"], condition=Q(person=None), name=f"dose_nobodys_product_{tier}")),
        *(
            ("dose", Index(fields=[place, "-given_at", "-id"], condition=condition, name=f"dose_{name}_{tier}"))
            for name, condition in DOSES.items()
        ),
        (
            "dosedoubt",
            Index(
                fields=[place, "-overridden", "-found_at", "-id"], condition=Q(settled_at=None), name=f"doubt_{tier}"
            ),
        ),
        (
            "identityquestion",
            Index(
                fields=[place, "verdict", "-score", "id"],
                condition=Q(verdict__in=["", "later"]),
                name=f"identity_{tier}",
            ),
        ),
        ("listentry", Index(fields=[place, "state", "group"], name=f"listed_state_{tier}")),
        ("listentry", Index(fields=[place, "group"], name=f"listed_group_{tier}")),
        (
            "listentry",
            Index(fields=[place, "state", "group"], condition=Q(identity_number=""), name=f"listed_numberless_{tier}"),
        ),
        (
            "listentry",
            Index(
                fields=[place, "due_from", "group"],
                condition=Q(state="waiting", due_from__isnull=False),
                name=f"listed_due_{tier}",
            ),
        ),
        *(
            ("certificate", Index(fields=[place, column, "id"], name=f"certificate_{tier}_{column[:6]}"))
            for column in ("state", "vaccinated_on", "sealed_at")
        ),
    ]


# The same conditions as before, the first said so that PostgreSQL takes it for likely: compared outside the subquery, it is
# taken to hold for one row in two hundred, and a page of fifty is then thought to need the whole of a list.
LIKELY = "(select phaodai_reach() = 'all')"
MINE = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
INVITED_HERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from vaccination_invitation asked"
    " join vaccination_session run on run.id = asked.session_id"
    f" where asked.entry_id = vaccination_listentry.id and run.organisation_id = {OWN_ORGANISATION}))"
)
SEEN = {
    "vaccination_listentry": (IN_AREA, MINE, INVITED_HERE),
    "vaccination_dose": (IN_AREA, MINE),
    "vaccination_dosedoubt": (IN_AREA, MINE),
    "vaccination_identityquestion": (IN_AREA, MINE),
}


def see(table: str, everywhere: str) -> str:
    """The statement that says again who sees the rows of a table."""
    return f"alter policy {table}_see on {table} using ({' or '.join((everywhere, *SEEN[table]))})"


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0006_protect_certificates")]
    operations = [
        *(migrations.RemoveIndex(model, name) for model, names in REPLACED.items() for name in names),
        *(migrations.AddIndex(model, index) for tier in TIERS for model, index in of_tier(tier)),
        migrations.AddIndex("listentry", Index(fields=PLACE, condition=~Q(lookalike=None), name="listed_lookalike")),
        *(
            migrations.AddIndex(model, GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name=name))
            for model, name in SEARCHED.items()
        ),
        *(migrations.RunSQL(see(table, LIKELY), see(table, EVERYWHERE)) for table in SEEN),
    ]
