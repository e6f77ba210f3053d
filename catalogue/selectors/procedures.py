"""The facts of one procedure, from its Vietnamese page, with the words of the page shown.

Live pages are read from their stored snapshot, a preview from the page itself; both give the
same view. The number of queries does not depend on the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.choices import Audience, FactsStatus, FeeKind, FilingMode, Method, ServiceLevel
from catalogue.facts import WORD_FIELDS, build_snapshot, list_methods, summarise
from catalogue.models import (
    FormerKey,
    GuidePage,
    LegalDocument,
    ProcedureListing,
    ProcedurePage,
)
from catalogue.selectors import procedure_parts as parts
from catalogue.selectors.agencies import CounterView, describe_counters, list_counters
from catalogue.selectors.display import say_fee, say_methods, say_time, unknown
from catalogue.selectors.listings import rows_of
from catalogue.selectors.outages import list_procedure_outages
from catalogue.selectors.procedure_views import (
    Answer,
    Filing,
    LegalLink,
    ProcedureView,
    Repeal,
)
from catalogue.selectors.summary import Summary, get_summary
from catalogue.selectors.words import Link, Words, choose, reader_language
from cms.core.addresses import localise, page_url
from cms.core.calendar import load_calendar


@dataclass(frozen=True)
class Loaded:
    """A page with its source, the source's snapshot and the words of the page by row."""

    page: ProcedurePage
    source: ProcedurePage
    snapshot: dict[str, Any]
    words: dict[str, dict[str, str]]
    lang: str

    def say(self, row: dict[str, Any], name: str) -> Words:
        """The words of a row for the reader."""
        own = str(row.get(name) or "")
        if self.page is self.source:
            return Words(own, self.lang)
        said = self.words.get(row["uuid"], {}).get(name, "")
        # A translation that still holds the source's words is Vietnamese.
        return choose(own, said if said != own else "")

    def text(self, name: str) -> Words:
        """A field of the page itself for the reader."""
        own = str(getattr(self.source, name) or "")
        if self.page is self.source:
            return Words(own, self.lang)
        said = str(getattr(self.page, name) or "")
        return choose(own, said if said != own else "")


def get_procedure(page: ProcedurePage, *, now: datetime, counter_id: str = "") -> ProcedureView:
    """Return what the page of a procedure shows to a reader who hands in at `now`.

    `counter_id` is the counter that the reader chose among several; unknown ids are ignored.
    """
    loaded = load(page)
    source, snapshot = loaded.source, loaded.snapshot
    summary = get_summary()
    facts = summarise(snapshot)
    agency_id, counters = _counters(source, snapshot, counter_id)
    chosen = _chosen(counters, counter_id)
    agency = _agency_link(summary, agency_id)
    calendar = load_calendar()
    groups = parts.paper_groups(loaded)
    priced = facts["fee"] is not None and facts["fee"]["kind"] != FeeKind.FREE
    return ProcedureView(
        page_id=source.pk,
        uuid=str(source.translation_key),
        key=source.key or "",
        code=parts.national_code(source.key),
        name=loaded.text("official_name"),
        summary=loaded.text("summary"),
        agency=agency,
        sectors=_terms(summary.sectors(empty=True), snapshot["sectors"]),
        life_events=_terms(summary.life_events(), snapshot["life_events"]),
        audiences=[str(Audience(code).label) for code in source.audiences],
        fee=parts.fee_answer(facts, say_fee(facts["fee"])),
        fee_facts=facts["fee"],
        time=Answer(say_time(facts["time"]), is_known=facts["time"] is not None),
        papers=parts.paper_answer(source, groups),
        place=_place_answer(agency, counters, chosen, loaded),
        promise=parts.promise(snapshot["offers"], calendar, now),
        methods=[Link(Words(str(Method(code).label)), "", value=code) for code in facts["methods"]],
        cases=parts.case_rows(loaded, facts["methods"], calendar, now),
        paper_groups=groups,
        form_count=sum(1 for group in groups for paper in group.papers if paper.form),
        dossier_sets=source.dossier_sets,
        steps=parts.steps(loaded),
        results=parts.results(loaded),
        conditions=loaded.text("conditions"),
        legal_bases=_legal_bases(snapshot["legal_bases"]),
        related=rows_of(snapshot["related_procedures"]),
        guides=_guides(snapshot["related_guides"]),
        counters=counters,
        counter=chosen,
        accounts=chosen.accounts if chosen and priced and not source.is_repealed else [],
        memo=_("[your full name] nộp phí/lệ phí %(name)s") % {"name": source.title},
        filing=_filing(source),
        service_level=str(ServiceLevel(source.service_level).label),
        decision_number=source.decision_number,
        effective_date=source.effective_date,
        authority=source.authority,
        ministry=source.ministry,
        repeal=_repeal(loaded),
        outages=list_procedure_outages(source.pk, now) if source.pk else [],
        is_unverified=source.facts_status != FactsStatus.VERIFIED,
        facts_note=source.facts_note,
        updated_at=source.last_published_at,
        short_path=localise(f"/thu-tuc/{source.key}/") if source.key else "",
    )


def load(page: ProcedurePage) -> Loaded:
    """Return the page with its Vietnamese source and the rows of both."""
    default = settings.LANGUAGE_CODE
    is_source = page.locale.language_code == default
    source = page
    if not is_source:
        source = (
            ProcedurePage.objects.filter(
                translation_key=page.translation_key, locale__language_code=default
            )
            .select_related("locale")
            .first()
            or page
        )
    snapshot = None
    if not _is_preview(source):
        rows = ProcedureListing.objects.filter(pk=source.pk)
        snapshot = rows.values_list("snapshot", flat=True).first()
    words = {} if page is source or page.alias_of_id else _words_of(page)
    lang = default if reader_language() != default and page is source else ""
    shown = source if page.alias_of_id else page
    if shown is source and not is_source:
        lang = default
    return Loaded(shown, source, snapshot or build_snapshot(source), words, lang)


def _is_preview(page: ProcedurePage) -> bool:
    return bool(getattr(page, "_cluster_related_objects", None))


def _words_of(page: ProcedurePage) -> dict[str, dict[str, str]]:
    return {
        str(row.translation_key): {name: getattr(row, name) for name in names}
        for relation, names in WORD_FIELDS.items()
        for row in getattr(page, relation).all()
    }


def _counters(
    source: ProcedurePage, snapshot: dict[str, Any], counter_id: str
) -> tuple[str, list[CounterView]]:
    """The id of the owning agency, and the counters that receive the procedure."""
    parent = source.get_parent()
    ids = snapshot["handled_at"] or [parent.pk]
    agencies = list_counters(ids)
    if len(agencies) == 1:
        return str(parent.pk), describe_counters(agencies)
    wanted = [agency for agency in agencies if str(agency.pk) == counter_id]
    full = {counter.id: counter for counter in describe_counters(wanted)}
    plain = [
        full.get(str(agency.pk))
        or CounterView(
            id=str(agency.pk),
            name=choose(agency.title, ""),
            url=page_url(agency),
            counter_name=Words(agency.counter_name),
            address=agency.counter_address or agency.address,
            phone=agency.counter_phone or agency.phone,
        )
        for agency in agencies
    ]
    return str(parent.pk), plain


def _chosen(counters: list[CounterView], counter_id: str) -> CounterView | None:
    if len(counters) == 1:
        return counters[0]
    return next((counter for counter in counters if counter.id == counter_id), None)


def _agency_link(summary: Summary, agency_id: str) -> Link:
    for agency in summary.agencies():
        if agency.id == agency_id:
            return Link(agency.name, agency.url, value=agency.id)
    return Link(Words(""), "")


def _terms(links: list[Link], slugs: list[str]) -> list[Link]:
    """Those of `links` that a procedure has."""
    return [link for link in links if link.value in slugs]


def _place_answer(
    agency: Link, counters: list[CounterView], chosen: CounterView | None, loaded: Loaded
) -> Answer:
    methods = say_methods(list_methods(loaded.snapshot["offers"]))
    if chosen is not None:
        return Answer(chosen.name.text, methods)
    if len(counters) > 1:
        text = ngettext("%(number)d counter", "%(number)d counters", len(counters))
        return Answer(text % {"number": len(counters)}, methods)
    name = loaded.source.authority or agency.name.text
    return Answer(name or unknown(), methods, is_known=bool(name))


def _legal_bases(ids: list[int]) -> list[LegalLink]:
    documents = LegalDocument.objects.filter(pk__in=ids)
    return [
        LegalLink(
            number=document.number,
            title=document.title,
            issued_date=document.issued_date,
            is_repealed=document.repealed_date is not None,
            url=localise(f"/van-ban/{document.slug}/"),
        )
        for document in documents
    ]


def _guides(ids: list[int]) -> list[Link]:
    if not ids:
        return []
    guides = GuidePage.objects.filter(pk__in=ids, live=True).order_by("position", "sort_key")
    return [Link(Words(guide.title), page_url(guide)) for guide in guides]


def _filing(source: ProcedurePage) -> Filing | None:
    if source.filing_mode != FilingMode.LINK or source.is_repealed or not source.filing_url:
        return None
    return Filing(source.filing_url, urlsplit(source.filing_url).hostname or "")


def _repeal(loaded: Loaded) -> Repeal | None:
    source = loaded.source
    if not source.is_repealed:
        return None
    successor = rows_of([source.successor_id]) if source.successor_id else []
    return Repeal(
        source.repealed_date, loaded.text("repealed_note"), successor[0] if successor else None
    )


def find_by_key(key: str) -> ProcedurePage | None:
    """Return the live Vietnamese page with a code, or with a code that it once had."""
    pages = ProcedurePage.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
    page = pages.filter(key=key).first()
    if page is None:
        former = FormerKey.objects.filter(key=key).first()
        page = pages.filter(translation_key=former.page_key).first() if former else None
    return page
