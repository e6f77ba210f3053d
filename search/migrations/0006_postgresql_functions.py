"""Gives PostgreSQL an index of titles and the functions that candidates are found with."""

from django.db import migrations

from search.engines import full_text


def set_up(apps, schema_editor):
    full_text.add_functions(schema_editor)


def tear_down(apps, schema_editor):
    full_text.drop_functions(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_pending_changes'),
    ]

    operations = [
        migrations.RunPython(set_up, tear_down),
    ]
