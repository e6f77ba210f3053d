"""Descriptions for machines: schema.org `GovernmentService` of a procedure (schema.org 29)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalogue.choices import FeeKind
from catalogue.selectors.procedure_views import ProcedureView

Node = dict[str, Any]


def government_service(procedure: ProcedureView, *, base: str) -> Node:
    """Return the JSON-LD of a procedure; `base` is scheme and host.

    Unverified facts are said to be so in `disambiguatingDescription`; an unknown fee is left
    out, for a missing offer is not a free one.
    """
    node: Node = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": procedure.name.text,
        "identifier": procedure.key,
        "url": base + procedure.short_path,
        "serviceType": [link.name.text for link in procedure.sectors],
        "provider": {
            "@type": "GovernmentOrganization",
            "name": procedure.agency.name.text,
            "url": base + procedure.agency.url,
        },
        "audience": [
            {"@type": "Audience", "audienceType": audience} for audience in procedure.audiences
        ],
        "availableChannel": [_channel(procedure, base, method) for method in procedure.methods],
    }
    if procedure.summary:
        node["description"] = procedure.summary.text
    if procedure.results:
        node["serviceOutput"] = [
            {"@type": "Thing", "name": result.name.text or result.code}
            for result in procedure.results
        ]
    if procedure.fee_facts and (offer := _offer(procedure.fee_facts)):
        node["offers"] = offer
    if procedure.is_unverified:
        node["disambiguatingDescription"] = _("Illustrative figures, not verified")
    if procedure.repeal is not None:
        node["termsOfService"] = _("This procedure has been repealed.")
    return node


def _channel(procedure: ProcedureView, base: str, method: Any) -> Node:
    channel: Node = {"@type": "ServiceChannel", "name": method.name.text}
    if method.value == "online" and procedure.filing:
        channel["serviceUrl"] = procedure.filing.url
    elif procedure.counter is not None:
        channel["serviceLocation"] = {
            "@type": "Place",
            "name": procedure.counter.name.text,
            "url": base + procedure.counter.url,
            "address": procedure.counter.address,
            "telephone": procedure.counter.phone,
        }
    return channel


def _offer(fee: Node) -> Node | None:
    if fee["kind"] == FeeKind.FREE:
        return {"@type": "Offer", "price": "0", "priceCurrency": "VND"}
    if fee["kind"] != FeeKind.AMOUNT:
        return None
    if Decimal(fee["minimum"]) == Decimal(fee["maximum"]):
        return {"@type": "Offer", "price": fee["maximum"], "priceCurrency": "VND"}
    return {
        "@type": "AggregateOffer",
        "lowPrice": fee["minimum"],
        "highPrice": fee["maximum"],
        "priceCurrency": "VND",
    }
