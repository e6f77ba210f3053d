"""The guides of the demo portal, part by part, with the account of an agency."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from catalogue.models import GuidePage
from home.actions import Words, ensure_page, ensure_translation, pick
from home.actions.portal import block_id
from home.demo.agencies import Agencies
from home.demo.sources import read


def load_guides(index: Page, agencies: Agencies) -> list[GuidePage]:
    """Make the guides that are missing below `index`, in both languages; return all of them."""
    data = read("guides")
    pages = []
    for record in [*data["guides"], *read("handbook")["guides"]]:
        record["parts"] = [_complete(part, data["later"]) for part in record["parts"]]
        fields = pick(record)
        slug = fields.pop("slug")
        fields["parts"] = [_part(slug, part, agencies) for part in fields["parts"]]
        page = ensure_page(index, GuidePage, slug, **fields)
        ensure_translation(page, _words(record))
        pages.append(page)
    return pages


def _complete(part: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the file with every key, its rich texts as paragraphs."""
    callouts = part.get("callouts", [])
    bank = part.get("bank")
    return {
        "number": part["number"],
        "heading": part["heading"],
        "introduction": _paragraph(part.get("introduction", {"vi": "", "en": ""})),
        "instructions": [_paragraph(text) for text in part["instructions"]],
        "callouts": [
            {"kind": item["kind"], "text": _paragraph(item["text"])}
            for item in ([later, *callouts] if part.get("later") else callouts)
        ],
        "bank": {**bank, "memo_rule": _paragraph(bank["memo_rule"])} if bank else None,
    }


def _paragraph(text: dict[str, str]) -> dict[str, str]:
    return {language: f"<p>{words}</p>" if words else "" for language, words in text.items()}


def _words(record: dict[str, Any]) -> Words:
    """English words, with numbers and Vietnamese memos standing for themselves."""
    words = Words.of(record)
    for part in record["parts"]:
        same = [part["number"], *(part["bank"] or {}).get("examples", [])]
        for text in filter(None, same):
            words.add(text, text)
    return words


def _part(guide: str, part: dict[str, Any], agencies: Agencies) -> dict[str, Any]:
    """Return a part as a stream's raw data."""
    name = f"{guide}/{part['number'] or 'phi'}"
    value = {
        "number": part["number"],
        "heading": part["heading"],
        "introduction": part["introduction"],
        "screenshot": {"image": None, "caption": "", "markers": []},
        "instructions": _items(f"{name}/instructions", part["instructions"]),
        "callouts": _items(f"{name}/callouts", part["callouts"]),
        "bank_account": _items(f"{name}/bank", _banks(name, part["bank"], agencies)),
    }
    return {"type": "part", "id": block_id(name), "value": value}


def _banks(name: str, bank: dict[str, Any] | None, agencies: Agencies) -> list[dict[str, Any]]:
    if not bank:
        return []
    return [
        {
            "agency": agencies[bank["agency"]].pk,
            "memo_rule": bank["memo_rule"],
            "examples": _items(f"{name}/examples", bank["examples"]),
        }
    ]


def _items(name: str, values: list[Any]) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": block_id(name, number), "value": value}
        for number, value in enumerate(values)
    ]
