"""Remember what is wrong with each page, so that lists and the dashboard need not ask the rules.

What is remembered is about the latest draft. A draft is judged when it is saved, procedures in
bulk when their listings are rebuilt, and everything anew each night: a law may have been repealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page

from catalogue.models import PageFinding, ProcedureListing, ReadinessSettings
from catalogue.readiness import Finding, Rule
from catalogue.selectors.readiness import (
    find_faults,
    find_faults_of,
    is_checked,
    portal_settings,
)
from cms.core.models import BasePage

BATCH = 200


def remember_faults(page: Any) -> None:
    """Judge a page as it stands in memory and remember what is wrong with it."""
    if not is_checked(page):
        return
    rules = portal_settings(page)
    _store({page.pk: find_faults(page, rules.limits)}, rules)


def remember_listed(page_ids: Iterable[int]) -> None:
    """Judge published procedures by their listings; later drafts of theirs keep their own."""
    ids = sorted(set(page_ids))
    rules = portal_settings()
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        rows = ProcedureListing.objects.filter(pk__in=part, page__has_unpublished_changes=False)
        snapshots = list(rows.values_list("snapshot", flat=True))
        _store(find_faults_of(snapshots, rules.limits), rules)


def remember_everything() -> int:
    """Judge every page of the portal anew; return how many findings there are."""
    ids = ProcedureListing.objects.values_list("pk", flat=True)
    remember_listed(ids)
    listed = ProcedureListing.objects.filter(page__has_unpublished_changes=False).values("pk")
    others = Page.objects.exclude(pk__in=listed).filter(depth__gt=1, alias_of=None)
    for page in others.specific().iterator(chunk_size=BATCH):
        if isinstance(page, BasePage):
            remember_faults(page.get_latest_revision_as_object())
    return PageFinding.objects.count()


@transaction.atomic
def weigh_again(rules: ReadinessSettings) -> None:
    """Give the findings of one portal the weights that it has chosen."""
    below = Page.objects.filter(path__startswith=rules.site.root_page.path)
    for rule, severity in rules.severities().items():
        found = PageFinding.objects.filter(rule=rule.value, page__in=below)
        found.exclude(severity=severity.value).update(severity=severity.value)


@transaction.atomic
def _store(faults: dict[int, list[Finding]], rules: ReadinessSettings) -> None:
    weights = rules.severities()
    PageFinding.objects.filter(page_id__in=faults).delete()
    rows = [
        PageFinding(
            page_id=pk,
            rule=fault.rule.value,
            severity=weights[Rule(fault.rule)].value,
            field=fault.field[:255],
            text=fault.text[:255],
            number=fault.number,
        )
        for pk, found in faults.items()
        for fault in found
    ]
    PageFinding.objects.bulk_create(rows, batch_size=BATCH)
