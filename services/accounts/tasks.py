"""What the worker does for accounts: one call into the domain a task."""

from __future__ import annotations

from django_tasks import task

from services.accounts import actions


@task(queue_name="mail")
def send_reset_codes(key: int) -> None:
    """Send the codes that were asked for; the request took as long for nobody's name."""
    actions.send_reset_codes(key)
