from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, narrow, protect, protect_history


class Migration(migrations.Migration):
    dependencies = [("playbook", "0001_initial")]
    operations = [
        protect("playbook_step", see=(IN_AREA,)),
        # Proposals are made by the installation and answered by officers; none is taken away.
        narrow("playbook_step", add=(), remove=()),
        protect_history("playbook_stepevent", see=(IN_AREA,)),
    ]
