"""The health addresses: what they say when all is well, and when something is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from cms.core import health
from cms.core.models import WorkerBeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health._MigrationState, "applied", False)


def test_alive_asks_no_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/health/alive")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert "no-store" in answer["Cache-Control"]


def test_a_probe_needs_no_host_name_and_no_tls(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["dichvucong.mau.example"]
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/health/alive", "/health/ready"):
        assert client.get(address, headers={"host": "127.0.0.1:8000"}).status_code == 200, address
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 400


def test_ready_shows_every_check_and_no_worker(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "cache": "ok"},
        "worker": {"status": "never seen", "last_beat": None, "age_seconds": None},
    }


@pytest.mark.parametrize(("age", "status"), [(5, "beating"), (300, "stale")])
def test_ready_shows_the_last_beat(client: Client, age: int, status: str) -> None:
    now = timezone.now()
    moment = now - timedelta(seconds=age)
    WorkerBeat.objects.create(worker="w", started_at=moment, beat_at=moment)
    worker = client.get("/health/ready").json()["worker"]
    assert worker["status"] == status
    assert age <= worker["age_seconds"] <= age + 5
    assert worker["last_beat"].endswith("+07:00")


def test_pending_migrations_make_it_unready(client: Client) -> None:
    with mock.patch.object(health.MigrationExecutor, "migration_plan", return_value=[("x", False)]):
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, "pending")


def test_a_broken_cache_makes_it_unready(client: Client) -> None:
    with mock.patch.object(health, "cache") as cache:
        cache.get.return_value = None
        assert client.get("/health/ready").status_code == 503


def test_a_lost_database_is_told_without_secrets(client: Client) -> None:
    secret = OperationalError("password authentication failed for user portal at 10.0.0.1")
    with mock.patch.object(health, "connection") as connection:
        connection.cursor.side_effect = secret
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "failed"
    assert "portal" not in answer.content.decode()


def test_health_refuses_to_be_written_to(client: Client) -> None:
    assert client.post("/health/alive").status_code == 405
