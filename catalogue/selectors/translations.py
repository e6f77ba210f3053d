"""What of an agency's pages has no English words yet, or words of an older version.

Asks the database once for a list of pages: each row brings its translation and its state.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Length, Substr
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import TranslationSource

from catalogue.choices import TranslationState
from catalogue.models import PageFinding, ProcedureListing
from catalogue.readiness import Rule

ENGLISH = "en"
RIGHTS = ("add_page", "change_page", "publish_page")


def translated_roots(user: Any) -> QuerySet[Page]:
    """Return the Vietnamese pages below which `user` may edit either language."""
    pages = Page.objects.filter(locale=Locale.get_default(), depth__gt=1)
    if user.is_superuser:
        return pages.filter(depth=2)
    held = GroupPagePermission.objects.filter(
        group__user=user, permission__codename__in=RIGHTS, permission__content_type__model="page"
    )
    return pages.filter(translation_key__in=held.values("page__translation_key"))


def list_translations(user: Any) -> QuerySet[Page]:
    """Return the public pages that `user` may translate, with `state` and their English page."""
    below = Q(pk__in=[])
    for path in translated_roots(user).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    pages = Page.objects.filter(below, live=True, alias_of=None, depth__gt=2)
    return _with_state(pages.filter(locale=Locale.get_default())).order_by("path")


def _with_state(pages: QuerySet[Page]) -> QuerySet[Page]:
    english = Page.objects.filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code=ENGLISH,
        alias_of=None,
    )
    findings = PageFinding.objects.filter(page=OuterRef("pk"))
    sources = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    above = Page.objects.filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    )
    return pages.annotate(
        english_id=Subquery(english.values("pk")[:1]),
        english_live=Subquery(english.values("live")[:1], output_field=BooleanField()),
        english_published_at=Subquery(english.values("last_published_at")[:1]),
        is_judged=Exists(ProcedureListing.objects.filter(pk=OuterRef("pk"))),
        missing=_number(findings, Rule.TRANSLATION_MISSING),
        changed=_number(findings, Rule.TRANSLATION_STALE),
        source_id=Subquery(sources.values("pk")[:1]),
        source_updated_at=Subquery(sources.values("last_updated_at")[:1]),
        agency=Subquery(above.values("title")[:1]),
    ).annotate(
        state=Case(
            When(english_id=None, then=Value(TranslationState.MISSING.value)),
            When(english_live=False, then=Value(TranslationState.DRAFT.value)),
            When(
                Q(changed__gt=0)
                | Q(is_judged=False, last_published_at__gt=F("english_published_at")),
                then=Value(TranslationState.STALE.value),
            ),
            When(missing__gt=0, then=Value(TranslationState.PARTIAL.value)),
            default=Value(TranslationState.DONE.value),
            output_field=CharField(),
        )
    )


def _number(findings: Any, rule: Rule) -> Subquery:
    return Subquery(findings.filter(rule=rule).values("number")[:1], output_field=IntegerField())
