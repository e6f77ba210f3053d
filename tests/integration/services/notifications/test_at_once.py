"""Many workers that take one message at the same moment send it once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.utils import timezone

from services.notifications import actions
from services.notifications.gateways import MemoryGateway
from services.notifications.models import Mail, MessageState, Text

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORKERS = 20
PHONE, ADDRESS = "+84900000001", "nguyenvana@motcua.example"


@pytest.fixture
def arrivals(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What arrives, by its words; a way out takes its time."""
    counted: Counter[str] = Counter()

    def take_text(self: Any, *, phone: str, text: str, key: str) -> None:
        counted[text] += 1
        time.sleep(0.05)

    def take_mails(self: Any, mails: Any) -> int:
        counted.update(mail.body for mail in mails)
        time.sleep(0.05)
        return len(mails)

    monkeypatch.setattr(MemoryGateway, "send", take_text)
    monkeypatch.setattr(EmailBackend, "send_messages", take_mails)
    return counted


def run_workers() -> None:
    barrier = threading.Barrier(WORKERS)
    faults: list[Exception] = []

    def work() -> None:
        try:
            barrier.wait(30)
            actions.send_waiting_messages()
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []


def test_twenty_workers_send_each_message_once(arrivals: Counter[str]) -> None:
    wanted = {f"Tin {number}" for number in range(5)} | {f"Thư {number}" for number in range(5)}
    now = timezone.now()
    Text.objects.bulk_create(
        Text(phone=PHONE, text=f"Tin {number}", is_secret=True, due_at=now) for number in range(5)
    )
    Mail.objects.bulk_create(
        Mail(address=ADDRESS, subject="Thư", text=f"Thư {number}", is_secret=True, due_at=now)
        for number in range(5)
    )
    run_workers()
    run_workers()
    assert arrivals == Counter(wanted)
    for model in (Mail, Text):
        ended = set(model._default_manager.values_list("state", "attempts", "text"))
        assert ended == {(MessageState.SENT, 1, "")}
