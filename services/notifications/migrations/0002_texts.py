"""Text messages beside mails; secrets, an end and a key for both.

New columns may be empty or have a default in the database, so that processes of the version
before go on writing mails while this is applied.
"""

import uuid

from django.db import migrations, models

STATES = [
    ("waiting", "waiting"),
    ("sending", "being sent"),
    ("sent", "sent"),
    ("failed", "given up"),
    ("expired", "expired"),
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(
            "mail",
            "is_secret",
            models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField("mail", "expires_at", models.DateTimeField(editable=False, null=True)),
        # First without a default, which would give one and the same key to all rows that exist.
        migrations.AddField("mail", "key", models.UUIDField(editable=False, null=True)),
        migrations.AlterField(
            "mail", "key", models.UUIDField(default=uuid.uuid4, editable=False, null=True)
        ),
        migrations.AlterField(
            "mail",
            "state",
            models.CharField(choices=STATES, default="waiting", editable=False, max_length=8),
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(editable=False, verbose_name="text")),
                (
                    "is_secret",
                    models.BooleanField(db_default=False, default=False, editable=False),
                ),
                ("expires_at", models.DateTimeField(editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=STATES, default="waiting", editable=False, max_length=8
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("due_at", models.DateTimeField(db_index=True, editable=False)),
                ("error", models.CharField(blank=True, editable=False, max_length=100)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                (
                    "phone",
                    models.CharField(editable=False, max_length=20, verbose_name="phone"),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={"verbose_name": "text message", "verbose_name_plural": "text messages"},
        ),
    ]
