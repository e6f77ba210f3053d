"""What the worker does with mails: one call into the domain a task."""

from __future__ import annotations

from django_tasks import task

from services.notifications import actions


@task(queue_name="mail")
def send(key: int) -> None:
    """Send one mail; the clock tries again what fails."""
    actions.send_mail(key)


@task(queue_name="mail")
def send_text(key: int) -> None:
    """Send one text message; the clock tries again what fails."""
    actions.send_text(key)
