from django.db import migrations

from phaodai.foundation.row_security import OWN_OFFICER, narrow, protect, protect_history, through

# What a province has verified counts for every body in it, a department that sees only its own tasks included.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# An entry speaks for the whole province: a body of a district or a commune signs none.
OF_PROVINCIAL_BODY = f"({IN_PROVINCE} and (select phaodai_setting('phaodai.district')) is null)"
OF_ENTRY = through("rulebook_verification", "verification_id")
OWN_ENTRY = (
    "exists (select 1 from rulebook_verification parent"
    f" where parent.id = verification_id and parent.officer_id = {OWN_OFFICER})"
)


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial"), ("foundation", "0003_protect")]
    operations = [
        protect("rulebook_verification", see=(IN_PROVINCE,), write=(OF_PROVINCIAL_BODY,)),
        narrow("rulebook_verification", add=(f"({OF_PROVINCIAL_BODY} and officer_id = {OWN_OFFICER})",), remove=()),
        protect_history("rulebook_verificationevent", see=(IN_PROVINCE,)),
        protect("rulebook_verificationfile", see=(OF_ENTRY,)),
        narrow("rulebook_verificationfile", add=(OWN_ENTRY,), change=(), remove=()),
    ]
