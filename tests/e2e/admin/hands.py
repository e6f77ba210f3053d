"""Two ways of working a page: with the mouse, and with the keyboard alone.

A journey is written once against these and walked with both.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# A form of a procedure has some hundred stops; more means that the place cannot be reached.
STOPS = 400
IS_FOCUSED = "node => node === document.activeElement"
# A dialog stands last in the document, but holds the focus while it is open.
LIES_BEFORE = """node => document.activeElement !== document.body
    && Boolean(document.activeElement.compareDocumentPosition(node) & 2)"""


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Follow a link, press a button."""
        target.click()

    def tab(self, target: Locator) -> None:
        """Open one of the tabs of a form."""
        target.click()

    def write(self, target: Locator, text: str) -> None:
        """Put `text` in place of what stands in a field."""
        target.fill(text)

    def upload(self, target: Locator, path: Path) -> None:
        """Hand a file to a file field."""
        target.set_input_files(path)


class Keyboard:
    """Reaches everything with Tab and the arrows; never touches the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus, and see that the focus is shown."""
        target.wait_for()
        key = "Shift+Tab" if target.evaluate(LIES_BEFORE) else "Tab"
        for _ in range(STOPS):
            if target.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press(key)
        expect(target).to_be_focused()
        assert target.evaluate("node => node.matches(':focus-visible')")

    def press(self, target: Locator) -> None:
        """Follow a link, press a button."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def tab(self, target: Locator) -> None:
        """Open one of the tabs of a form: the arrows lead from tab to tab."""
        tabs = target.locator("xpath=ancestor::*[@role='tablist']").get_by_role("tab")
        self.reach(tabs.and_(self.page.locator("[aria-selected=true]")))
        while not target.evaluate(IS_FOCUSED):
            before = self.page.evaluate("document.activeElement.id")
            self.page.keyboard.press("ArrowRight")
            self.page.wait_for_function("id => document.activeElement.id !== id", arg=before)
        expect(target).to_have_attribute("aria-selected", "true")

    def write(self, target: Locator, text: str) -> None:
        """Put `text` in place of what stands in a field."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def upload(self, target: Locator, path: Path) -> None:
        """Hand a file to a file field."""
        self.reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(path)
