from django.db import migrations

from phaodai.foundation.row_security import narrow


class Migration(migrations.Migration):
    # A fact is told once; only the playbook, under the installation's own name, marks it as followed.
    dependencies = [("foundation", "0003_protect")]
    operations = [narrow("foundation_fact", change=(), remove=())]
