"""Template tags of the frame: icons, telephone links, numbers.

Turns values into markup; refuses to read the database or the request.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urljoin

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.core.formatting import format_datetime, format_number, format_weekday_date
from cms.core.vietnamese import cut_at_word

register = template.Library()

SPRITE = "img/icons.svg"
NOT_IN_A_PHONE_NUMBER = re.compile(r"[^0-9+]")


@lru_cache(maxsize=256)
def _icon_markup(name: str) -> SafeString:
    """Remember one icon's markup: the sprite's address does not change while a process lives."""
    return format_html(
        '<svg class="mc-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(SPRITE),
        name,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw the icon `name` of the sprite; decoration only, so it is hidden from screen readers."""
    return _icon_markup(name)


@register.simple_tag
def select_options(options: Iterable[Any]) -> SafeString:
    """Draw the options of a long select at once: a template loop would cost ten times as much.

    Each has `value`, `label` (text and language), `count`, `is_selected` and `depth`.
    """
    return mark_safe("".join(map(_option_markup, options)))


def _option_markup(option: Any) -> str:
    label = option.label
    chosen = " selected" if option.is_selected else ""
    lang = f' lang="{escape(label.lang)}"' if label.lang else ""
    text = html.escape(
        f"{'– ' if option.depth else ''}{label.text} ({format_number(option.count)})"
    )
    return f'<option value="{html.escape(option.value)}"{chosen}{lang}>{text}</option>'


@register.simple_tag
def tick_boxes(param: str, options: Iterable[Any]) -> SafeString:
    """Draw the boxes of a short filter at once, each like an option of `select_options`."""
    name = html.escape(param)
    return mark_safe("".join(_box_markup(name, option) for option in options))


def _box_markup(name: str, option: Any) -> str:
    label = option.label
    chosen = " checked" if option.is_selected else ""
    lang = f' lang="{escape(label.lang)}"' if label.lang else ""
    return (
        f'<label class="mc-opt"><input type="checkbox" name="{name}"'
        f' value="{html.escape(option.value)}"{chosen}><span{lang}>{html.escape(label.text)}</span>'
        f"<span>{format_number(option.count)}</span></label>"
    )


@register.simple_tag
def fact_list(*cells: Any) -> SafeString:
    """Draw short facts at once: label, value and whether it is known, then the next three."""
    facts = [cells[start : start + 3] for start in range(0, len(cells), 3)]
    return mark_safe(f'<dl class="mc-facts">{"".join(map(_fact_markup, facts))}</dl>')


def _fact_markup(fact: tuple[Any, ...]) -> str:
    label, value, is_known = fact
    state = "" if is_known else ' class="is-unknown"'
    return f"<div{state}><dt>{html.escape(label)}</dt><dd>{html.escape(value)}</dd></div>"


@register.filter
def tel(number: str) -> str:
    """Turn a Vietnamese telephone number into a `tel:` address (`0292 300 0111`, `1900 1234`)."""
    digits = NOT_IN_A_PHONE_NUMBER.sub("", str(number))
    if digits.startswith("0"):
        digits = "+84" + digits[1:]
    return f"tel:{digits}"


@register.filter
def mailto(address: str) -> str:
    """Turn an e-mail address into a `mailto:` address."""
    return "mailto:" + quote(str(address), safe="@")


@register.filter
def number(value: int) -> str:
    """Write a whole number as Vietnamese and English pages both do here: `2.849`."""
    return format_number(int(value))


@register.filter
def pair(columns: Iterable[Any], cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Walk two lists of equal length side by side."""
    return list(zip(columns, cells, strict=True))


@register.filter
def weekday_date(day: date) -> str:
    """Write a date with its weekday: "Thứ Tư 23/12/2026"."""
    return format_weekday_date(day)


@register.filter
def moment(value: datetime) -> str:
    """Write a moment: "02/11/2026, 14 giờ 05"."""
    return format_datetime(value)


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return what `mapping` holds for `key`, or None."""
    return mapping.get(key)


@register.filter
def shorten(text: str, limit: int) -> str:
    """Cut a long name at a word; a name within `limit` characters comes back unchanged."""
    return text if len(text) <= limit else cut_at_word(text, limit)


@register.filter
def marked(runs: Iterable[tuple[str, bool]]) -> SafeString:
    """Join pieces of a text, those that were looked for in `<mark>`; every piece is escaped."""
    pieces = [
        f"<mark>{html.escape(text)}</mark>" if is_match else html.escape(text)
        for text, is_match in runs
    ]
    return mark_safe("".join(pieces))


@register.filter
def roman(value: int) -> str:
    """Write 1 to 39 as a Roman numeral, as the parts of a guide are numbered."""
    tens, ones = divmod(int(value), 10)
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * tens + units[ones]


@register.simple_tag
def structured_data(data: dict[str, Any]) -> SafeString:
    """This tag will write `data` as JSON-LD, a data block that no policy has to allow.

    `<`, `>` and `&` are escaped, so that no value can end the block.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003C").replace(">", "\\u003E")
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')


@register.simple_tag
def breadcrumb_data(items: list[dict[str, str]], address: str) -> SafeString:
    """This tag will write breadcrumbs as JSON-LD; `address` is the page's own, with its host."""
    steps = []
    for place, item in enumerate(items, start=1):
        step = {"@type": "ListItem", "position": place, "name": item["label"]}
        if item["url"]:
            step["item"] = urljoin(address, item["url"])
        steps.append(step)
    return structured_data(
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": steps,
        }
    )
