"""The screens of synonyms and pinned results: who looks after the search changes them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from search.analysis import tokenize
from search.keystrokes import is_syllable
from search.models import SearchEntry, SearchPin, SearchSynonym
from search.models.curation import PINNABLE


class Signed:
    """Write down who changed it."""

    request: Any
    form: Any

    def save_instance(self) -> Any:
        """Save under the name of who asks."""
        self.form.instance.updated_by = self.request.user
        return super().save_instance()  # type: ignore[misc]


class AddView(Signed, generic.CreateView):
    """Add one; the address may fill fields in, as the lists of queries do."""

    prefilled = ("said", "query", "language")

    def get_initial(self) -> dict[str, Any]:
        """Return what the address says."""
        return {
            name: self.request.GET[name][:100]
            for name in self.prefilled
            if name in self.request.GET
        }


class ChangeView(Signed, generic.EditView):
    """Change one."""


def say_author(row: Any) -> str:
    """Who changed it last."""
    person = row.updated_by
    return (person.get_full_name() or person.get_username()) if person else "—"


AUTHORSHIP = [
    Column("updated_by", label=_("Changed by"), accessor=say_author),
    DateColumn("updated_at", label=_("Changed on")),
]


class CuratedViewSet(ModelViewSet):
    """What both screens have in common."""

    add_view_class = AddView
    edit_view_class = ChangeView
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50


class BareWords:
    """Tell who writes words without accents whom they will not serve."""

    request: Any

    def save_instance(self) -> Any:
        """Save, and warn beside the message of success."""
        saved = super().save_instance()  # type: ignore[misc]
        tokens = tokenize(saved.said)
        if all(token.exact == token.folded and is_syllable(token.folded) for token in tokens):
            text = _("“%(said)s” has no accents: whoever types it with accents is not served.")
            messages.warning(self.request, text % {"said": saved.said})
        return saved


class AddSynonymView(BareWords, AddView):
    """Add a synonym."""


class ChangeSynonymView(BareWords, ChangeView):
    """Change a synonym."""


class SynonymIndexView(generic.IndexView):
    """All synonyms."""

    def get_base_queryset(self) -> Any:
        """Return synonyms with who changed them."""
        return super().get_base_queryset().select_related("updated_by")


def say_meanings(row: Any) -> str:
    """All meanings in one line."""
    return "; ".join(row.meanings)


class SynonymViewSet(CuratedViewSet):
    """What people say, and what procedures call it."""

    model = SearchSynonym
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "draft"
    menu_label = _("Synonyms")
    index_view_class = SynonymIndexView
    add_view_class = AddSynonymView
    edit_view_class = ChangeSynonymView
    search_fields = ["said", "means"]
    list_display = [
        TitleColumn(
            "said",
            label=_("What people say"),
            accessor="said",
            get_url=lambda row: reverse("search_synonyms:edit", args=[row.pk]),
        ),
        Column("means", label=_("What procedures call it"), accessor=say_meanings),
        BooleanColumn("both_ways", label=_("Both ways")),
        *AUTHORSHIP,
    ]
    edit_handler = ObjectList([FieldPanel("said"), FieldPanel("means"), FieldPanel("both_ways")])


class PinIndexView(generic.IndexView):
    """All pins, and whether their pages can be found now."""

    def get_base_queryset(self) -> Any:
        """Return pins with what a row shows."""
        found = SearchEntry.objects.filter(page_id=OuterRef("page_id"))
        rows = super().get_base_queryset().select_related("page", "updated_by")
        return rows.annotate(is_public=Exists(found))


def say_state(row: Any) -> str:
    """Whether a pin has an effect."""
    return str(_("Counts") if row.is_public else _("Without effect: the page is not published"))


class PinViewSet(CuratedViewSet):
    """Pages that stand first for a query."""

    model = SearchPin
    name = "search_pins"
    url_prefix = "search/pins"
    icon = "pick"
    menu_label = _("Pinned results")
    index_view_class = PinIndexView
    search_fields = ["query", "page__title"]
    list_display = [
        TitleColumn(
            "query",
            label=_("Query"),
            accessor="query",
            get_url=lambda row: reverse("search_pins:edit", args=[row.pk]),
        ),
        Column("page", label=_("Page that stands first"), accessor="page.title"),
        Column("position", label=_("Position")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("is_public", label=_("State"), accessor=say_state),
        *AUTHORSHIP,
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("query"),
            PageChooserPanel("page", PINNABLE),
            FieldPanel("position"),
            FieldPanel("language"),
        ]
    )
