"""Name in Vietnamese what Wagtail's first migrations wrote in English: groups, workflow, root page.

Only untouched English names are changed, and the reverse puts them back.
"""

from django.db import migrations

GROUPS = {"Moderators": "Người duyệt", "Editors": "Biên tập viên"}
WORKFLOW = {"Moderators approval": "Duyệt trước khi đăng"}
TASK = {"Moderators approval": "Người duyệt xem xét"}
ROOT = {"Root": "Gốc"}


def rename(apps, field, model, names, **only):
    model = apps.get_model(model)
    for old, new in names.items():
        taken = model.objects.filter(**{field: new}, **only).exists()
        if not taken:
            model.objects.filter(**{field: old}, **only).update(**{field: new})


def rename_all(apps, turn):
    rename(apps, "name", "auth.Group", turn(GROUPS))
    rename(apps, "name", "wagtailcore.Workflow", turn(WORKFLOW))
    rename(apps, "name", "wagtailcore.Task", turn(TASK))
    rename(apps, "title", "wagtailcore.Page", turn(ROOT), depth=1)
    rename(apps, "draft_title", "wagtailcore.Page", turn(ROOT), depth=1)


def forwards(apps, schema_editor):
    rename_all(apps, lambda names: names)


def backwards(apps, schema_editor):
    rename_all(apps, lambda names: {new: old for old, new in names.items()})


class Migration(migrations.Migration):
    # Every migration of Wagtail that looks for the English names has run before.
    dependencies = [
        ("core", "0003_frame_state"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
