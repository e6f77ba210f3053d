"""The judged set that comes with the code, asked by the worker; its score is kept."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import ProcedureListing
from search.evaluation import DEPTH, evaluate, read, summarise
from search.models import EntryKind, SearchScore
from search.searches import search

FILE = settings.BASE_DIR / "search/judged/queries.jsonl"
# A run that says nothing for so long was killed.
LONGEST_RUN = timedelta(minutes=15)
KEPT = 20
STYLES = {
    "abbreviation": _("Abbreviations"),
    "accented": _("With accents"),
    "code": _("Codes"),
    "everyday": _("Everyday words"),
    "keystrokes": _("Unconverted keys"),
    "partial": _("Some accents"),
    "question": _("Questions"),
    "typo": _("Spelling slips"),
    "unaccented": _("Without accents"),
}
PROCEDURES = frozenset({EntryKind.PROCEDURE.value})


def begin_score(user: Any) -> SearchScore:
    """Return a new run for the worker; the one that still runs, if there is one."""
    running = SearchScore.objects.filter(finished_at=None).first()
    if running is not None and not is_lost(running):
        return running
    score = SearchScore.objects.create(started_by=user)
    kept = SearchScore.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    SearchScore.objects.exclude(pk__in=list(kept)).delete()
    return score


def is_lost(score: SearchScore) -> bool:
    """Whether a run has no result and will have none."""
    late = timezone.now() - score.started_at > LONGEST_RUN
    return score.finished_at is None and late


def run_score(pk: int) -> None:
    """Ask every judged query whose procedure this portal has, and keep the figures."""
    score = SearchScore.objects.filter(pk=pk, finished_at=None).first()
    if score is None:
        return
    judged = read(FILE)
    wanted = {key for item in judged for key in item.targets}
    listed = ProcedureListing.objects.filter(key__in=wanted).values_list("key", flat=True)
    present = set(listed)
    asked = [item for item in judged if not present.isdisjoint(item.targets)]
    results = evaluate(asked, answer_keys, time.perf_counter)
    missed = [result.judged for result in results if not result.hit(5)]
    score.figures = {
        **summarise(results),
        "left_out": len(judged) - len(asked),
        "misses": [[item.style, item.query] for item in missed],
    }
    score.finished_at = timezone.now()
    score.save()


def answer_keys(text: str) -> list[str]:
    """Return the keys of the procedures that answer a query in Vietnamese, in order."""
    hits = search(text, settings.LANGUAGE_CODE, kinds=PROCEDURES).hits[:DEPTH]
    ids = [hit.page_id for hit in hits]
    keys = dict(ProcedureListing.objects.filter(pk__in=ids).values_list("pk", "key"))
    return [keys[pk] for pk in ids if pk in keys]
