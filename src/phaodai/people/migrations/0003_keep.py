from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_OFFICER, narrow

OFFICER_IN_AREA = (
    "exists (select 1 from people_post join people_organisation on people_organisation.id = people_post.organisation_id"
    f" where people_post.officer_id = people_officer.id and {IN_AREA})"
)


class Migration(migrations.Migration):
    # A body closes, a post ends, a resident moves away: their rows stay, because papers and logs name them.
    dependencies = [("people", "0002_protect")]
    operations = [
        narrow("people_organisation", remove=()),
        narrow("people_officer", change=(OFFICER_IN_AREA,), remove=()),
        narrow("people_post", remove=()),
        narrow("people_household", remove=()),
        narrow("people_person", remove=()),
        narrow("people_reveal", add=(f"({IN_AREA} and officer_id = {OWN_OFFICER})",), change=(), remove=()),
    ]
