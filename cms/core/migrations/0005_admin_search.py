"""Make the admin's search index fold accents: exact letters on SQLite, `vi_unaccent` on PostgreSQL.

The entries are deleted, because they were written in the former way: run `update_index` after.
On PostgreSQL the extension `unaccent` is trusted, so the owner of the database may create it; the
reverse leaves it, since others may use it by then.
"""

from django.db import migrations

TABLE = "wagtailsearch_indexentry"
OWN = 'fts5(autocomplete, body, title, tokenize="unicode61 remove_diacritics 0")'
STOCK = "fts5(autocomplete, body, title)"
CONFIGURATION = "vi_unaccent"


def has_full_text(connection):
    return f"{TABLE}_fts" in connection.introspection.table_names()


def recreate(schema_editor, kind):
    """The triggers of Wagtail stand on the table of entries and survive."""
    if not has_full_text(schema_editor.connection):
        return
    schema_editor.execute(f"DELETE FROM {TABLE}")
    schema_editor.execute(f"DROP TABLE {TABLE}_fts")
    schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE}_fts USING {kind}")


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        recreate(schema_editor, OWN)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
        schema_editor.execute(f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple)")
        schema_editor.execute(
            f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} "
            "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple"
        )
        schema_editor.execute(f"DELETE FROM {TABLE}")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        recreate(schema_editor, STOCK)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DELETE FROM {TABLE}")
        schema_editor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_vietnamese_names"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
