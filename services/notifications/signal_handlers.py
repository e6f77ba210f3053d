"""Takes over the mails of Wagtail's approval and comments, which it sends inside the request.

Wagtail writes them in the language of each reader; all pass one function of its module, which is
the one place that we change. What it opens to the mail server there is an empty connection.
"""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.dummy import EmailBackend
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.admin import mail as wagtail_mail

from services.notifications import actions, tasks
from services.notifications.models import Mail, Text


def keep_instead(
    subject: str, message: str, recipient_list: list[str], *args: Any, **kwargs: Any
) -> int:
    """Keep what Wagtail would send."""
    for address in recipient_list:
        actions.keep_mail(address=address, subject=subject, text=message)
    return len(recipient_list)


def send_soon(instance: Mail, created: bool, **kwargs: Any) -> None:
    """Tell the worker of a new mail once the transaction that made it is committed."""
    if created:
        transaction.on_commit(lambda: tasks.send.enqueue(instance.pk))


def send_text_soon(instance: Text, created: bool, **kwargs: Any) -> None:
    """Tell the worker of a new text message once it is committed."""
    if created:
        transaction.on_commit(lambda: tasks.send_text.enqueue(instance.pk))


def install() -> None:
    """Put ours in the place of Wagtail's function; called once when the app is ready."""
    post_save.connect(send_soon, sender=Mail, dispatch_uid="mail-soon")
    post_save.connect(send_text_soon, sender=Text, dispatch_uid="text-soon")
    wagtail_mail.send_mail = keep_instead
    wagtail_mail.get_connection = EmailBackend
