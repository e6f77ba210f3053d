"""Many at the same moment: one account of a name, one holder of a number, one activation.

SQLite writes one after the other, PostgreSQL has real locks: both run this.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from services.accounts import actions
from services.accounts.actions import Registration
from services.accounts.exceptions import AccountError, AlreadyActiveError, UsernameTakenError
from services.accounts.models import AccountEvent, OneTimeCode, Person, User
from services.accounts.states import EventKind
from services.accounts.tokens import digest_code

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SECONDS = 120


def at_once(jobs: list[Callable[[], Any]], threads: int = 10) -> Counter[str]:
    """Run jobs in threads that start together; count what came of them."""
    results: Counter[str] = Counter()
    waiting = list(jobs)
    lock = threading.Lock()
    barrier = threading.Barrier(threads)

    def work() -> None:
        try:
            barrier.wait(SECONDS)
            while True:
                with lock:
                    if not waiting:
                        return
                    job = waiting.pop()
                try:
                    job()
                    name = "done"
                except AccountError as error:
                    name = type(error).__name__
                with lock:
                    results[name] += 1
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _n in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(SECONDS)
    return results


def registration(username: str, number: int) -> Registration:
    return Registration(
        username=username,
        password=f"một câu rất dài {number}",
        full_name="Nguyễn Văn A",
        language="vi",
        phone=f"+8490{number:07d}",
    )


def test_a_hundred_registrations_of_one_name() -> None:
    jobs = [
        lambda number=number: actions.register_account(
            registration("lucbinh", number), now=timezone.now()
        )
        for number in range(100)
    ]
    assert at_once(jobs) == {"done": 1, UsernameTakenError.__name__: 99}
    assert User.objects.filter(username="lucbinh").count() == 1
    assert Person.objects.count() == 1
    assert OneTimeCode.objects.count() == 1  # whoever was refused left nothing behind


def known_code(user: User, digits: str = "123456") -> None:
    code = OneTimeCode.objects.get(user=user)
    code.digest = digest_code(digits, user_id=user.pk, purpose=code.purpose, address=code.address)
    code.save()


def test_fifty_uses_of_one_code_activate_once() -> None:
    user = actions.register_account(registration("lucbinh", 1), now=timezone.now())
    known_code(user)
    jobs = [
        lambda: actions.activate_account(user, "123456", now=timezone.now()) for _n in range(50)
    ]
    results = at_once(jobs)
    assert results["done"] == 1
    assert sum(results.values()) == 50
    assert set(results) <= {"done", AlreadyActiveError.__name__, "ExpiredCodeError"}
    assert AccountEvent.objects.filter(kind=EventKind.ACTIVATED).count() == 1


def test_one_number_has_one_holder() -> None:
    people = []
    for number in range(8):
        user = actions.register_account(registration(f"nguoi{number}", number), now=timezone.now())
        User.objects.filter(pk=user.pk).update(phone="+84901234567")
        OneTimeCode.objects.filter(user=user).update(address="+84901234567")
        known_code(user)
        people.append(user)
    jobs = [
        lambda user=user: actions.activate_account(user, "123456", now=timezone.now())
        for user in people
    ]
    assert at_once(jobs, threads=8) == {"done": 8}
    assert User.objects.filter(phone="+84901234567", phone_verified=True).count() == 1
    assert User.objects.filter(phone="+84901234567", needs_activation=False).count() == 8


def test_parallel_guesses_are_all_counted() -> None:
    user = actions.register_account(registration("lucbinh", 1), now=timezone.now())
    known_code(user)
    jobs = [
        lambda: actions.activate_account(user, "999999", now=timezone.now()) for _n in range(40)
    ]
    results = at_once(jobs)
    assert results == {"WrongCodeError": 4, "SpentCodeError": 36}
    assert OneTimeCode.objects.get().attempts == 5
    assert User.objects.get(pk=user.pk).needs_activation
