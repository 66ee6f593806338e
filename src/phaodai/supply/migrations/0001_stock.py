from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0006_household_locations"), ("rulebook", "0002_protect"), ("territory", "0004_protect_places"), ("command", "0009_annexes")]
    operations = []
