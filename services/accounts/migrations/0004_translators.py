"""Translators: one more role. Going back takes it from those who have it."""

from django.db import migrations, models

NEW = ["editor", "translator", "reviewer", "officer", "head", "administrator"]
NAMES = {
    "editor": "editor",
    "translator": "translator",
    "reviewer": "reviewer",
    "officer": "officer",
    "head": "head",
    "administrator": "administrator of the agency",
}


def forget_translators(apps, schema_editor):
    """Empty their groups; a group itself may stand elsewhere."""
    rows = apps.get_model("accounts", "AgencyGroup").objects.filter(role="translator")
    keys = list(rows.values_list("group_id", flat=True))
    apps.get_model("accounts", "AgencyMembership").objects.filter(role="translator").delete()
    rows.delete()
    held = (
        apps.get_model("wagtailcore", "GroupPagePermission"),
        apps.get_model("accounts", "User").groups.through,
        apps.get_model("auth", "Group").permissions.through,
    )
    for model in held:
        model.objects.filter(group_id__in=keys).delete()


def choices(roles):
    return [(role, NAMES[role]) for role in roles]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_agency_memberships"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="agencymembership", name="accounts_membership_role"),
        migrations.AlterField(
            model_name="agencymembership",
            name="role",
            field=models.CharField(choices=choices(NEW), max_length=16, verbose_name="role"),
        ),
        migrations.AlterField(
            model_name="agencygroup",
            name="role",
            field=models.CharField(choices=choices(NEW), editable=False, max_length=16),
        ),
        migrations.AddConstraint(
            model_name="agencymembership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", NEW)), name="accounts_membership_role"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_translators),
    ]
