"""Crontab lines: when they fall due next, in the portal's time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cms.core.clock.jobs import Job, list_jobs, register_job
from cms.core.clock.schedule import get_next_run

ZONE = "Asia/Ho_Chi_Minh"


def at(text: str, zone: str = ZONE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("line", "after", "due"),
    [
        ("* * * * *", "2026-11-25 10:00:30", "2026-11-25 10:01:00"),
        ("* * * * *", "2026-11-25 10:00:00", "2026-11-25 10:01:00"),
        ("10 3 * * *", "2026-11-25 03:09:59", "2026-11-25 03:10:00"),
        ("10 3 * * *", "2026-11-25 03:10:00", "2026-11-26 03:10:00"),
        ("0 0 1 1 *", "2026-11-25 00:00:00", "2027-01-01 00:00:00"),
        ("0 6 * * mon", "2026-11-25 00:00:00", "2026-11-30 06:00:00"),
    ],
)
def test_next_run(line: str, after: str, due: str) -> None:
    assert get_next_run(line, at(after), ZONE) == at(due)


def test_moments_of_another_zone_are_understood() -> None:
    assert get_next_run("10 3 * * *", at("2026-11-25 20:30", "UTC"), ZONE) == at("2026-11-27 03:10")


def test_malformed_line_is_refused() -> None:
    with pytest.raises(ValueError, match="fields"):
        get_next_run("every minute", at("2026-11-25 10:00"), ZONE)


@pytest.mark.parametrize("job", list_jobs(), ids=lambda job: job.name)
def test_every_line_of_the_table_falls_due(job: Job) -> None:
    assert get_next_run(job.crontab, at("2026-11-25 10:00"), ZONE) > at("2026-11-25 10:00")
    assert not set(job.crontab.split()[4]) & set("0123456789"), "write days of the week as names"


def test_scheduled_publishing_runs_every_minute() -> None:
    assert {job.name: job.crontab for job in list_jobs()}["publish_scheduled"] == "* * * * *"


def test_a_taken_name_is_refused() -> None:
    with pytest.raises(ValueError, match="publish_scheduled"):
        register_job(Job("publish_scheduled", "* * * * *", lambda: None))
