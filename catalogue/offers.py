"""What the catalogue offers in the frame of every page: links, footer, notices of outages."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.selectors.outages import PART as OUTAGES
from catalogue.selectors.outages import build_outages, list_site_outages
from catalogue.selectors.pages import build_footer, build_headlines, list_footer_pages
from cms.core import page_frame
from cms.core.addresses import localise
from cms.core.entry_points import EntryPoint, Place
from cms.core.entry_points import register as register_entry
from cms.core.formatting import format_datetime
from cms.core.frame_state import frame_of, register_part

FOOTER = "footer_pages"
LINKS = (
    (10, gettext_lazy("Procedures"), "/thu-tuc/"),
    (20, gettext_lazy("Agencies"), "/co-quan/"),
    (30, gettext_lazy("Guides"), "/huong-dan/"),
    (60, gettext_lazy("News"), "/tin-tuc/"),
)


def outage_notices(request: HttpRequest) -> list[page_frame.PageNotice]:
    """Announced interruptions of the whole portal."""
    return [
        page_frame.PageNotice(
            title=outage.headline.text,
            label=_("Outage notice"),
            text=" ".join(
                filter(None, [_span(outage.starts_at, outage.ends_at), outage.text.text])
            ),
            lang=outage.headline.lang,
        )
        for outage in list_site_outages(frame_of(request)[OUTAGES], timezone.now())
    ]


def _span(starts_at: object, ends_at: object) -> str:
    return _("From %(start)s to %(end)s.") % {
        "start": format_datetime(starts_at),  # type: ignore[arg-type]
        "end": format_datetime(ends_at),  # type: ignore[arg-type]
    }


def footer_links(request: HttpRequest) -> Iterable[page_frame.FrameLink]:
    """Plain pages that editors put into the footer."""
    return [
        page_frame.FrameLink(label=link.name.text, url=link.url, lang=link.name.lang)
        for link in list_footer_pages(frame_of(request)[FOOTER])
    ]


def register() -> None:
    """Offer the links; called once when the app is ready."""
    for order, label, path in LINKS:
        register_entry(
            EntryPoint(
                place=Place.HEADER,
                label=label,
                url=lambda request, path=path, **context: localise(path),
                order=order,
            )
        )
    register_entry(
        EntryPoint(
            place=Place.FOOTER_USE,
            label=gettext_lazy("Guides"),
            url=lambda request, **context: localise("/huong-dan/"),
        )
    )
    register_part(OUTAGES, build_outages)
    register_part(FOOTER, build_footer)
    register_part("headlines", build_headlines)
    page_frame.register_footer_links(Place.FOOTER_USE, footer_links)
    page_frame.register_notices(outage_notices)
