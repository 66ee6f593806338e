from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("supply", "0004_protect_aid"), ("surveillance", "0013_words_of_testing")]
    operations = []
