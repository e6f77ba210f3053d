"""The tree below which all content lives: both home pages and the lists of each portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import factory
from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signals import page_published

from catalogue.models import AgencyIndexPage, GuideIndexPage, NewsIndexPage
from home.models import HomePage

ENGLISH = "en"
INDEXES = (
    ("agencies", AgencyIndexPage, "co-quan", "Cơ quan", "Agencies"),
    ("guides", GuideIndexPage, "huong-dan", "Hướng dẫn", "Guides"),
    ("news", NewsIndexPage, "tin-tuc", "Tin tức", "News"),
)


@dataclass(frozen=True)
class Portal:
    """The pages that every portal has, in Vietnamese."""

    home: HomePage
    agencies: AgencyIndexPage
    guides: GuideIndexPage
    news: NewsIndexPage


def locale(language: str = settings.LANGUAGE_CODE) -> Locale:
    """This function will return the locale of a language."""
    return Locale.objects.get(language_code=language)


def add_page(parent: Page, page: Page) -> Page:
    """This function will save `page` as a live page below `parent`, as one published now."""
    page.locale = page.locale if page.locale_id else parent.locale
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    fresh = Page.objects.get(pk=parent.pk)
    fresh.add_child(instance=page)
    return page


def publish(page: Page) -> None:
    """This function will tell the catalogue that `page` was published, as Wagtail does."""
    page_published.send(sender=type(page), instance=page, revision=None)


def index_page(model: type[Page]) -> Page:
    """This function will return the Vietnamese list page of a kind; it is made when missing."""
    found = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found or getattr(make_portal(), {m: n for n, m, *_ in INDEXES}[model])


def make_portal() -> Portal:
    """This function will make the lists in both languages, where they are missing."""
    homes = {page.locale.language_code: page for page in HomePage.objects.all()}
    lists = {}
    for name, model, slug, title, english in INDEXES:
        page = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if page is None:
            page = add_page(homes[settings.LANGUAGE_CODE], model(title=title, slug=slug))
            own = model(title=english, slug=slug, translation_key=page.translation_key)
            add_page(homes[ENGLISH], own)
        lists[name] = page
    return Portal(home=homes[settings.LANGUAGE_CODE], **lists)


class PageFactory(factory.django.DjangoModelFactory):
    """Makes a live page below `parent` and announces it unless `quiet`."""

    class Meta:
        abstract = True

    @classmethod
    def _build(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        kwargs.pop("parent", None)
        kwargs.pop("quiet", None)
        return super()._build(model_class, *args, **kwargs)

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        quiet = kwargs.pop("quiet", False)
        parent = kwargs.pop("parent")
        page = cls.fill(model_class, kwargs)
        add_page(parent, page)
        if not quiet:
            publish(page)
        return page

    @classmethod
    def fill(cls, model_class: type[Page], values: dict[str, Any]) -> Page:
        """This method will return the unsaved page with its children."""
        return model_class(**values)
