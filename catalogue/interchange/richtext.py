"""Formatted text that comes from outside: only plain formatting and outside links survive."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from wagtail.whitelist import Whitelister, allow_without_attributes

from catalogue.interchange import values

_PLAIN = ("[document]", "b", "br", "em", "h3", "i", "li", "ol", "p", "strong", "ul")
_DROPPED = ("script", "style", "iframe", "object", "embed", "template", "svg", "math", "embed")
_SCHEMES = {"http", "https", "mailto", "tel"}


def _keep_outside_link(tag: Any) -> None:
    """Keep the address of a link that leads elsewhere; page and file ids mean nothing here."""
    address = tag.attrs.get("href", "")
    tag.attrs = {}
    try:
        allowed = urlsplit(address).scheme in _SCHEMES
    except ValueError:
        allowed = False
    if allowed:
        tag.attrs = {"href": address}
    else:
        tag.unwrap()


class _Cleaner(Whitelister):
    element_rules = dict.fromkeys(_PLAIN, allow_without_attributes) | {"a": _keep_outside_link}


def clean_html(html: str) -> str:
    """Return `html` with what the page editor may write and nothing else."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(_DROPPED):
        tag.decompose()
    return str(_Cleaner().clean(str(soup)))


def read(value: Any) -> str:
    """Read formatted text; see `values` for the contract of readers."""
    plain: str = values.text()(value)
    if "<" not in plain and "&" not in plain:
        return plain
    cleaned: str = values.text()(clean_html(plain))
    return cleaned
