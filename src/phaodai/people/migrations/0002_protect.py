from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, SIGNED_IN, protect, protect_history

# Who holds which office is read at sign-in, before there is a scope; residents are seen inside the officer's area alone.
HAS_AREA = "(select phaodai_reach()) = 'area'"
POST_IN_AREA = f"exists (select 1 from people_organisation where people_organisation.id = organisation_id and {IN_AREA})"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("foundation", "0003_protect")]
    operations = [
        protect("people_organisation", see=("true",), write=(IN_AREA,)),
        protect_history("people_organisationevent", see=(SIGNED_IN,)),
        protect("people_officer", see=("true",), write=(HAS_AREA,)),
        protect_history("people_officerevent", see=(SIGNED_IN,)),
        protect("people_post", see=("true",), write=(POST_IN_AREA,)),
        protect_history("people_postevent", see=(SIGNED_IN,)),
        protect("people_household", see=(IN_AREA,)),
        protect("people_person", see=(IN_AREA,)),
        protect_history("people_personevent", see=(IN_AREA,)),
        protect("people_reveal", see=(IN_AREA,)),
    ]
