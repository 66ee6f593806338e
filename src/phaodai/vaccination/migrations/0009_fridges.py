import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect

# Whoever answers for a store sees and moves what lies in its fridges.
OF_MY_STORE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from supply_store kept"
    f" where kept.id = store_id and kept.organisation_id = {OWN_ORGANISATION}))"
)

# What is held leaves no store, whichever page, sheet or phone asks: a lot as a whole, or so many vials of it. And what
# leaves a store leaves its fridges: first what lies in none, then the one that holds the lot; of several, one is named.
# It runs after the trigger that keeps the store's balances: they fire in the order of their names.
FOLLOW_THE_STOCK = """
create or replace function vaccination_refuse_held_lots() returns trigger language plpgsql as $$
declare
  taken record; left_over numeric; placed integer; fridges integer; fridge bigint; held_cold numeric; held_shelf numeric;
begin
  if exists (
    select 1 from written line join vaccination_vaccinelot lot on lot.batch_id = line.batch_id
    join vaccination_lothold hold on hold.lot_id = lot.id and hold.released_at is null
      and hold.vials is null and hold.session_id is null
      and (hold.store_id is null or hold.store_id = line.store_id)
    where line.taken_from = 'store' and line.put_into in ('used', 'on_way')
  ) then
    raise exception 'a held lot stays in its store'
      using errcode = 'check_violation', constraint = 'held_lot_stays', table = 'supply_movementline';
  end if;
  for taken in
    select line.store_id, line.batch_id, lot.id as lot_id, sum(line.quantity) as vials, min(line.movement_id) as movement_id
    from written line join vaccination_vaccinelot lot on lot.batch_id = line.batch_id
    where line.taken_from = 'store' group by line.store_id, line.batch_id, lot.id
  loop
    select level.quantity into left_over from supply_stocklevel level
      where level.store_id = taken.store_id and level.batch_id = taken.batch_id;
    select coalesce(sum(level.vials), 0), count(*), min(level.place_id) into placed, fridges, fridge
      from vaccination_coldlevel level
      where level.store_id = taken.store_id and level.lot_id = taken.lot_id and level.vials > 0;
    select coalesce(sum(least(level.vials, held.vials)), 0) into held_cold
      from (
        select hold.place_id, sum(hold.vials) as vials from vaccination_lothold hold
        where hold.released_at is null and hold.lot_id = taken.lot_id and hold.store_id = taken.store_id
          and hold.place_id is not null group by hold.place_id
      ) held join vaccination_coldlevel level on level.place_id = held.place_id and level.lot_id = taken.lot_id;
    select least(coalesce(sum(hold.vials), 0), greatest(left_over + taken.vials - placed, 0)) into held_shelf
      from vaccination_lothold hold
      where hold.released_at is null and hold.lot_id = taken.lot_id and hold.store_id = taken.store_id
        and hold.place_id is null and hold.vials is not null;
    if left_over < held_cold + held_shelf then
      raise exception 'held vials stay in their store'
        using errcode = 'check_violation', constraint = 'held_vials_stay', table = 'supply_movementline';
    end if;
    if left_over < placed and fridges > 1 then
      raise exception 'several fridges hold this lot'
        using errcode = 'check_violation', constraint = 'fridge_is_named', table = 'supply_movementline';
    end if;
    if left_over < placed then
      insert into vaccination_coldline
        (store_id, lot_id, vials, taken_from_id, at, officer_id, key, movement_key, province_id, district_id, commune_id)
      select movement.store_id, taken.lot_id, placed - floor(left_over), fridge, movement.at, movement.officer_id,
        gen_random_uuid(), movement.key, movement.province_id, movement.district_id, movement.commune_id
      from supply_movement movement where movement.id = taken.movement_id;
    end if;
  end loop;
  return null;
end $$;
"""
REFUSE_HELD_LOTS_ALONE = """
create or replace function vaccination_refuse_held_lots() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from written line join vaccination_vaccinelot lot on lot.batch_id = line.batch_id
    join vaccination_lothold hold on hold.lot_id = lot.id and hold.released_at is null
      and (hold.store_id is null or hold.store_id = line.store_id)
    where line.taken_from = 'store' and line.put_into in ('used', 'on_way')
  ) then
    raise exception 'a held lot stays in its store'
      using errcode = 'check_violation', constraint = 'held_lot_stays', table = 'supply_movementline';
  end if;
  return null;
end $$;
"""
# What was known so far is in which fridge a lot lay. Where it lay in one alone, all its vials are there. A database made
# whole has no such table.
COUNT_WHAT_LAY_IN_ONE_FRIDGE = """
do $$
declare asked text := coalesce(current_setting('phaodai.reach', true), '');
begin
  if to_regclass('vaccination_keeping') is null then return; end if;
  perform set_config('phaodai.reach', 'all', true);
  insert into vaccination_coldline
    (store_id, lot_id, vials, put_into_id, at, officer_id, key, province_id, district_id, commune_id)
    select place.store_id, kept.lot_id, floor(stock.quantity), kept.place_id, kept.since, kept.put_by_id, gen_random_uuid(),
      store.province_id, store.district_id, store.commune_id
    from vaccination_keeping kept join vaccination_coldplace place on place.id = kept.place_id
    join supply_store store on store.id = place.store_id join vaccination_vaccinelot lot on lot.id = kept.lot_id
    join supply_stocklevel stock on stock.store_id = place.store_id and stock.batch_id = lot.batch_id
    where kept.until is null and stock.quantity >= 1 and not exists (
      select 1 from vaccination_keeping beside join vaccination_coldplace other on other.id = beside.place_id
      where beside.until is null and beside.lot_id = kept.lot_id and other.store_id = place.store_id
        and beside.place_id <> kept.place_id
    );
  set constraints all immediate;
  perform set_config('phaodai.reach', asked, true);
end $$
"""
POLICIES = [
    *(protect(f"vaccination_{table}", see=(IN_AREA, OF_MY_STORE)) for table in ("coldlevel", "coldline")),
    narrow("vaccination_coldline", change=(), remove=()),
    narrow("vaccination_coldlevel", remove=()),
]


# A table takes its triggers along, not the functions that they ran.
DROP_WHAT_ITS_TRIGGERS_RAN = """
drop function if exists pgtrigger_append_only_1de1e(), pgtrigger_delete_delete_1cc40(),
  pgtrigger_insert_insert_40326(), pgtrigger_update_update_171a3();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_search'),
        ('supply', '0007_aid_times'),
        ('vaccination', '0008_gaps'),
    ]

    operations = [
        migrations.CreateModel(
            name='ColdLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('vials', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ColdLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('vials', models.PositiveIntegerField(verbose_name='Vials')),
                ('at', models.DateTimeField()),
                ('key', models.UUIDField(db_comment='made by the form: the same deed sent twice is done once', unique=True)),
                ('movement_key', models.UUIDField(db_comment="of the stock's movement with which the vials left or came", null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lothold',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lothold',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lothold',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='lothold',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='lothold',
            name='session',
            field=models.ForeignKey(db_comment='what was brought there', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vaccination.session'),
        ),
        migrations.AddField(
            model_name='lothold',
            name='vials',
            field=models.PositiveIntegerField(db_comment='how many in the fridge, or on the shelf; empty: all', null=True),
        ),
        migrations.AddField(
            model_name='lotholdevent',
            name='place',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='lotholdevent',
            name='session',
            field=models.ForeignKey(db_comment='what was brought there', db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.session'),
        ),
        migrations.AddField(
            model_name='lotholdevent',
            name='vials',
            field=models.PositiveIntegerField(db_comment='how many in the fridge, or on the shelf; empty: all', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lothold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_lotholdevent" ("created_at", "excursion_id", "held_at", "held_by_id", "id", "lot_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "province_id", "reason", "release_reason", "released_at", "released_by_id", "session_id", "store_id", "updated_at", "version", "vials") VALUES (NEW."created_at", NEW."excursion_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."lot_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."province_id", NEW."reason", NEW."release_reason", NEW."released_at", NEW."released_by_id", NEW."session_id", NEW."store_id", NEW."updated_at", NEW."version", NEW."vials"); RETURN NULL;', hash='650a5a18e76ffb7293068bbbbb72abc26190efa4', operation='INSERT', pgid='pgtrigger_insert_insert_84185', table='vaccination_lothold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lothold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vaccination_lotholdevent" ("created_at", "excursion_id", "held_at", "held_by_id", "id", "lot_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "province_id", "reason", "release_reason", "released_at", "released_by_id", "session_id", "store_id", "updated_at", "version", "vials") VALUES (NEW."created_at", NEW."excursion_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."lot_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."province_id", NEW."reason", NEW."release_reason", NEW."released_at", NEW."released_by_id", NEW."session_id", NEW."store_id", NEW."updated_at", NEW."version", NEW."vials"); RETURN NULL;', hash='f6f5c05481ad09b9ebd44b12bf40a03ed3456950', operation='UPDATE', pgid='pgtrigger_update_update_d321d', table='vaccination_lothold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lothold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_lotholdevent" ("created_at", "excursion_id", "held_at", "held_by_id", "id", "lot_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "province_id", "reason", "release_reason", "released_at", "released_by_id", "session_id", "store_id", "updated_at", "version", "vials") VALUES (OLD."created_at", OLD."excursion_id", OLD."held_at", OLD."held_by_id", OLD."id", OLD."lot_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."province_id", OLD."reason", OLD."release_reason", OLD."released_at", OLD."released_by_id", OLD."session_id", OLD."store_id", OLD."updated_at", OLD."version", OLD."vials"); RETURN NULL;', hash='bdf1a3ca3fed47fba68d1bc306aab0a09cf8214f', operation='DELETE', pgid='pgtrigger_delete_delete_9dade', table='vaccination_lothold', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='lothold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', None), ('vials__isnull', False), _connector='OR'), models.Q(('vials', None), models.Q(('session', None), ('store__isnull', False)), _connector='OR')), name='some_vials_of_a_store'),
        ),
        migrations.AddField(
            model_name='coldlevel',
            name='lot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cold_levels', to='vaccination.vaccinelot'),
        ),
        migrations.AddField(
            model_name='coldlevel',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='coldlevel',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supply.store'),
        ),
        migrations.AddField(
            model_name='coldline',
            name='lot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cold_lines', to='vaccination.vaccinelot'),
        ),
        migrations.AddField(
            model_name='coldline',
            name='officer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='coldline',
            name='put_into',
            field=models.ForeignKey(db_comment='empty: into no fridge of the store', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='coldline',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supply.store'),
        ),
        migrations.AddField(
            model_name='coldline',
            name='taken_from',
            field=models.ForeignKey(db_comment='empty: from no fridge of the store', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='vaccination.coldplace'),
        ),
        migrations.AddIndex(
            model_name='coldlevel',
            index=models.Index(fields=['store', 'lot'], name='cold_levels_of_store'),
        ),
        migrations.AddConstraint(
            model_name='coldlevel',
            constraint=models.UniqueConstraint(fields=('place', 'lot'), name='cold_level_once'),
        ),
        migrations.AddConstraint(
            model_name='coldlevel',
            constraint=models.CheckConstraint(condition=models.Q(('vials__gte', 0)), name='fridge_never_below_nothing', violation_error_message='The fridge does not hold so many vials of this lot.'),
        ),
        migrations.AddIndex(
            model_name='coldline',
            index=models.Index(fields=['store', 'lot', 'at'], name='cold_lines_of_lot'),
        ),
        migrations.AddConstraint(
            model_name='coldline',
            constraint=models.CheckConstraint(condition=models.Q(('vials__gt', 0)), name='cold_line_moves_something', violation_error_message='Write how many vials.'),
        ),
        migrations.AddConstraint(
            model_name='coldline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('put_into', None), ('taken_from', None), _negated=True), models.Q(('taken_from', None), ('put_into', None), models.Q(('taken_from', models.F('put_into')), _negated=True), _connector='OR')), name='cold_line_between_two_places'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coldline',
            trigger=pgtrigger.compiler.Trigger(name='keep_cold_levels', sql=pgtrigger.compiler.UpsertTriggerSql(func="\ninsert into vaccination_coldlevel (place_id, lot_id, store_id, vials, province_id, district_id, commune_id)\n  select distinct place, lot_id, store_id, 0, province_id, district_id, commune_id\n  from written line, unnest(array[line.taken_from_id, line.put_into_id]) place where place is not null\n  on conflict (place_id, lot_id) do nothing;\nupdate vaccination_coldlevel level set vials = level.vials + change.vials\n  from (\n    select place, lot_id, sum(vials) as vials from (\n      select put_into_id as place, lot_id, vials from written\n      union all select taken_from_id, lot_id, -vials from written\n    ) moved where place is not null group by place, lot_id\n  ) change\n  where level.place_id = change.place and level.lot_id = change.lot_id;\nif exists (\n  select 1 from (select distinct store_id, lot_id from written) touched\n  join vaccination_vaccinelot lot on lot.id = touched.lot_id\n  where (select coalesce(sum(level.vials), 0) from vaccination_coldlevel level\n      where level.store_id = touched.store_id and level.lot_id = touched.lot_id)\n    > (select coalesce(sum(stock.quantity), 0) from supply_stocklevel stock\n      where stock.store_id = touched.store_id and stock.batch_id = lot.batch_id)\n) then\n  raise exception 'more vials in fridges than in the store'\n    using errcode = 'check_violation', constraint = 'fridges_hold_what_the_store_has', table = 'vaccination_coldline';\nend if;\nreturn null;\n", hash='cc846dd2aacbed75bb2c46fb54e7ca2e13542ffd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_keep_cold_levels_e8425', referencing='REFERENCING NEW TABLE AS written ', table='vaccination_coldline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coldline',
            trigger=pgtrigger.compiler.Trigger(name='cold_line_stays_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ee5060f2cd0637c319ee758836adf938e78b6840', operation='UPDATE OR DELETE', pgid='pgtrigger_cold_line_stays_as_written_1684d', table='vaccination_coldline', when='BEFORE')),
        ),
        *POLICIES,
        migrations.RunSQL(FOLLOW_THE_STOCK, REFUSE_HELD_LOTS_ALONE),
        migrations.RunSQL(COUNT_WHAT_LAY_IN_ONE_FRIDGE, migrations.RunSQL.noop),
        migrations.DeleteModel(name='KeepingEvent'),
        migrations.DeleteModel(name='Keeping'),
        migrations.RunSQL(DROP_WHAT_ITS_TRIGGERS_RAN, migrations.RunSQL.noop),
    ]
