"""Reads about messages: how many are on their way."""

from __future__ import annotations

from services.notifications.models import Mail, MessageState, Text


def count_waiting() -> int:
    """Count the messages that no worker has sent yet."""
    on_their_way = {"state__in": [MessageState.WAITING, MessageState.SENDING]}
    return Mail.objects.filter(**on_their_way).count() + Text.objects.filter(**on_their_way).count()
