"""Reading answers as a browser does: elements by selector, and the language of a text."""

from __future__ import annotations

from bs4 import BeautifulSoup, NavigableString, Tag
from django.http import HttpResponse
from django.test import Client

SILENT = ("script", "style", "title")


def parse(response: HttpResponse) -> BeautifulSoup:
    """This function will return the document of an answer."""
    return BeautifulSoup(response.content.decode(), "html.parser")


def get(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    """This function will ask for a page and return its document."""
    response = client.get(address)
    assert response.status_code == status, f"{address} answers {response.status_code}"
    return parse(response)


def text_of(document: BeautifulSoup | Tag) -> str:
    """This function will return the words of a document with single spaces."""
    return " ".join(document.get_text(" ").split())


def main_text(document: BeautifulSoup) -> str:
    """This function will return the words of the main part of a page."""
    return text_of(document.main)


def language_of(node: Tag | NavigableString) -> str:
    """This function will return the language that a reader takes a text for."""
    holder = (
        node if isinstance(node, Tag) and node.has_attr("lang") else node.find_parent(lang=True)
    )
    return str(holder["lang"])


def unmarked(document: BeautifulSoup, letters: str) -> list[str]:
    """This function will return the texts of an English page with any of `letters` that are
    not marked as Vietnamese."""
    found = []
    for node in document.body.find_all(string=True):
        if node.find_parent(SILENT) or not any(letter in node for letter in letters):
            continue
        if language_of(node) != "vi":
            found.append(" ".join(node.split()))
    return found


def link(document: BeautifulSoup, **attributes: str) -> str | None:
    """This function will return the address of a `link` element of the head."""
    found = document.find("link", attrs=attributes)
    return str(found["href"]) if found else None
