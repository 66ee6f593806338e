from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, narrow, protect, protect_history, through

# Where pseudonymous row ids are searched across communes: visits, rosters, meetings. Names stay with people_person.
IN_PROVINCE = "((select phaodai_reach()) = 'area' and province_id = (select phaodai_setting('phaodai.province')))"
OF_MY_CASE = through("surveillance_case", "case_id")
OF_EITHER_CASE = f"({through('surveillance_case', 'source_id')} or {through('surveillance_case', 'target_id')})"
OF_MY_CONTACT = through("surveillance_contact", "contact_id")
OF_MY_PERSON = through("people_person", "person_id")
WITH_MY_CASES = "exists (select 1 from surveillance_case member where member.outbreak_id = surveillance_outbreak.id)"
WITH_MY_CASES_THEN = WITH_MY_CASES.replace("surveillance_outbreak.id", "surveillance_outbreakevent.pgh_obj_id")


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0001_initial"), ("people", "0005_protect_identities"), ("territory", "0004_protect_places")]
    operations = [
        protect("surveillance_case", see=(IN_AREA,)),
        protect_history("surveillance_caseevent", see=(IN_AREA,)),
        protect("surveillance_outbreak", see=(IN_AREA, WITH_MY_CASES), write=(IN_AREA,)),
        protect_history("surveillance_outbreakevent", see=(IN_AREA, WITH_MY_CASES_THEN)),
        protect("surveillance_transmission", see=(OF_EITHER_CASE,)),
        protect_history("surveillance_transmissionevent", see=(OF_EITHER_CASE,)),
        protect("surveillance_labtest", see=(IN_AREA, OF_MY_PERSON)),
        protect_history("surveillance_labtestevent", see=(IN_AREA, OF_MY_PERSON)),
        # A contact belongs to the commune that follows it, and to whoever investigates the case.
        protect("surveillance_contact", see=(IN_AREA, OF_MY_CASE)),
        protect_history("surveillance_contactevent", see=(IN_AREA, OF_MY_CASE)),
        protect("surveillance_followupday", see=(OF_MY_CONTACT,)),
        protect_history("surveillance_followupdayevent", see=(OF_MY_CONTACT,)),
        protect("surveillance_team", see=(IN_AREA,)),
        protect_history("surveillance_teamevent", see=(IN_AREA,)),
        protect("surveillance_tracerun", see=(OF_MY_CASE,)),
        protect("surveillance_membership", see=(IN_PROVINCE,), write=(IN_AREA,)),
        protect("surveillance_meeting", see=(IN_PROVINCE,)),
        protect("surveillance_visitblock", see=(IN_PROVINCE,)),
        protect("surveillance_visitday", see=(IN_PROVINCE,)),
        protect("surveillance_latevisit", see=(IN_PROVINCE,)),
        protect("surveillance_columnmapping", see=(IN_PROVINCE,)),
        protect_history("surveillance_columnmappingevent", see=(IN_PROVINCE,)),
        protect("surveillance_linelist", see=(IN_AREA,)),
        protect_history("surveillance_linelistevent", see=(IN_AREA,)),
        protect("surveillance_parkedcase", see=(through("surveillance_linelist", "line_list_id"),)),
        # What was once recorded of the ill stays: cases turn out to be none, contacts are told apart, teams close.
        *(
            narrow(f"surveillance_{table}", remove=())
            for table in ("case", "outbreak", "labtest", "contact", "followupday", "team", "tracerun", "linelist",
                "columnmapping",
                "membership",
                "transmission", "parkedcase")
        ),
        # Blocks are packed and purged by the installation's own jobs.
        *(narrow(f"surveillance_{table}", change=(), remove=()) for table in ("visitblock", "visitday")),
        narrow("surveillance_latevisit", change=(), remove=()),
        narrow("surveillance_meeting", change=(), remove=()),
    ]
