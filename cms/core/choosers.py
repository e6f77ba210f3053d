"""Fields that point at several pages or terms: a list of what is chosen, and Wagtail's chooser.

A select of thousands of pages costs a second to draw and nobody finds anything in it. What is
sent is the same as from a select, so the form field stays Django's. Titles of drafts are shown
to those who keep them alone; what may be chosen is for `own_references` and the guard to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.admin.staticfiles import versioned_static
from wagtail.coreutils import resolve_model_string
from wagtail.log_actions import get_active_log_context
from wagtail.models import Locale, Page

from cms.core.ownership import own

SCRIPT = "js/admin-chosen.js"
LIST_DEPTH = 3  # root, home page, list page


@dataclass(frozen=True, slots=True)
class Chosen:
    """One line of the list."""

    key: Any
    title: str
    is_public: bool = True


class ManyChooser(forms.SelectMultiple):
    """The list of what is chosen; a button opens the chooser, which may add several at once."""

    template_name = "core/admin/chosen.html"
    response = "chosen"
    scripts = ("wagtailadmin/js/chooser-modal.js", SCRIPT)

    def __init__(self, model: str | type[Model], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.model = model

    @cached_property
    def model_class(self) -> type[Model]:
        """The model whose objects are chosen."""
        found: type[Model] = resolve_model_string(self.model)
        return found

    @property
    def media(self) -> forms.Media:
        """Wagtail's chooser and the script of the list."""
        return forms.Media(js=[versioned_static(name) for name in self.scripts])

    def chooser_url(self) -> str:
        """The address of the chooser."""
        viewset = self.model_class.snippet_viewset.chooser_viewset  # type: ignore[attr-defined]
        return reverse(viewset.get_url_name("choose"))

    def parameters(self) -> dict[str, str]:
        """What the chooser is asked for."""
        return {"multiple": "1"}

    def list_chosen(self, keys: Iterable[Any]) -> list[Chosen]:
        """Return the lines for `keys`; what is gone has none."""
        found = self.model_class._default_manager.filter(pk__in=list(keys))
        return [Chosen(item.pk, str(item)) for item in found]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the list."""
        keys = value if isinstance(value, (list, tuple, set)) else [value]
        keys = [key for key in keys if str(key).isdecimal()]
        chosen = self.list_chosen(keys) if keys else []
        attrs = self.build_attrs(self.attrs, attrs)
        context = {
            "name": name,
            "id": attrs.get("id") or f"id_{name}",
            "described_by": attrs.get("aria-describedby", ""),
            "chosen": sorted(chosen, key=lambda line: line.title.casefold()),
            "url": self.chooser_url(),
            "parameters": self.parameters(),
            "response": self.response,
        }
        return SafeString(render_to_string(self.template_name, context))


class ManyPagesChooser(ManyChooser):
    """Several pages of one type."""

    response = "pageChosen"
    scripts = ("wagtailadmin/js/page-chooser-modal.js", SCRIPT)

    def chooser_url(self) -> str:
        """The address of the page chooser, opened at the list below which such pages lie."""
        pages = self.model_class._default_manager.filter(live=True, locale=Locale.get_default())
        path = pages.values_list("path", flat=True).first() or ""
        above = Page.objects.filter(path=path[: LIST_DEPTH * Page.steplen])
        found = above.values_list("pk", flat=True).first()
        if found is None:
            return reverse("wagtailadmin_choose_page")
        return reverse("wagtailadmin_choose_page_child", args=[found])

    def parameters(self) -> dict[str, str]:
        """Pages of the type alone."""
        return {**super().parameters(), "page_type": self.model_class._meta.label_lower}

    def list_chosen(self, keys: Iterable[Any]) -> list[Chosen]:
        """Return the lines; a draft's title for those who keep it, else the public one."""
        keys = list(keys)
        user = get_active_log_context().user
        pages = Page.objects.filter(pk__in=keys)
        kept = pages if user is None else own(user, Page).filter(pk__in=keys)
        kept_keys = set(kept.values_list("pk", flat=True))
        return [
            Chosen(pk, draft if pk in kept_keys and draft else title, live)
            for pk, title, draft, live in pages.values_list("pk", "title", "draft_title", "live")
        ]
