"""Guides: their parts, with the account of the agency as it stands today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalogue.models import AgencyCard, GuidePage
from catalogue.selectors.agencies import CounterView, show_card
from cms.core.vietnamese import slugify_vi


@dataclass(frozen=True)
class MarkerView:
    """A marker: its number and its place in per cent."""

    number: int
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class BankView:
    """The account of an agency with the rule for the memo and worked examples."""

    counter: CounterView | None
    memo_rule: Any
    examples: list[str]


@dataclass(frozen=True)
class GuidePart:
    """A part, ready to be drawn; rich texts are Wagtail values."""

    anchor: str
    number: str
    heading: str
    introduction: Any
    image: Any
    image_alt: str
    caption: str
    markers: list[MarkerView]
    instructions: list[Any]
    callouts: list[Any]
    banks: list[BankView]


def get_guide(page: GuidePage) -> list[GuidePart]:
    """Return the parts of a guide in order."""
    values = [block.value for block in page.parts]
    counters = _counters(values)
    return [_part(number, value, counters) for number, value in enumerate(values, start=1)]


def _banks(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield from value["bank_account"]


def _counters(values: list[Any]) -> dict[Any, CounterView]:
    """Counters by translation key, with the accounts of the Vietnamese pages, read at once."""
    keys = {bank["agency"].translation_key for bank in _banks(values) if bank["agency"]}
    if not keys:
        return {}
    cards = AgencyCard.objects.filter(page__translation_key__in=keys).select_related("page")
    return {card.page.translation_key: show_card(card) for card in cards}


def _part(number: int, value: Any, counters: dict[Any, CounterView]) -> GuidePart:
    screenshot = value["screenshot"]
    image = screenshot["image"]
    return GuidePart(
        anchor=f"phan-{slugify_vi(value['number']) or number}",
        number=value["number"],
        heading=value["heading"],
        introduction=value["introduction"],
        image=image,
        image_alt=getattr(image, "contextual_alt_text", "") or "" if image else "",
        caption=screenshot["caption"],
        markers=[
            MarkerView(index, float(marker["x"]), float(marker["y"]), marker["label"])
            for index, marker in enumerate(screenshot["markers"], start=1)
        ],
        instructions=list(value["instructions"]),
        callouts=list(value["callouts"]),
        banks=[
            BankView(
                counters.get(bank["agency"].translation_key) if bank["agency"] else None,
                bank["memo_rule"],
                list(bank["examples"]),
            )
            for bank in value["bank_account"]
        ],
    )
