from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Index, Q

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
        *(
            ("certificate", Index(fields=[place, column, "id"], name=f"certificate_{tier}_{column[:6]}"))
            for column in ("state", "vaccinated_on", "sealed_at")
        ),
    ]


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
    ]
