"""What is wrong with a page before it is published: gathers what the rules must know, asks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision, Site
from wagtail_localize.fields import TranslatableField

from catalogue.facts import PAGE_WORDS, WORD_FIELDS, build_snapshot
from catalogue.models import AgencyCard, LegalDocument, ProcedurePage, ReadinessSettings
from catalogue.readiness import (
    Finding,
    Limits,
    Rule,
    Severity,
    Surroundings,
    Text,
    check_procedure,
    check_texts,
    linked_files,
    linked_pages,
)
from catalogue.readiness.procedures import LINKS, texts_of, words_of
from cms.core.models import BasePage

Snapshot = dict[str, Any]
Words = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a draft: what stops it, what the published version has too, advice."""

    blockers: list[Finding]
    known: list[Finding]
    advice: list[Finding]


def is_checked(page: Any) -> bool:
    """Whether a page is one of the portal's own and not a mirror of another."""
    return isinstance(page, BasePage) and page.alias_of_id is None


def portal_settings(page: Any = None) -> ReadinessSettings:
    """The settings of the portal on which a page stands, else of the default one."""
    site = page.get_site() if page is not None and page.path else None
    site = site or Site.objects.filter(is_default_site=True).first()
    return ReadinessSettings.for_site(site) if site else ReadinessSettings()


def find_faults(page: Any, limits: Limits | None = None) -> list[Finding]:
    """Return what is wrong with a page as it stands in memory, draft or not."""
    limits = limits or portal_settings(page).limits
    if _is_source(page):
        return find_faults_of([_snapshot(page)], limits)[page.pk]
    texts = read_texts(page)
    return check_texts(texts, _around_texts(texts, limits))


def find_faults_of(snapshots: list[Snapshot], limits: Limits) -> dict[int, list[Finding]]:
    """Return what is wrong with many procedures, by the ids of their pages."""
    around = _around_procedures(snapshots, limits)
    return {s["page_id"]: check_procedure(s, around) for s in snapshots}


def judge(page: Any) -> Verdict:
    """Weigh what is wrong with a draft as the page's portal does.

    A blocker that the published version has already keeps nobody from mending something else.
    """
    rules = portal_settings(page)
    weights = rules.severities()
    faults = find_faults(page, rules.limits)
    blockers = [fault for fault in faults if weights[fault.rule] == Severity.BLOCKER]
    advice = [fault for fault in faults if weights[fault.rule] == Severity.ADVICE]
    published: set[tuple[Rule, str]] = set()
    if blockers and page.live:
        live = type(page)._default_manager.get(pk=page.pk)
        published = {_place(fault) for fault in find_faults(live, rules.limits)}
    known = [fault for fault in blockers if _place(fault) in published]
    return Verdict([fault for fault in blockers if fault not in known], known, advice)


def find_new_blockers(page: Any) -> list[str]:
    """Return in words what keeps a draft from being published."""
    return [fault.message for fault in judge(page).blockers] if is_checked(page) else []


def read_texts(page: Any) -> list[Text]:
    """The words of a page, by the fields that are translated."""
    language = page.locale.language_code
    texts = []
    for translatable in page.translatable_fields:
        if not isinstance(translatable, TranslatableField):
            continue
        name = translatable.field_name
        value = getattr(page, name)
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            texts.append(Text(name, list(value.raw_data), language))
        elif isinstance(field, RichTextField) or isinstance(value, str):
            texts.append(Text(name, value or "", language))
    return texts


def _place(fault: Finding) -> tuple[Rule, str]:
    return fault.rule, fault.field


def _is_source(page: Any) -> bool:
    is_vietnamese = page.locale.language_code == settings.LANGUAGE_CODE
    return isinstance(page, ProcedurePage) and is_vietnamese


def _snapshot(page: ProcedurePage) -> Snapshot:
    owner = Page.objects.filter(path=page.path[: -Page.steplen]).values_list("pk", flat=True)
    return build_snapshot(page, owner_id=owner.first())


def _around_texts(texts: list[Text], limits: Limits) -> Surroundings:
    pages = {pk for text in texts for pk in linked_pages(text.value)}
    files = {pk for text in texts for pk in linked_files(text.value)}
    return Surroundings(
        today=timezone.localdate(),
        live_pages=_live(pages),
        files=_existing_files(files),
        limits=limits,
    )


def _around_procedures(snapshots: list[Snapshot], limits: Limits) -> Surroundings:
    texts = [text for snapshot in snapshots for text in texts_of(snapshot)]
    pages = {pk for text in texts for pk in linked_pages(text.value)}
    files = {pk for text in texts for pk in linked_files(text.value)}
    laws: set[int] = set()
    for snapshot in snapshots:
        pages |= {pk for name in LINKS for pk in snapshot[name]}
        pages |= {snapshot["fields"]["successor_id"] or 0}
        files |= {row["form_file_id"] or 0 for row in snapshot["documents"]}
        laws |= set(snapshot["legal_bases"])
    english, stale = _english(snapshots)
    return Surroundings(
        today=timezone.localdate(),
        live_pages=_live(pages),
        files=_existing_files(files),
        repealed_laws=_repealed(laws),
        agencies_with_account=_with_account({s["owner_id"] for s in snapshots}),
        english=english,
        stale=stale,
        limits=limits,
    )


def _live(keys: set[int]) -> frozenset[int]:
    if not keys - {0}:
        return frozenset()
    return frozenset(Page.objects.filter(pk__in=keys, live=True).values_list("pk", flat=True))


def _existing_files(keys: set[int]) -> frozenset[int]:
    if not keys - {0}:
        return frozenset()
    found = get_document_model().objects.filter(pk__in=keys)
    return frozenset(found.values_list("pk", flat=True))


def _repealed(keys: set[int]) -> dict[int, str]:
    today = timezone.localdate()
    found = LegalDocument.objects.filter(pk__in=keys, repealed_date__lte=today)
    return dict(found.values_list("pk", "number")) if keys else {}


def _with_account(owners: set[Any]) -> frozenset[int]:
    cards = AgencyCard.objects.filter(pk__in=owners - {None}).values_list("pk", "details")
    return frozenset(pk for pk, details in cards if details.get("accounts"))


def _english(snapshots: list[Snapshot]) -> tuple[dict[str, Words], dict[str, int]]:
    """The words of live English pages, and how many Vietnamese words changed since."""
    by_uuid = {snapshot["uuid"]: snapshot for snapshot in snapshots}
    pages = (
        ProcedurePage.objects.filter(translation_key__in=by_uuid, live=True, alias_of=None)
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .prefetch_related(*WORD_FIELDS)
    )
    words: dict[str, Words] = {}
    stale: dict[str, int] = {}
    for page in pages:
        uuid = str(page.translation_key)
        words[uuid] = {("", name): getattr(page, name) for name in PAGE_WORDS}
        for relation, names in WORD_FIELDS.items():
            for row in getattr(page, relation).all():
                key = str(row.translation_key)
                words[uuid] |= {(key, name): getattr(row, name) for name in names}
        if changed := _changed_since(by_uuid[uuid], page):
            stale[uuid] = changed
    return words, stale


def _changed_since(snapshot: Snapshot, english: ProcedurePage) -> int:
    """How many words differ from those that stood when the English page was published."""
    if english.last_published_at is None:
        return 0
    revisions = Revision.page_revisions.filter(object_id=str(snapshot["page_id"]))
    if not revisions.filter(created_at__gt=english.last_published_at).exists():
        return 0
    then = revisions.filter(created_at__lte=english.last_published_at).order_by("-created_at")
    content = then.values_list("content", flat=True).first()
    if content is None:
        return 0
    old: Words = {("", name): content.get(name) or "" for name in PAGE_WORDS}
    for relation, names in WORD_FIELDS.items():
        for row in content.get(relation, []):
            old |= {(str(row["translation_key"]), name): row.get(name) or "" for name in names}
    return sum(1 for key, text in words_of(snapshot).items() if old.get(key, "") != text)
