from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, protect

# Rows of a line list on their way into the books. They are written, used and removed inside one transaction, so that no
# other ever sees them; the application role may make no temporary tables. Unlogged: a crash has nothing to bring back.
INCOMING = """
create unlogged table surveillance_incoming (
    row integer not null, code text not null,
    full_name text, sex text, birth_year smallint, birth_date date, phone text, identity_number text, address text,
    sort_key text collate "C", search_key text,
    classification text, detected_by text, age numeric(4, 1), occupation text, symptoms text, onset_on date,
    exposed_from date, exposed_to date, sampled_on date, positive_at timestamptz, reported_on date,
    isolated_at timestamptz, severity text, variant text, outcome text, outcome_on date, setting text,
    source_known boolean, imported boolean, residence text, facility text, notes text, given jsonb,
    province_id integer not null, district_id integer, commune_id integer,
    fresh boolean not null, case_id bigint, newborn boolean not null, person_id bigint,
    episode smallint not null default 1, case_changed boolean not null default false,
    person_changed boolean not null default false, doubt text not null default '', other text not null default ''
)
"""


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0004_roofs")]
    operations = [
        migrations.RunSQL(INCOMING, "drop table surveillance_incoming"),
        protect("surveillance_incoming", see=(IN_AREA,)),
    ]
