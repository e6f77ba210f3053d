"""``manage.py run_worker`` as a real process: it beats, runs what is due and queued, and stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail.tasks import update_reference_index_task

from cms.core.clock.jobs import list_jobs
from cms.core.health import get_readiness
from cms.core.models import ScheduledJob, WorkerBeat

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user = facts["USER"] + (f":{facts['PASSWORD']}" if facts["PASSWORD"] else "")
    return f"postgres://{user}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def start(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
    }
    command = [sys.executable, "manage.py", "run_worker", *arguments]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    process = start("--interval", "0.2")
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, f"the worker ended with {process.returncode}"
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def make_due() -> None:
    past = timezone.now() - timedelta(minutes=5)
    ScheduledJob.objects.update_or_create(
        name="publish_scheduled", defaults={"crontab": "* * * * *", "next_run_at": past}
    )


def enqueue_task() -> None:
    page = Page.objects.first()
    assert page is not None
    arguments = ["wagtailcore", "page", str(page.pk)]
    backend = DatabaseBackend("default", {"QUEUES": ["default"], "OPTIONS": {}})
    backend.enqueue(update_reference_index_task, arguments, {})


def test_worker_runs_what_is_due_and_queued_and_stops_on_sigterm(
    worker: subprocess.Popen[bytes],
) -> None:
    make_due()
    enqueue_task()
    wait_for(WorkerBeat.objects.exists, worker)
    wait_for(lambda: ScheduledJob.objects.filter(last_succeeded_at__isnull=False).exists(), worker)
    wait_for(DBTaskResult.objects.exclude(finished_at=None).exists, worker)
    assert get_readiness().worker["status"] == "beating"
    assert set(ScheduledJob.objects.values_list("name", flat=True)) == {j.name for j in list_jobs()}
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    assert not WorkerBeat.objects.exists()


def test_once_does_one_round_and_ends() -> None:
    make_due()
    enqueue_task()
    process = start("--once")
    assert process.wait(timeout=60) == 0
    assert ScheduledJob.objects.get(name="publish_scheduled").last_succeeded_at is not None
    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"]
