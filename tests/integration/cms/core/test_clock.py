"""The clock's claims: each due job runs once however many workers there are, and none is lost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from cms.core.clock import claims
from cms.core.clock.claims import beat, claim_job, plan_jobs, run_due_jobs, sign_off
from cms.core.clock.jobs import Job, delete_stale_beats
from cms.core.clock.worker import ClockWorker
from cms.core.models import ScheduledJob, WorkerBeat

NOON = datetime(2026, 11, 25, 5, 0, 30, tzinfo=UTC)


class Counter:
    """A job that counts its runs from several threads."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.runs = 0
        self.failure = failure
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            self.runs += 1
        if self.failure:
            raise self.failure


def make_due(name: str, **fields: object) -> None:
    past = timezone.now() - timedelta(minutes=5)
    ScheduledJob.objects.update_or_create(
        name=name, defaults={"crontab": "* * * * *", "next_run_at": past, **fields}
    )


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.mark.django_db
class TestPlan:
    def test_new_changed_and_removed_jobs(self) -> None:
        plan_jobs([Job("a", "* * * * *", print), Job("b", "0 3 * * *", print)], NOON)
        assert ScheduledJob.objects.get(name="a").next_run_at == NOON.replace(minute=1, second=0)
        plan_jobs([Job("b", "0 4 * * *", print)], NOON)
        row = ScheduledJob.objects.get()
        assert (row.name, row.crontab) == ("b", "0 4 * * *")
        assert row.next_run_at == datetime(2026, 11, 25, 21, 0, tzinfo=UTC)

    def test_an_unchanged_job_keeps_its_due_time(self) -> None:
        make_due("a")
        before = ScheduledJob.objects.get()
        plan_jobs([Job("a", "* * * * *", print)], timezone.now())
        assert ScheduledJob.objects.get().next_run_at == before.next_run_at


@pytest.mark.django_db
class TestOneWorker:
    def test_due_job_runs_and_is_due_again_later(self, counter: Counter) -> None:
        make_due("a")
        assert run_due_jobs([Job("a", "* * * * *", counter)], "w") == ["a"]
        assert run_due_jobs([Job("a", "* * * * *", counter)], "w") == []
        row = ScheduledJob.objects.get()
        assert counter.runs == 1
        assert row.next_run_at > row.last_finished_at >= row.last_started_at
        assert row.last_succeeded_at == row.last_finished_at
        assert (row.claimed_by, row.claimed_until, row.last_error) == ("", None, "")

    def test_job_that_is_not_due_rests(self, counter: Counter) -> None:
        plan_jobs([Job("a", "0 3 * * *", counter)], timezone.now())
        assert run_due_jobs([Job("a", "0 3 * * *", counter)], "w") == []

    def test_failing_job_is_recorded_and_harms_no_other(self, counter: Counter) -> None:
        make_due("a")
        make_due("b")
        bad = Counter(RuntimeError("for a@example.vn"))
        jobs = [Job("a", "* * * * *", bad), Job("b", "* * * * *", counter)]
        assert run_due_jobs(jobs, "w") == ["a", "b"]
        row = ScheduledJob.objects.get(name="a")
        assert row.last_error == "RuntimeError"  # the kind alone: messages may name people
        assert row.last_succeeded_at is None
        assert row.next_run_at > timezone.now()
        make_due("a")
        assert run_due_jobs(jobs, "w") == ["a"]
        assert (bad.runs, counter.runs) == (2, 1)

    def test_error_is_forgotten_after_a_success(self, counter: Counter) -> None:
        make_due("a", last_error="RuntimeError")
        run_due_jobs([Job("a", "* * * * *", counter)], "w")
        assert ScheduledJob.objects.get().last_error == ""


@pytest.mark.django_db
class TestClaims:
    def test_a_claim_holds_until_it_expires(self) -> None:
        make_due("a")
        now = timezone.now()
        assert claim_job("a", "first", now)
        assert not claim_job("a", "second", now + claims.LEASE)
        assert claim_job("a", "second", now + claims.LEASE + timedelta(seconds=1))

    def test_a_beat_prolongs_what_the_worker_holds(self) -> None:
        make_due("a")
        now = timezone.now()
        assert claim_job("a", "first", now)
        later = now + timedelta(seconds=50)
        beat("first", now, later)
        assert not claim_job("a", "second", later + claims.LEASE)
        assert WorkerBeat.objects.get().beat_at == later

    def test_a_beat_does_not_revive_an_expired_claim(self) -> None:
        make_due("a")
        now = timezone.now()
        assert claim_job("a", "first", now)
        beat("first", now, now + timedelta(minutes=5))
        assert claim_job("a", "second", now + timedelta(minutes=5))

    def test_a_worker_that_lost_its_claim_leaves_the_row_alone(self) -> None:
        make_due("a")

        def lose_the_claim() -> None:
            ScheduledJob.objects.update(claimed_by="second")

        run_due_jobs([Job("a", "* * * * *", lose_the_claim)], "first")
        row = ScheduledJob.objects.get()
        assert row.claimed_by == "second"
        assert row.last_finished_at is None

    def test_a_worker_takes_up_its_own_claim_again(self, counter: Counter) -> None:
        make_due("a", claimed_by="w", claimed_until=timezone.now() + claims.LEASE)
        assert run_due_jobs([Job("a", "* * * * *", counter)], "other") == []
        assert run_due_jobs([Job("a", "* * * * *", counter)], "w") == ["a"]

    def test_signing_off_frees_claims_and_forgets_the_beat(self) -> None:
        make_due("a")
        now = timezone.now()
        claim_job("a", "first", now)
        beat("first", now, now)
        sign_off("first")
        assert not WorkerBeat.objects.exists()
        assert claim_job("a", "second", now)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, RuntimeError])
def test_a_failing_round_does_not_end_the_clock(error: type[Exception]) -> None:
    """A lost connection of PostgreSQL is an `InterfaceError`, which is no `DatabaseError`."""
    worker, rounds = ClockWorker([]), []

    def work() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            worker._stopping.set()
        raise error

    thread = threading.Thread(target=worker._repeat, args=(work, 0))
    thread.start()
    thread.join(10)
    assert len(rounds) == 3


@pytest.mark.django_db
def test_old_beats_are_forgotten() -> None:
    now = timezone.now()
    beat("old", now, now - timedelta(days=2))
    beat("new", now, now)
    delete_stale_beats()
    assert [row.worker for row in WorkerBeat.objects.all()] == ["new"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_workers_run_each_due_job_once() -> None:
    counters = {name: Counter() for name in ("a", "b", "c")}
    for name in counters:
        make_due(name)
    jobs = [Job(name, "0 3 * * *", counter) for name, counter in counters.items()]
    ready, failures = threading.Barrier(6), []

    def work(worker: str) -> None:
        try:
            ready.wait()
            for _ in range(5):
                run_due_jobs(jobs, worker)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert {name: counter.runs for name, counter in counters.items()} == {"a": 1, "b": 1, "c": 1}
