from django.db import migrations

from phaodai.foundation.row_security import OWN_OFFICER, SIGNED_IN, protect


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_tables")]
    operations = [
        protect("foundation_clockshift", see=("true",), write=()),
        protect("foundation_fact", see=(SIGNED_IN,)),
        protect("foundation_parkedrow", see=(f"officer_id = {OWN_OFFICER}",)),
        protect("foundation_savedview", see=(f"officer_id = {OWN_OFFICER}",)),
    ]
