"""Page objects: what a citizen sees and does on the public pages, in words of the screen."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


class Screen:
    """Any public page; `base` is the address of the server with the language's prefix."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base

    def open(self, path: str) -> None:
        """This method will open an address below the language's prefix."""
        self.page.goto(self.base + path)

    @property
    def heading(self) -> Locator:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1)

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.get_by_role("main")

    def follow(self, name: str | re.Pattern[str]) -> None:
        """This method will follow the first link of the main part with a name."""
        self.main.get_by_role("link", name=name).first.click()

    def breaks_out(self) -> int:
        """This method will return by how many pixels the page is wider than the window."""
        width: int = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width


class HomeScreen(Screen):
    """The home page."""

    def search(self, words: str) -> None:
        """This method will type into the search box and press Enter."""
        box = self.page.locator("main input[type=search]")
        box.fill(words)
        box.press("Enter")


class ListScreen(Screen):
    """A list of procedures."""

    @property
    def titles(self) -> Locator:
        """The names of the procedures shown."""
        return self.page.locator(".mc-rows .mc-row__title a")

    def tick(self, label: str | re.Pattern[str], button: str) -> None:
        """This method will tick a box of the filters and apply them."""
        self.page.get_by_role("checkbox", name=label).check()
        self.page.get_by_role("button", name=button).click()


class ProcedureScreen(Screen):
    """The page of a procedure."""

    @property
    def answers(self) -> Locator:
        """The facts of the first screen."""
        return self.page.locator("dl.mc-answer")

    def copied(self) -> str:
        """This method will return what lies in the clipboard."""
        text: str = self.page.evaluate("() => navigator.clipboard.readText()")
        return text

    def expect_on_first_screen(self, element: Locator) -> None:
        """This method will fail unless an element lies within the window without scrolling."""
        box = element.bounding_box()
        size = self.page.viewport_size
        assert box is not None
        assert size is not None
        bottom = box["y"] + box["height"]
        assert bottom <= size["height"], f"ends at {bottom} of {size['height']}"
        expect(element).to_be_visible()
