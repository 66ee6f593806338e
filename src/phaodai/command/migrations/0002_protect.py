from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, SIGNED_IN, protect, protect_history, through

OWN = f"organisation_id = {OWN_ORGANISATION}"
GIVEN = f"giver_id = {OWN_ORGANISATION}"
DOCUMENT_REACHES = f"id in (select document_id from command_documentreach where organisation_id = {OWN_ORGANISATION})"
TASK_REACHES = f"id in (select task_id from command_taskreach where organisation_id = {OWN_ORGANISATION})"
OF_DOCUMENT = through("command_document", "document_id")
OF_TASK = through("command_task", "task_id")
OF_PROPOSAL = through("command_proposal", "proposal_id")


class Migration(migrations.Migration):
    dependencies = [("command", "0001_initial"), ("people", "0002_protect")]
    operations = [
        # The reach tables hold pairs of row ids and nothing else; the policies above them look here.
        protect("command_documentreach", see=(SIGNED_IN,)),
        protect("command_taskreach", see=(SIGNED_IN,)),
        protect("command_document", see=(IN_AREA, OWN, DOCUMENT_REACHES), write=(IN_AREA, OWN)),
        protect_history("command_documentevent", see=(IN_AREA, OWN)),
        protect("command_documentfile", see=(OF_DOCUMENT,)),
        protect("command_clause", see=(OF_DOCUMENT,)),
        protect("command_citation", see=(OF_DOCUMENT,)),
        protect("command_acknowledgement", see=(OF_DOCUMENT,)),
        protect("command_proposal", see=(OF_DOCUMENT,)),
        protect_history("command_proposalevent", see=(OF_DOCUMENT,)),
        protect("command_proposal_addressees", see=(OF_PROPOSAL,)),
        protect("command_proposal_coordinating", see=(OF_PROPOSAL,)),
        protect("command_proposal_also_clauses", see=(OF_PROPOSAL,)),
        protect("command_task", see=(IN_AREA, OWN, GIVEN, TASK_REACHES), write=(IN_AREA, OWN, GIVEN)),
        protect_history("command_taskevent", see=(IN_AREA, OWN, GIVEN)),
        protect("command_task_coordinating", see=(OF_TASK,)),
        protect("command_progress", see=(OF_TASK,)),
        protect_history("command_progressevent", see=(OF_TASK,)),
        protect("command_evidence", see=(through("command_progress", "progress_id"),)),
        protect("command_report", see=(IN_AREA, OWN), write=(OWN,)),
        protect_history("command_reportevent", see=(IN_AREA, OWN)),
        protect("command_outgoingnumber", see=(OWN,)),
    ]
