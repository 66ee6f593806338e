from django.db import migrations

from phaodai.foundation.row_security import BY_REFERENCE, IN_AREA, narrow, protect, protect_history, through

OF_MY_GATHERING = through("containment_gathering", "gathering_id")
OF_MY_VISIT = through("containment_gatheringvisit", "visit_id")
OF_MY_CHECK = through("containment_check", "check_made_id")


class Migration(migrations.Migration):
    dependencies = [("containment", "0010_gatherings")]
    operations = [
        # Who organises a gathering is told to the area that answers for it. The organiser, who has no account, announces,
        # reads and withdraws the one row whose reference they were given.
        protect("containment_gathering", see=(IN_AREA, BY_REFERENCE)),
        *(protect(f"containment_{table}", see=(IN_AREA,)) for table in ("gatheringvisit", "check", "checkfinding")),
        *(
            protect_history(f"containment_{table}event", see=(IN_AREA,))
            for table in ("gathering", "gatheringvisit", "check", "checkfinding")
        ),
        protect("containment_gatheringanswer", see=(OF_MY_GATHERING,)),
        protect_history("containment_gatheringanswerevent", see=(OF_MY_GATHERING,)),
        protect("containment_gatheringphoto", see=(OF_MY_VISIT,)),
        protect("containment_checkphoto", see=(OF_MY_CHECK,)),
        # Nothing is removed. What was answered, seen and photographed stays as it was.
        *(narrow(f"containment_{table}", remove=()) for table in ("gathering", "checkfinding")),
        *(
            narrow(f"containment_{table}", change=(), remove=())
            for table in ("gatheringanswer", "gatheringvisit", "gatheringphoto", "check", "checkphoto")
        ),
    ]
