import django.contrib.postgres.constraints
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import phaodai.containment.models.stays

# A room, its building and its cohort belong to one site, and a placement repeats the number of places of its room.
TOGETHER = """
alter table containment_building add constraint building_of_site unique (id, site_id);
alter table containment_room add constraint room_of_site unique (id, site_id);
alter table containment_room add constraint room_with_places unique (id, places);
alter table containment_cohort add constraint cohort_of_site unique (id, site_id);
alter table containment_room add constraint room_in_building_of_site
  foreign key (building_id, site_id) references containment_building (id, site_id);
alter table containment_placement add constraint placement_in_room_of_site
  foreign key (room_id, site_id) references containment_room (id, site_id);
alter table containment_placement add constraint placement_with_cohort_of_site
  foreign key (cohort_id, site_id) references containment_cohort (id, site_id);
alter table containment_placement add constraint placement_knows_places
  foreign key (room_id, places) references containment_room (id, places) on update cascade;
"""
APART = """
alter table containment_placement drop constraint placement_knows_places,
  drop constraint placement_with_cohort_of_site, drop constraint placement_in_room_of_site;
alter table containment_room drop constraint room_in_building_of_site;
alter table containment_cohort drop constraint cohort_of_site;
alter table containment_room drop constraint room_with_places, drop constraint room_of_site;
alter table containment_building drop constraint building_of_site;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('command', '0009_annexes'),
        ('containment', '0005_protect_zones'),
        ('people', '0005_protect_identities'),
        ('surveillance', '0006_list_prefix'),
        ('territory', '0004_protect_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='Building',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='Building')),
            ],
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('guests', 'People in quarantine'), ('staff', 'Staff')], default='guests', max_length=6)),
                ('day', models.DateField(db_comment='day of arrival; of the last exposure after somebody in the room was positive')),
                ('mark', models.CharField(blank=True, db_comment='the room of a later exposure', default='', max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('name', models.CharField(max_length=40, verbose_name='Room')),
                ('places', models.PositiveSmallIntegerField(verbose_name='Places')),
                ('state', models.CharField(choices=[('open', 'Open'), ('cleaning', 'Being disinfected'), ('closed', 'Closed')], default='open', max_length=8, verbose_name='State')),
                ('building', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='containment.building', verbose_name='Building')),
            ],
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='Site contact')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telephone')),
                ('opened_on', models.DateField(verbose_name='Opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='Closed on')),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=200)),
                ('search_key', models.CharField(editable=False, max_length=300)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation', verbose_name='Run by')),
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='quarantine_site', to='territory.place', verbose_name='Place')),
            ],
        ),
        migrations.CreateModel(
            name='RoomEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('name', models.CharField(max_length=40, verbose_name='Room')),
                ('places', models.PositiveSmallIntegerField(verbose_name='Places')),
                ('state', models.CharField(choices=[('open', 'Open'), ('cleaning', 'Being disinfected'), ('closed', 'Closed')], default='open', max_length=8, verbose_name='State')),
                ('building', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.building', verbose_name='Building')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.room')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.site')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='room',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='containment.site'),
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('place', models.PositiveSmallIntegerField(db_comment="from 1 to the room's places")),
                ('places', models.PositiveSmallIntegerField(db_comment="the room's places, kept equal by the database")),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='containment.cohort')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='containment.room')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='containment.site')),
            ],
        ),
        migrations.CreateModel(
            name='MealDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='Day')),
                ('served', models.PositiveIntegerField(verbose_name='Meal days served')),
                ('officer_id', models.IntegerField(null=True)),
                ('written_at', models.DateTimeField()),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meal_days', to='containment.site')),
            ],
        ),
        migrations.AddField(
            model_name='cohort',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='containment.site'),
        ),
        migrations.AddField(
            model_name='building',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='buildings', to='containment.site'),
        ),
        migrations.CreateModel(
            name='SiteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('name', models.CharField(max_length=160, verbose_name='Name')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='Site contact')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telephone')),
                ('opened_on', models.DateField(verbose_name='Opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='Closed on')),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=200)),
                ('search_key', models.CharField(editable=False, max_length=300)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation', verbose_name='Run by')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.site')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.place', verbose_name='Place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('initials', models.CharField(max_length=40, verbose_name='Initials')),
                ('kind', models.CharField(choices=[('contact', 'Contact (F1)'), ('arrival', 'Arrival'), ('case', 'Case in isolation (F0)'), ('staff', 'Staff of the site')], max_length=8, verbose_name='Kept apart as')),
                ('state', models.CharField(choices=[('inside', 'In quarantine'), ('released', 'Released'), ('hospital', 'Taken to treatment'), ('left', 'Left without release')], default='inside', max_length=8, verbose_name='State')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='Address')),
                ('home', models.JSONField(blank=True, db_comment="conditions of the home as checked, and the rule's answer", default=dict)),
                ('admitted_at', models.DateTimeField(verbose_name='Admitted')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='Ended')),
                ('day_zero', models.DateField(verbose_name='Counted from')),
                ('release_on', models.DateField(blank=True, null=True, verbose_name='Release planned')),
                ('monitor_until', models.DateField(blank=True, null=True, verbose_name='Watched at home until')),
                ('facts', models.JSONField(blank=True, db_comment='what the rule was asked: doses, last_dose_on, origin …', default=dict)),
                ('decision', models.JSONField(blank=True, db_comment='what the rule said: outcome, version, document, why', default=dict)),
                ('search_key', models.CharField(db_default='', default='', editable=False, max_length=240)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='surveillance.case', verbose_name='Case')),
                ('certificate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='command.outgoingpaper', verbose_name='Certificate')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='surveillance.contact', verbose_name='Contact')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='people.person', verbose_name='Person')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='containment.site', verbose_name='Quarantine site')),
            ],
        ),
        migrations.CreateModel(
            name='SiteAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('raised_at', models.DateTimeField(verbose_name='Raised')),
                ('roommates', models.JSONField(db_comment='row ids of the stays that begin again', default=list)),
                ('closed_at', models.DateTimeField(null=True, verbose_name='Closed at')),
                ('closed_by', models.IntegerField(db_comment='officer', null=True)),
                ('what_followed', models.TextField(blank=True, verbose_name='What followed')),
                ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='containment.room')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='containment.site')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='containment.stay')),
            ],
        ),
        migrations.CreateModel(
            name='PlacementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('place', models.PositiveSmallIntegerField(db_comment="from 1 to the room's places")),
                ('places', models.PositiveSmallIntegerField(db_comment="the room's places, kept equal by the database")),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.cohort')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.placement')),
                ('room', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.room')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.site')),
                ('stay', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.stay')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='placement',
            name='stay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='containment.stay'),
        ),
        migrations.CreateModel(
            name='StayCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('day', models.DateField(verbose_name='Day')),
                ('state', models.CharField(choices=[('well', 'Well'), ('symptoms', 'Symptoms'), ('not_seen', 'Not met')], max_length=8, verbose_name='State')),
                ('temperature', models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True, verbose_name='Temperature')),
                ('symptoms', models.CharField(blank=True, max_length=300, verbose_name='Symptoms')),
                ('seen_at', models.DateTimeField()),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='containment.stay')),
            ],
        ),
        migrations.CreateModel(
            name='StayCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('day', models.DateField(verbose_name='Day')),
                ('state', models.CharField(choices=[('well', 'Well'), ('symptoms', 'Symptoms'), ('not_seen', 'Not met')], max_length=8, verbose_name='State')),
                ('temperature', models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True, verbose_name='Temperature')),
                ('symptoms', models.CharField(blank=True, max_length=300, verbose_name='Symptoms')),
                ('seen_at', models.DateTimeField()),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.staycheck')),
                ('stay', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.stay')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('initials', models.CharField(max_length=40, verbose_name='Initials')),
                ('kind', models.CharField(choices=[('contact', 'Contact (F1)'), ('arrival', 'Arrival'), ('case', 'Case in isolation (F0)'), ('staff', 'Staff of the site')], max_length=8, verbose_name='Kept apart as')),
                ('state', models.CharField(choices=[('inside', 'In quarantine'), ('released', 'Released'), ('hospital', 'Taken to treatment'), ('left', 'Left without release')], default='inside', max_length=8, verbose_name='State')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='Address')),
                ('home', models.JSONField(blank=True, db_comment="conditions of the home as checked, and the rule's answer", default=dict)),
                ('admitted_at', models.DateTimeField(verbose_name='Admitted')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='Ended')),
                ('day_zero', models.DateField(verbose_name='Counted from')),
                ('release_on', models.DateField(blank=True, null=True, verbose_name='Release planned')),
                ('monitor_until', models.DateField(blank=True, null=True, verbose_name='Watched at home until')),
                ('facts', models.JSONField(blank=True, db_comment='what the rule was asked: doses, last_dose_on, origin …', default=dict)),
                ('decision', models.JSONField(blank=True, db_comment='what the rule said: outcome, version, document, why', default=dict)),
                ('search_key', models.CharField(db_default='', default='', editable=False, max_length=240)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveillance.case', verbose_name='Case')),
                ('certificate', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='command.outgoingpaper', verbose_name='Certificate')),
                ('contact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveillance.contact', verbose_name='Contact')),
                ('household', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.household')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='Person')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.stay')),
                ('site', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.site', verbose_name='Quarantine site')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StayRuleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('on', models.DateField(db_comment='the day whose rule was compared', verbose_name='Day')),
                ('choice', models.CharField(choices=[('new', 'The new rule for all'), ('shorter', 'The new rule for those whom it frees earlier'), ('old', 'The rule of their admission stays')], max_length=7, verbose_name='Choice')),
                ('basis', models.CharField(max_length=200, verbose_name='Document relied on')),
                ('reason', models.CharField(max_length=500, verbose_name='Reason')),
                ('decided_at', models.DateTimeField(verbose_name='Decided at')),
                ('rows', models.JSONField(db_comment='each stay: before, after, versions of the rules, taken or left', default=list)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer', verbose_name='Decided by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StayRuleChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('on', models.DateField(db_comment='the day whose rule was compared', verbose_name='Day')),
                ('choice', models.CharField(choices=[('new', 'The new rule for all'), ('shorter', 'The new rule for those whom it frees earlier'), ('old', 'The rule of their admission stays')], max_length=7, verbose_name='Choice')),
                ('basis', models.CharField(max_length=200, verbose_name='Document relied on')),
                ('reason', models.CharField(max_length=500, verbose_name='Reason')),
                ('decided_at', models.DateTimeField(verbose_name='Decided at')),
                ('rows', models.JSONField(db_comment='each stay: before, after, versions of the rules, taken or left', default=list)),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer', verbose_name='Decided by')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.stayrulechange')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StayStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('admitted', 'Admitted'), ('moved', 'Moved to another room'), ('transferred', 'Transferred to another site'), ('tested', 'Test result'), ('positive', 'Positive inside'), ('reset', 'Count began again'), ('rule', 'Another rule applied'), ('alarm', 'Alarm signs'), ('released', 'Released'), ('certified', 'Certificate signed'), ('treated', 'Taken to treatment'), ('left', 'Left without release')], max_length=11)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=500)),
                ('detail', models.JSONField(blank=True, default=dict)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='containment.stay')),
            ],
        ),
        migrations.CreateModel(
            name='StayTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_number', models.PositiveSmallIntegerField(db_comment="day n of the stay; 0: beyond the rule's days")),
                ('due_on', models.DateField(verbose_name='Sample due')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='Sample taken')),
                ('result', models.CharField(blank=True, choices=[('', 'Not yet known'), ('positive', 'Positive'), ('negative', 'Negative'), ('unclear', 'Unclear: take another sample')], default='', max_length=8, verbose_name='Result')),
                ('result_at', models.DateTimeField(blank=True, null=True, verbose_name='Result known')),
                ('dropped', models.BooleanField(db_comment='no longer due: the count began again or the rule changed', default=False)),
                ('lab_test', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='surveillance.labtest')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tests', to='containment.stay')),
            ],
        ),
        migrations.CreateModel(
            name='StayTestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('day_number', models.PositiveSmallIntegerField(db_comment="day n of the stay; 0: beyond the rule's days")),
                ('due_on', models.DateField(verbose_name='Sample due')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='Sample taken')),
                ('result', models.CharField(blank=True, choices=[('', 'Not yet known'), ('positive', 'Positive'), ('negative', 'Negative'), ('unclear', 'Unclear: take another sample')], default='', max_length=8, verbose_name='Result')),
                ('result_at', models.DateTimeField(blank=True, null=True, verbose_name='Result known')),
                ('dropped', models.BooleanField(db_comment='no longer due: the count began again or the rule changed', default=False)),
                ('lab_test', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveillance.labtest')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='containment.staytest')),
                ('stay', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='containment.stay')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['province_id', 'sort_key'], name='containment_provinc_9e6623_idx'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['organisation'], name='containment_organis_e59753_idx'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='site_closes_after_it_opened', violation_error_message='The site closes before it opened. Correct one of the two days.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_siteevent" ("closed_on", "commune_id", "contact_name", "created_at", "district_id", "id", "name", "opened_on", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place_id", "province_id", "search_key", "sort_key", "updated_at", "version") VALUES (NEW."closed_on", NEW."commune_id", NEW."contact_name", NEW."created_at", NEW."district_id", NEW."id", NEW."name", NEW."opened_on", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."place_id", NEW."province_id", NEW."search_key", NEW."sort_key", NEW."updated_at", NEW."version"); RETURN NULL;', hash='c5020d0bec419693e88d290c26239cf54c67c708', operation='INSERT', pgid='pgtrigger_insert_insert_9ea3a', table='containment_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_siteevent" ("closed_on", "commune_id", "contact_name", "created_at", "district_id", "id", "name", "opened_on", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place_id", "province_id", "search_key", "sort_key", "updated_at", "version") VALUES (NEW."closed_on", NEW."commune_id", NEW."contact_name", NEW."created_at", NEW."district_id", NEW."id", NEW."name", NEW."opened_on", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."place_id", NEW."province_id", NEW."search_key", NEW."sort_key", NEW."updated_at", NEW."version"); RETURN NULL;', hash='33bfcd7e28966737469d166c80aae5696c0725fa', operation='UPDATE', pgid='pgtrigger_update_update_f3b03', table='containment_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_siteevent" ("closed_on", "commune_id", "contact_name", "created_at", "district_id", "id", "name", "opened_on", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place_id", "province_id", "search_key", "sort_key", "updated_at", "version") VALUES (OLD."closed_on", OLD."commune_id", OLD."contact_name", OLD."created_at", OLD."district_id", OLD."id", OLD."name", OLD."opened_on", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."place_id", OLD."province_id", OLD."search_key", OLD."sort_key", OLD."updated_at", OLD."version"); RETURN NULL;', hash='dfdc6fabdc082ff40ad384bef84212d3a5e3c01e', operation='DELETE', pgid='pgtrigger_delete_delete_0999b', table='containment_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roomevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='055569ad677f0ec887defa9abbf0f38e786f5dd4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a85f2', table='containment_roomevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='room',
            index=models.Index(fields=['site', 'state'], name='containment_site_id_ca2546_idx'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.UniqueConstraint(fields=('building', 'name'), name='room_name_once', violation_error_message='The building has a room of that name already.'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.CheckConstraint(condition=models.Q(('places__range', (1, 200))), name='room_has_places', violation_error_message='A room has between 1 and 200 places.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='room',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_roomevent" ("building_id", "commune_id", "district_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "province_id", "site_id", "state") VALUES (NEW."building_id", NEW."commune_id", NEW."district_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."places", NEW."province_id", NEW."site_id", NEW."state"); RETURN NULL;', hash='8b097f438d8cadae1f310e9ee88478917a272a7f', operation='INSERT', pgid='pgtrigger_insert_insert_a88dc', table='containment_room', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='room',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_roomevent" ("building_id", "commune_id", "district_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "province_id", "site_id", "state") VALUES (NEW."building_id", NEW."commune_id", NEW."district_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."places", NEW."province_id", NEW."site_id", NEW."state"); RETURN NULL;', hash='32f34b8e75401b7b6b23f44e384904be60af3aef', operation='UPDATE', pgid='pgtrigger_update_update_124be', table='containment_room', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='room',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_roomevent" ("building_id", "commune_id", "district_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "province_id", "site_id", "state") VALUES (OLD."building_id", OLD."commune_id", OLD."district_id", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."places", OLD."province_id", OLD."site_id", OLD."state"); RETURN NULL;', hash='7a02648f585e9c8efda47ff1da84511c35e00b6b', operation='DELETE', pgid='pgtrigger_delete_delete_661b4', table='containment_room', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='mealday',
            constraint=models.UniqueConstraint(fields=('site', 'day'), name='meals_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.UniqueConstraint(fields=('site', 'kind', 'day', 'mark'), name='cohort_once'),
        ),
        migrations.AddConstraint(
            model_name='building',
            constraint=models.UniqueConstraint(fields=('site', 'name'), name='building_name_once', violation_error_message='The site has a building of that name already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c39498798d536d5a5e563932a85bbf022060e30', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74f57', table='containment_siteevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='stay',
            index=models.Index(condition=models.Q(('state', 'inside')), fields=['site', 'release_on'], include=('province_id', 'district_id', 'commune_id', 'kind'), name='stay_inside'),
        ),
        migrations.AddIndex(
            model_name='stay',
            index=models.Index(fields=['province_id', '-admitted_at', '-id'], name='stay_of_province'),
        ),
        migrations.AddIndex(
            model_name='stay',
            index=models.Index(fields=['district_id', '-admitted_at', '-id'], name='stay_of_district'),
        ),
        migrations.AddIndex(
            model_name='stay',
            index=models.Index(fields=['commune_id', '-admitted_at', '-id'], name='stay_of_commune'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), (phaodai.containment.models.stays.TimeRange(models.F('admitted_at'), models.F('ended_at'), models.Value('[)')), '&&')], name='stay_once_at_a_time', violation_error_message='This person is in quarantine already. End or transfer that stay first.'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('admitted_at')), _connector='OR'), name='stay_ends_after_it_began', violation_error_message='The stay ends before it began. Correct one of the two times.'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'inside')), models.Q(models.Q(('state', 'inside'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='stay_state_and_end_agree'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(('site__isnull', False), models.Q(('address', ''), _negated=True), _connector='OR'), name='stay_is_somewhere', violation_error_message='Choose a site, or write the address of the home.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stay',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_stayevent" ("address", "admitted_at", "case_id", "certificate_id", "commune_id", "contact_id", "created_at", "day_zero", "decision", "district_id", "ended_at", "facts", "home", "household_id", "id", "initials", "kind", "monitor_until", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "release_on", "search_key", "site_id", "state", "updated_at", "version") VALUES (NEW."address", NEW."admitted_at", NEW."case_id", NEW."certificate_id", NEW."commune_id", NEW."contact_id", NEW."created_at", NEW."day_zero", NEW."decision", NEW."district_id", NEW."ended_at", NEW."facts", NEW."home", NEW."household_id", NEW."id", NEW."initials", NEW."kind", NEW."monitor_until", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."release_on", NEW."search_key", NEW."site_id", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='47d648884af45a9f45371d6fb53aced0a4fca11b', operation='INSERT', pgid='pgtrigger_insert_insert_e8f88', table='containment_stay', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stay',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_stayevent" ("address", "admitted_at", "case_id", "certificate_id", "commune_id", "contact_id", "created_at", "day_zero", "decision", "district_id", "ended_at", "facts", "home", "household_id", "id", "initials", "kind", "monitor_until", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "release_on", "search_key", "site_id", "state", "updated_at", "version") VALUES (NEW."address", NEW."admitted_at", NEW."case_id", NEW."certificate_id", NEW."commune_id", NEW."contact_id", NEW."created_at", NEW."day_zero", NEW."decision", NEW."district_id", NEW."ended_at", NEW."facts", NEW."home", NEW."household_id", NEW."id", NEW."initials", NEW."kind", NEW."monitor_until", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."release_on", NEW."search_key", NEW."site_id", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='cca319035aad4db2fb74dd6c3414a0ad66a77349', operation='UPDATE', pgid='pgtrigger_update_update_485b9', table='containment_stay', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stay',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_stayevent" ("address", "admitted_at", "case_id", "certificate_id", "commune_id", "contact_id", "created_at", "day_zero", "decision", "district_id", "ended_at", "facts", "home", "household_id", "id", "initials", "kind", "monitor_until", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "release_on", "search_key", "site_id", "state", "updated_at", "version") VALUES (OLD."address", OLD."admitted_at", OLD."case_id", OLD."certificate_id", OLD."commune_id", OLD."contact_id", OLD."created_at", OLD."day_zero", OLD."decision", OLD."district_id", OLD."ended_at", OLD."facts", OLD."home", OLD."household_id", OLD."id", OLD."initials", OLD."kind", OLD."monitor_until", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."release_on", OLD."search_key", OLD."site_id", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;', hash='96c335f137e6ec2a241062d5a6865463c48da12e', operation='DELETE', pgid='pgtrigger_delete_delete_869dd', table='containment_stay', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='sitealert',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['site'], name='open_site_alert'),
        ),
        migrations.AddConstraint(
            model_name='sitealert',
            constraint=models.UniqueConstraint(fields=('stay', 'room'), name='alert_once_a_stay_and_room'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df4ee523765e46d39d17b76b2a89a5e6a399a510', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_acc1a', table='containment_placementevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(condition=models.Q(('until__isnull', True)), fields=['room'], include=('site', 'cohort', 'place', 'province_id', 'district_id', 'commune_id'), name='placement_now'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('room', '='), ('cohort', '<>'), (phaodai.containment.models.stays.TimeRange(models.F('since'), models.F('until'), models.Value('[)')), '&&')], name='one_cohort_in_a_room', violation_error_message='Another cohort lies in this room. People who came on different days do not share a room.'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('room', '='), ('place', '='), (phaodai.containment.models.stays.TimeRange(models.F('since'), models.F('until'), models.Value('[)')), '&&')], name='one_person_on_a_place', violation_error_message='This place is taken. Choose another place or another room.'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('stay', '='), (phaodai.containment.models.stays.TimeRange(models.F('since'), models.F('until'), models.Value('[)')), '&&')], name='one_place_for_a_stay', violation_error_message='This person lies in another room at that time. Move them instead.'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 1), models.Q(('until__isnull', False), ('place__lte', models.F('places')), _connector='OR')), name='place_within_the_room', violation_error_message='The room is full. Choose another room, or open one.'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='placement_ends_after_it_began'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_placementevent" ("cohort_id", "commune_id", "district_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "province_id", "room_id", "since", "site_id", "stay_id", "until") VALUES (NEW."cohort_id", NEW."commune_id", NEW."district_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."places", NEW."province_id", NEW."room_id", NEW."since", NEW."site_id", NEW."stay_id", NEW."until"); RETURN NULL;', hash='bfc637776e8be099ea981b1b7a53069c05d7a8dc', operation='INSERT', pgid='pgtrigger_insert_insert_e0b33', table='containment_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_placementevent" ("cohort_id", "commune_id", "district_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "province_id", "room_id", "since", "site_id", "stay_id", "until") VALUES (NEW."cohort_id", NEW."commune_id", NEW."district_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."places", NEW."province_id", NEW."room_id", NEW."since", NEW."site_id", NEW."stay_id", NEW."until"); RETURN NULL;', hash='afd34b609291d6f7813c07f37382146ac800fbd8', operation='UPDATE', pgid='pgtrigger_update_update_90a97', table='containment_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_placementevent" ("cohort_id", "commune_id", "district_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "province_id", "room_id", "since", "site_id", "stay_id", "until") VALUES (OLD."cohort_id", OLD."commune_id", OLD."district_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."places", OLD."province_id", OLD."room_id", OLD."since", OLD."site_id", OLD."stay_id", OLD."until"); RETURN NULL;', hash='0bec274919299ee8de30fdcdf9a699e4cb69f8f1', operation='DELETE', pgid='pgtrigger_delete_delete_12f42', table='containment_placement', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='staycheck',
            constraint=models.UniqueConstraint(fields=('stay', 'day'), name='stay_check_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='staycheck',
            constraint=models.CheckConstraint(condition=models.Q(('temperature__isnull', True), ('temperature__range', (30, 45)), _connector='OR'), name='stay_temperature_possible', violation_error_message='A body temperature lies between 30 and 45 degrees.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staycheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_staycheckevent" ("created_at", "day", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "state", "stay_id", "symptoms", "temperature", "updated_at", "version") VALUES (NEW."created_at", NEW."day", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."seen_at", NEW."state", NEW."stay_id", NEW."symptoms", NEW."temperature", NEW."updated_at", NEW."version"); RETURN NULL;', hash='8cdd893e344807fac33196fbf1b7c32c7a39db74', operation='INSERT', pgid='pgtrigger_insert_insert_42db5', table='containment_staycheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staycheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_staycheckevent" ("created_at", "day", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "state", "stay_id", "symptoms", "temperature", "updated_at", "version") VALUES (NEW."created_at", NEW."day", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."seen_at", NEW."state", NEW."stay_id", NEW."symptoms", NEW."temperature", NEW."updated_at", NEW."version"); RETURN NULL;', hash='e92e4c4586e2a53aba59039e689da0cff2d6135f', operation='UPDATE', pgid='pgtrigger_update_update_36afa', table='containment_staycheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staycheck',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_staycheckevent" ("created_at", "day", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "state", "stay_id", "symptoms", "temperature", "updated_at", "version") VALUES (OLD."created_at", OLD."day", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."seen_at", OLD."state", OLD."stay_id", OLD."symptoms", OLD."temperature", OLD."updated_at", OLD."version"); RETURN NULL;', hash='c016f5bbe40fd5e956064385ab883c237bd30dda', operation='DELETE', pgid='pgtrigger_delete_delete_75ed3', table='containment_staycheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staycheckevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fe3ae9aabb1f1bf8f60be12cc6a2554697811ab4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d58ca', table='containment_staycheckevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca17cf0bf1455868a102c1b2251f830597984fc0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4667', table='containment_stayevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayrulechange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_stayrulechangeevent" ("basis", "choice", "commune_id", "created_at", "decided_at", "decided_by_id", "district_id", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "rows", "updated_at", "version") VALUES (NEW."basis", NEW."choice", NEW."commune_id", NEW."created_at", NEW."decided_at", NEW."decided_by_id", NEW."district_id", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."reason", NEW."rows", NEW."updated_at", NEW."version"); RETURN NULL;', hash='3a1d58777983c55b6206ec75271ec5b0a5acd44c', operation='INSERT', pgid='pgtrigger_insert_insert_f37df', table='containment_stayrulechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayrulechange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_stayrulechangeevent" ("basis", "choice", "commune_id", "created_at", "decided_at", "decided_by_id", "district_id", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "rows", "updated_at", "version") VALUES (NEW."basis", NEW."choice", NEW."commune_id", NEW."created_at", NEW."decided_at", NEW."decided_by_id", NEW."district_id", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."reason", NEW."rows", NEW."updated_at", NEW."version"); RETURN NULL;', hash='8cd4c4fb7ee18f5db82472d2be1477974d7f9595', operation='UPDATE', pgid='pgtrigger_update_update_bfb7c', table='containment_stayrulechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayrulechange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_stayrulechangeevent" ("basis", "choice", "commune_id", "created_at", "decided_at", "decided_by_id", "district_id", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "rows", "updated_at", "version") VALUES (OLD."basis", OLD."choice", OLD."commune_id", OLD."created_at", OLD."decided_at", OLD."decided_by_id", OLD."district_id", OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."reason", OLD."rows", OLD."updated_at", OLD."version"); RETURN NULL;', hash='33057daeb2380fa637a732e618bc9e3e6cec1742', operation='DELETE', pgid='pgtrigger_delete_delete_b4916', table='containment_stayrulechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stayrulechangeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6977755ba57a60f0c1a5c5613312052aada127c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d1b3', table='containment_stayrulechangeevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='staystep',
            index=models.Index(fields=['stay', 'at'], name='containment_stay_id_7ee2c3_idx'),
        ),
        migrations.AddIndex(
            model_name='staytest',
            index=models.Index(condition=models.Q(('dropped', False), ('result', '')), fields=['due_on'], name='stay_test_due'),
        ),
        migrations.AddConstraint(
            model_name='staytest',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped', False)), fields=('stay', 'due_on'), name='stay_test_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='staytest',
            constraint=models.CheckConstraint(condition=models.Q(('result', ''), models.Q(('result_at__gte', models.F('taken_at')), ('taken_at__isnull', False)), _connector='OR'), name='stay_result_after_sample', violation_error_message='The result is known before the sample was taken. Correct one of the two.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staytest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_staytestevent" ("day_number", "dropped", "due_on", "id", "lab_test_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "result_at", "stay_id", "taken_at") VALUES (NEW."day_number", NEW."dropped", NEW."due_on", NEW."id", NEW."lab_test_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."result", NEW."result_at", NEW."stay_id", NEW."taken_at"); RETURN NULL;', hash='d4c6e0c1a8a6f47018e1d45f7cb91d2f6d86217e', operation='INSERT', pgid='pgtrigger_insert_insert_7acf7', table='containment_staytest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staytest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_staytestevent" ("day_number", "dropped", "due_on", "id", "lab_test_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "result_at", "stay_id", "taken_at") VALUES (NEW."day_number", NEW."dropped", NEW."due_on", NEW."id", NEW."lab_test_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."result", NEW."result_at", NEW."stay_id", NEW."taken_at"); RETURN NULL;', hash='350299984991dd493bccb19be038903af66e453c', operation='UPDATE', pgid='pgtrigger_update_update_1bc52', table='containment_staytest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staytest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_staytestevent" ("day_number", "dropped", "due_on", "id", "lab_test_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "result_at", "stay_id", "taken_at") VALUES (OLD."day_number", OLD."dropped", OLD."due_on", OLD."id", OLD."lab_test_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."result", OLD."result_at", OLD."stay_id", OLD."taken_at"); RETURN NULL;', hash='29e0d22db113dc5f4a5fef97b1d991454655378c', operation='DELETE', pgid='pgtrigger_delete_delete_c4970', table='containment_staytest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staytestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bda1f19df335e81df086f5687a0639124b8bee32', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7ac0a', table='containment_staytestevent', when='BEFORE')),
        ),
        migrations.RunSQL(TOGETHER, APART),
    ]
