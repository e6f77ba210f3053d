"""What the page of a procedure shows: its facts, and what is read live around them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.choices import Audience, FactsStatus, FeeKind, FilingMode, Method, ServiceLevel
from catalogue.facts import list_methods, summarise
from catalogue.models import LegalDocument
from catalogue.selectors import procedure_parts as parts
from catalogue.selectors.agencies import Counters, CounterView, list_counters
from catalogue.selectors.display import say_fee, say_methods, say_time, unknown
from catalogue.selectors.listings import rows_of
from catalogue.selectors.loading import Loaded
from catalogue.selectors.outages import PART as OUTAGES
from catalogue.selectors.outages import list_procedure_outages
from catalogue.selectors.pages import list_related_guides
from catalogue.selectors.procedure_views import (
    Answer,
    Filing,
    LegalLink,
    ProcedureView,
    Repeal,
)
from catalogue.selectors.words import Link, Words, choose
from cms.core.addresses import localise
from cms.core.calendar import calendar_from
from cms.core.frame_state import State

# The memo of a transfer is Vietnamese in every language: the agency's bank reads it.
MEMO = "[%(payer)s] nộp phí/lệ phí %(name)s"


def show_procedure(
    loaded: Loaded, *, now: datetime, frame: State, counter_id: str = ""
) -> ProcedureView:
    """Return what the page shows to a reader who hands in at `now`.

    `frame` is the state of the page frame (outages, corrections of the calendar). `counter_id`
    is the counter that the reader chose among several; unknown ids are ignored.
    """
    snapshot = loaded.snapshot
    facts = summarise(snapshot)
    counters = list_counters(snapshot["handled_at"], owner_id=snapshot["owner_id"])
    chosen = _chosen(counters, counter_id)
    calendar = calendar_from(frame["corrections"])
    guide_ids = snapshot["related_guides"]
    groups = parts.paper_groups(loaded)
    return ProcedureView(
        **_names(loaded),
        **_registration(loaded),
        agency=_agency_link(counters, loaded),
        fee=parts.fee_answer(facts, say_fee(facts["fee"])),
        fee_facts=facts["fee"],
        time=Answer(say_time(facts["time"]), is_known=facts["time"] is not None),
        papers=parts.paper_answer(loaded, groups),
        place=_place_answer(counters, chosen, loaded),
        promise=parts.promise(snapshot["offers"], calendar, now),
        methods=[Link(Words(str(Method(code).label)), "", value=code) for code in facts["methods"]],
        cases=parts.case_rows(loaded, facts["methods"], calendar, now),
        paper_groups=groups,
        form_count=sum(1 for group in groups for paper in group.papers if paper.form),
        steps=parts.steps(loaded),
        results=parts.results(loaded),
        legal_bases=_legal_bases(snapshot["legal_bases"]),
        related=rows_of(snapshot["related_procedures"]),
        guides=list_related_guides(guide_ids, frame) if guide_ids else [],
        counters=counters.views,
        counter=chosen,
        accounts=_accounts(chosen, counters, facts, loaded),
        filing=_filing(loaded),
        repeal=_repeal(loaded),
        outages=list_procedure_outages(frame[OUTAGES], snapshot["page_id"], now),
    )


def _names(loaded: Loaded) -> dict[str, Any]:
    """What the procedure is called and where it belongs."""
    snapshot, key = loaded.snapshot, loaded.fact("key") or ""
    return {
        "page_id": snapshot["page_id"],
        "uuid": snapshot["uuid"],
        "key": key,
        "code": parts.national_code(key),
        "name": loaded.text("official_name"),
        "summary": loaded.text("summary"),
        "short_name": loaded.text("title"),
        "page_title": loaded.text("seo_title").text or loaded.text("title").text,
        "page_description": loaded.text("search_description").text or loaded.text("summary").text,
        "sectors": _terms(snapshot["sectors"], "/linh-vuc/"),
        "life_events": _terms(snapshot["life_events"], "/su-kien/"),
        "audiences": [str(Audience(code).label) for code in loaded.fact("audiences")],
        "memo": MEMO % {"payer": _("your full name"), "name": loaded.fact("title")},
        "short_path": localise(f"/thu-tuc/{key}/") if key else "",
    }


def _registration(loaded: Loaded) -> dict[str, Any]:
    """How it is announced and registered, and how sure that is."""
    published = loaded.fact("last_published_at")
    return {
        "dossier_sets": loaded.fact("dossier_sets"),
        "conditions": loaded.text("conditions"),
        "service_level": str(ServiceLevel(loaded.fact("service_level")).label),
        "decision_number": loaded.fact("decision_number"),
        "effective_date": loaded.date("effective_date"),
        "authority": loaded.fact("authority"),
        "ministry": loaded.fact("ministry"),
        "is_unverified": loaded.fact("facts_status") != FactsStatus.VERIFIED,
        "facts_note": loaded.fact("facts_note"),
        "updated_at": datetime.fromisoformat(published) if published else None,
    }


def _chosen(counters: Counters, counter_id: str) -> CounterView | None:
    if len(counters.views) == 1:
        return counters.views[0]
    return next((counter for counter in counters.views if counter.id == counter_id), None)


def _agency_link(counters: Counters, loaded: Loaded) -> Link:
    """The owning agency, or else the body that the register names; it has no page."""
    owner = counters.owner
    if owner is None:
        return Link(choose(loaded.fact("authority"), ""), "")
    return Link(owner.name, owner.url, value=owner.id)


def _terms(rows: list[list[str]], prefix: str) -> list[Link]:
    return [
        Link(choose(name, english), localise(f"{prefix}{slug}/"), value=slug)
        for slug, name, english in rows
    ]


def _accounts(
    chosen: CounterView | None, counters: Counters, facts: dict[str, Any], loaded: Loaded
) -> list[Any]:
    """Accounts of the chosen counter, where there is a fee to pay and a dossier to file.

    Before one of several counters is chosen nothing is shown: each may have its own account.
    """
    fee = facts["fee"]
    if fee is None or fee["kind"] == FeeKind.FREE or loaded.fact("is_repealed"):
        return []
    return chosen.accounts if chosen else []


def _place_answer(counters: Counters, chosen: CounterView | None, loaded: Loaded) -> Answer:
    methods = say_methods(list_methods(loaded.snapshot["offers"]))
    if chosen is not None:
        return Answer(chosen.name.text, methods)
    if len(counters.views) > 1:
        number = len(counters.views)
        text = ngettext("%(number)d counter", "%(number)d counters", number)
        return Answer(text % {"number": number}, methods)
    name = loaded.fact("authority") or (counters.owner.name.text if counters.owner else "")
    return Answer(name or unknown(), methods, is_known=bool(name))


def _legal_bases(ids: list[int]) -> list[LegalLink]:
    if not ids:
        return []
    documents = LegalDocument.objects.filter(pk__in=ids).values_list(
        "number", "title", "issued_date", "repealed_date", "slug"
    )
    return [
        LegalLink(
            number=number,
            title=title,
            issued_date=issued_date,
            is_repealed=repealed_date is not None,
            url=localise(f"/van-ban/{slug}/"),
        )
        for number, title, issued_date, repealed_date, slug in documents
    ]


def _filing(loaded: Loaded) -> Filing | None:
    url = loaded.fact("filing_url")
    if loaded.fact("filing_mode") != FilingMode.LINK or loaded.fact("is_repealed") or not url:
        return None
    return Filing(url, urlsplit(url).hostname or "")


def _repeal(loaded: Loaded) -> Repeal | None:
    if not loaded.fact("is_repealed"):
        return None
    successor_id = loaded.fact("successor_id")
    successor = rows_of([successor_id]) if successor_id else []
    return Repeal(
        loaded.date("repealed_date"),
        loaded.text("repealed_note"),
        successor[0] if successor else None,
    )
