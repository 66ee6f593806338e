from django.db import migrations

from phaodai.foundation.row_security import OWN_ORGANISATION, narrow, through

OF_OWN_DOCUMENT = f"document_id in (select id from command_document where organisation_id = {OWN_ORGANISATION})"
OF_OWN_PROPOSAL = through("command_proposal", f"proposal_id and parent.{OF_OWN_DOCUMENT}")
OF_DOCUMENT = through("command_document", "document_id")
OF_TASK = through("command_task", "task_id")
OF_PROGRESS = through("command_progress", "progress_id")

# A policy of a reach table may hold no subquery: the policies of tasks and documents look into these tables, and
# PostgreSQL takes a subquery on the way back for a circle.
SIGNED_IN = "phaodai_reach() in ('area', 'own', 'all')"

# Nothing of a directive's life is removed by an officer: withdrawn, dropped and filed are states.
KEPT = ("document", "clause", "citation", "proposal", "task", "report", "outgoingnumber", "task_coordinating")


class Migration(migrations.Migration):
    dependencies = [("command", "0002_protect")]
    operations = [
        *(narrow(f"command_{table}", remove=()) for table in KEPT),
        *(
            migrations.RunSQL(f"alter policy {table}_see on {table} using ({SIGNED_IN})", migrations.RunSQL.noop)
            for table in ("command_documentreach", "command_taskreach")
        ),
        # Nobody lets themselves see a row that they do not see already.
        narrow("command_documentreach", add=(OF_DOCUMENT,), change=(), remove=()),
        narrow("command_taskreach", add=(OF_TASK,), change=(), remove=()),
        # The reading of a document is mended by the unit in whose book it stands, whoever else may read it.
        narrow("command_documentfile", add=(OF_OWN_DOCUMENT,), change=(), remove=()),
        narrow("command_clause", add=(OF_OWN_DOCUMENT,), change=(OF_OWN_DOCUMENT,)),
        narrow("command_proposal", add=(OF_OWN_DOCUMENT,), change=(OF_OWN_DOCUMENT,)),
        *(
            narrow(f"command_proposal_{kind}", add=(OF_OWN_PROPOSAL,), change=(), remove=(OF_OWN_PROPOSAL,))
            for kind in ("addressees", "coordinating", "also_clauses")
        ),
        # Lines of a log, their files and acknowledgements are written once, in the name of the writer's own unit.
        narrow("command_acknowledgement", add=(f"(organisation_id = {OWN_ORGANISATION} and {OF_DOCUMENT})",), change=(), remove=()),
        narrow("command_progress", add=(f"(organisation_id = {OWN_ORGANISATION} and {OF_TASK})",), change=(), remove=()),
        narrow("command_evidence", add=(OF_PROGRESS,), change=(), remove=()),
    ]
