"""When a crontab line falls due next; the sums are APScheduler's, nothing is stored or run here."""

from __future__ import annotations

from datetime import datetime, timedelta

from apscheduler.triggers.cron import CronTrigger


def get_next_run(crontab: str, after: datetime, timezone_name: str) -> datetime:
    """This function will give the first moment strictly after ``after`` at which the line is due.

    ``crontab`` has five fields read in ``timezone_name``; days of the week must be names (``mon``),
    because APScheduler counts them from Monday and cron from Sunday. Raises ``ValueError`` for a
    line that is malformed or never due.
    """
    trigger = CronTrigger.from_crontab(crontab, timezone=timezone_name)
    moment = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    if moment is None:
        raise ValueError(f"never due: {crontab}")
    return moment
