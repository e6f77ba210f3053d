"""The page editor of the administration as a browser sees it: read the form, change it, send it."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from catalogue.models import ProcedurePage

Data = dict[str, list[str]]


def read_form(response: HttpResponse) -> Data:
    """This function will return what a browser would send of the edit form, unchanged."""
    assert response.status_code == 200, response.status_code
    form = BeautifulSoup(response.content.decode(), "html.parser").find(id="page-edit-form")
    data: Data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        if field.get("name") and not field.find_parent(["template", "script"]):
            for value in _values(field):
                data.setdefault(field["name"], []).append(value)
    return data


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        chosen = field.find_all("option", selected=True)
        if not chosen and not field.has_attr("multiple"):
            chosen = field.find_all("option")[:1]
        return [option["value"] for option in chosen]
    if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
        return []
    if field.get("type") in {"submit", "button", "file"}:
        return []
    return [field.get("value", "")]


class Editor:
    """The editor of one page, signed in."""

    def __init__(self, client: Client, page: ProcedurePage) -> None:
        self.client = client
        self.page = page
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.data = read_form(client.get(self.url))

    def set(self, **fields: Any) -> None:
        """This method will change fields; `__` stands for the hyphens of a row's field."""
        for name, value in fields.items():
            values = value if isinstance(value, list) else [value]
            self.data[name.replace("__", "-")] = [str(item) for item in values]

    def add_row(self, relation: str, **fields: Any) -> int:
        """This method will add a row, as the button of the panel does, and return its number."""
        number = int(self.data[f"{relation}-TOTAL_FORMS"][0])
        self.set(**{f"{relation}__TOTAL_FORMS": number + 1})
        hidden = {"id": "", "ORDER": number + 1, "DELETE": "", "child_key": ""}
        self.set(**{f"{relation}__{number}__{name}": v for name, v in {**hidden, **fields}.items()})
        return number

    def delete_row(self, relation: str, number: int) -> None:
        """This method will press the button that deletes a row."""
        self.set(**{f"{relation}__{number}__DELETE": "1"})

    def key(self, relation: str, number: int) -> str:
        """This method will return the UUID that the form carries for a row."""
        return self.data[f"{relation}-{number}-child_key"][0]

    def save(self, *, publish: bool = False) -> HttpResponse:
        """This method will save a draft or publish, and return the answer."""
        extra = {"action-publish": ["action-publish"]} if publish else {}
        return self.client.post(self.url, {**self.data, **extra})

    def autosave(self) -> dict[str, Any]:
        """This method will save in the background and take over what the answer tells."""
        headers = {"accept": "application/json"}
        answer = self.client.post(self.url, self.data, headers=headers).json()
        assert answer["success"], answer
        self.set(overwrite_revision_id=answer["revision_id"])
        for name, value in answer["field_updates"].items():
            self.data[name] = [value]
        return answer

    def revert(self, revision: Revision) -> None:
        """This method will open an older revision for editing."""
        name = "wagtailadmin_pages:revisions_revert"
        self.data = read_form(self.client.get(reverse(name, args=[self.page.pk, revision.pk])))


def errors_of(response: HttpResponse) -> list[str]:
    """This function will return the complaints of an answered form."""
    document = BeautifulSoup(response.content.decode(), "html.parser")
    return [
        " ".join(node.get_text(" ").split())
        for node in document.select(".error-message, .w-field__errors, .help-critical")
        if node.get_text(strip=True)
    ]


def keys_of(page: Page, relation: str = "documents") -> list[str]:
    """This function will return the UUIDs of the live rows of a page in their order."""
    fresh = ProcedurePage.objects.get(pk=page.pk)
    return [str(row.translation_key) for row in getattr(fresh, relation).order_by("sort_order")]


def newest(procedure: Page) -> Any:
    """This function will return a procedure as its newest version has it."""
    return ProcedurePage.objects.get(pk=procedure.pk).get_latest_revision_as_object()
