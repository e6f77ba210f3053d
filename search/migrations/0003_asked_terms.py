"""Adds what people say of a procedure; the full-text index is made anew around it."""

from django.db import migrations, models

from search.engines import full_text

BEFORE = ("title_terms", "names_terms", "place_terms", "body_terms")
AFTER = (*BEFORE, "asked_terms")


def tear_down(apps, schema_editor):
    full_text.tear_down(schema_editor)


def set_up_before(apps, schema_editor):
    full_text.set_up(schema_editor, BEFORE)


def set_up_after(apps, schema_editor):
    full_text.set_up(schema_editor, AFTER)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_curation'),
    ]

    operations = [
        migrations.RunPython(tear_down, set_up_before),
        migrations.AddField(
            model_name='searchentry',
            name='asked_terms',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.RunPython(set_up_after, tear_down),
    ]
