"""A person with a keyboard alone, at phone width, and what they were sent."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 360, "height": 740}
Axe = Callable[[], list[str]]
# A folder here keeps a picture of each state, for somebody to look at.
PICTURES = os.environ.get("JOURNEY_PICTURES", "")


class Keyboard:
    """Moves with Tab, types, presses Enter or Space. It never touches the mouse."""

    def __init__(self, page: Page, url: str, axe: Axe) -> None:
        self.page, self.url, self._axe = page, url, axe
        page.set_viewport_size(PHONE)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus."""
        handle = target.element_handle()
        for _press in range(150):
            if handle.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by keyboard")

    def fill(self, label: str, text: str) -> None:
        """Reach the field of a label, replace what stands there."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def tick(self, label: str) -> None:
        """Reach a checkbox or the radios of a group and choose."""
        box = self.page.get_by_label(label, exact=True)
        if box.get_attribute("type") != "radio":
            self.reach(box)
            self.page.keyboard.press("Space")
            return
        name = box.get_attribute("name")
        self.reach(self.page.locator(f"input[name={name}]:checked"))
        for _press in range(10):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def press(self, button: str, *, leaves: bool = True) -> None:
        """Reach a button or link of this name and press Enter; most lead to another page."""
        named = self.page.get_by_role("button", name=button, exact=True)
        link = self.page.get_by_role("link", name=button, exact=True)
        self.reach(named.or_(link).and_(self.page.locator(":visible")).last)
        if not leaves:
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sees(self, heading: str) -> None:
        """Expect a page, without a fault of accessibility and not wider than the phone."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert self._axe() == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    def picture(self, name: str) -> None:
        """Keep a picture where somebody wants to look."""
        if not PICTURES:
            return
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 740})
            path = Path(PICTURES) / f"{name}-{width}.png"
            self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size(PHONE)


class Letterbox:
    """The one-time codes that were sent, newest last."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def keep(self, code: Any, digits: str, **kwargs: Any) -> None:
        """Receive `code_issued`."""
        self.sent.append((code.address, digits))

    @property
    def newest(self) -> str:
        """Return the digits that came last."""
        return self.sent[-1][1]
