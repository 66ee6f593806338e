from django.db import migrations, models

from phaodai.foundation.row_security import OWN_ORGANISATION, narrow, protect, through


OF_TASK = through("command_task", "task_id")
OF_GIVEN_TASK = through("command_task", f"task_id and parent.giver_id = {OWN_ORGANISATION}")
OF_PROPOSAL = through("command_proposal", "proposal_id")
OWN_DOCUMENT = f"parent.document_id in (select id from command_document where organisation_id = {OWN_ORGANISATION})"
OF_OWN_PROPOSAL = through("command_proposal", f"proposal_id and {OWN_DOCUMENT}")


class Migration(migrations.Migration):

    dependencies = [
        ('command', '0006_outgoing_papers'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='kept_apart',
            field=models.ManyToManyField(blank=True, related_name='+', to='command.task', verbose_name='Kept beside'),
        ),
        migrations.AddField(
            model_name='task',
            name='also_clauses',
            field=models.ManyToManyField(blank=True, related_name='also_tasks', to='command.clause', verbose_name='Other sections'),
        ),
        # Whoever gave a task says which sections it carries out; what was said once stays.
        protect("command_task_also_clauses", see=(OF_TASK,), write=(OF_GIVEN_TASK,)),
        narrow("command_task_also_clauses", change=(), remove=()),
        protect("command_proposal_kept_apart", see=(OF_PROPOSAL,), write=(OF_OWN_PROPOSAL,)),
        narrow("command_proposal_kept_apart", change=(), remove=()),
    ]
