"""Every screen of the admin speaks Vietnamese: no text on it is an English message we know."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from babel.messages.catalog import Message
from django.utils.translation.trans_real import DjangoTranslation
from playwright.sync_api import Browser, Page
from wagtail.models import Page as WagtailPage

from tests.architecture.test_vendor_translations import messages
from tests.e2e.admin.content import make_content
from tests.e2e.admin.screens import list_addresses
from tests.e2e.admin.signing import sign_in

# Names of languages and formats, keys of the keyboard, and words that only the script of the
# translation editor spells out, for screen readers.
ALLOWED = {
    "more actions",
    "english",
    "url",
    "html",
    "id",
    "slug",
    "email",
    "wagtail",
    "esc",
    "csv",
    "xlsx",
}
TEXTS = """
() => {
  const found = [];
  const skipped = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'CODE', 'KBD']);
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) {
        const parent = node.parentElement;
        // A counter without a number holds Python's None, hidden.
        const counter = parent?.hidden && parent.matches('[data-side-panel-toggle-counter]');
        if (!counter && !skipped.has(parent?.tagName)) found.push(node.data);
        continue;
      }
      if (node.tagName === 'TEMPLATE') visit(node.content);
      if (node.shadowRoot) visit(node.shadowRoot);
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        if (node.hasAttribute(name)) found.push(node.getAttribute(name));
      }
      if (node.matches('input[type=submit], input[type=button]')) found.push(node.value);
    }
  };
  visit(document.body);
  return found;
}
"""


@cache
def english() -> frozenset[str]:
    """Messages of the packages and our own whose Vietnamese is another text."""
    known: set[str] = set()
    for domain in ("django", "djangojs"):
        catalogue = DjangoTranslation("vi", domain=domain)._catalog
        texts = [(key[0], key[1]) for key in messages(domain)]
        texts += [(None, text) for text in own_messages()] if domain == "django" else []
        for context, text in texts:
            key = f"{context}\x04{text}" if context else text
            vietnamese = catalogue.get(key) or catalogue.get((key, 0)) or ""
            if tidy(text) != tidy(vietnamese) and re.search("[a-z]{2}", text):
                known.add(tidy(text))
    return frozenset(known) - ALLOWED


def own_messages() -> list[str]:
    from extract_messages import read_catalogue

    held: list[Message] = [message for message in read_catalogue() if message.id]
    return [message.id if isinstance(message.id, str) else message.id[0] for message in held]


def tidy(text: str) -> str:
    return " ".join(text.split()).casefold()


def read_texts(page: Page, url: str) -> list[str] | None:
    """The texts of a screen, or of the dialogue that a script would open; None if refused."""
    probe = page.request.get(url, max_redirects=0)
    if probe.status != 200:
        return None
    if "json" in probe.headers.get("content-type", ""):
        page.set_content(json.loads(probe.body()).get("html") or "")
    else:
        page.goto(url, wait_until="load")
    return page.evaluate(TEXTS)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("role", ["administrator", "editor"])
def test_every_screen_is_in_vietnamese(live_server, browser: Browser, role: str) -> None:
    made = make_content()
    page = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh").new_page()
    sign_in(page, made[role], live_server.url)
    wrong, seen = [], 0
    titles = {tidy(title) for title in WagtailPage.objects.values_list("title", flat=True)}
    for name, address in list_addresses(made).items():
        texts = read_texts(page, live_server.url + address)
        if texts is None:
            continue
        seen += 1
        found = {text.strip() for text in texts if tidy(text) in english() - titles}
        wrong += [f"{name} ({address}): {text!r}" for text in sorted(found)]
    page.context.close()
    assert not wrong, f"{len(wrong)} texts:\n" + "\n".join(wrong)
    assert seen > (100 if role == "administrator" else 20), f"only {seen} screens answered"
