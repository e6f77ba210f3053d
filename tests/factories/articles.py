"""Guides, news and plain pages."""

from __future__ import annotations

from datetime import date

import factory

from catalogue.models import GuideIndexPage, GuidePage, NewsIndexPage, NewsPage, StandardPage
from home.models import HomePage
from tests.factories.trees import PageFactory, index_page, locale


def guide_part(number: str, heading: str, agency: object | None = None) -> tuple[str, dict]:
    """This function will return one part of a guide; with `agency`, its account."""
    bank = {
        "agency": agency,
        "memo_rule": "<p>Ghi rõ họ tên.</p>",
        "examples": ["Nguyễn Văn A nộp phí minh hoạ"],
    }
    value = {
        "number": number,
        "heading": heading,
        "introduction": "<p>Giới thiệu phần này.</p>",
        "screenshot": {"image": None, "caption": "Màn hình minh hoạ", "markers": []},
        "instructions": ["<p>Bấm nút thứ nhất.</p>", "<p>Bấm nút thứ hai.</p>"],
        "callouts": [{"kind": "warn", "text": "<p>Không chuyển tiền thật.</p>"}],
        "bank_account": [bank] if agency else [],
    }
    return "part", value


class GuideFactory(PageFactory):
    """A guide of two parts."""

    class Meta:
        model = GuidePage

    parent = factory.LazyFunction(lambda: index_page(GuideIndexPage))
    title = factory.Sequence(lambda n: f"Hướng dẫn minh hoạ {n}")
    introduction = "Cách nộp hồ sơ."
    parts = factory.LazyFunction(
        lambda: [guide_part("I.", "Chuẩn bị"), guide_part("II.", "Nộp hồ sơ")]
    )


class NewsFactory(PageFactory):
    """An item of news."""

    class Meta:
        model = NewsPage

    parent = factory.LazyFunction(lambda: index_page(NewsIndexPage))
    title = factory.Sequence(lambda n: f"Tin minh hoạ {n}")
    date = date(2026, 11, 20)
    introduction = "Tóm tắt tin."
    body = factory.LazyFunction(lambda: [("text", "<p>Nội dung tin.</p>")])


class StandardFactory(PageFactory):
    """A plain page."""

    class Meta:
        model = StandardPage

    parent = factory.LazyFunction(lambda: HomePage.objects.get(locale=locale()))
    title = factory.Sequence(lambda n: f"Trang minh hoạ {n}")
    introduction = "Giới thiệu trang."
    body = factory.LazyFunction(lambda: [("text", "<p>Nội dung trang.</p>")])
