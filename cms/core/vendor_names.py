"""Names of other packages' models and fields that no message catalogue reaches.

Django makes them of class and attribute names, so they stay English whatever the language. They
are set when the apps are ready, on what forms and lists read; migrations read the original names
and see no change. This room refuses to change anything but names; hard-coded words in templates
are `vendor_templates`' business.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.forms import boundfield
from django.forms.utils import pretty_name
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# Label of the model: its name, and the name of many where it is another.
MODELS: dict[str, tuple[Any, Any]] = {
    "wagtailcore.Locale": (_("language"), _("languages")),
    "wagtailcore.UploadedFile": (_("uploaded file"), _("uploaded files")),
    "wagtailcore.WorkflowContentType": (_("workflow of a type"), _("workflows of types")),
    "wagtailcore.PageSubscription": (_("page subscription"), _("page subscriptions")),
    "wagtailcore.ReferenceIndex": (_("reference"), _("references")),
    "wagtailadmin.Admin": (_("administration"), _("administration")),
    "wagtailadmin.EditingSession": (_("editing session"), _("editing sessions")),
    "wagtailadmin.FormState": (_("state of a form"), _("states of forms")),
    "wagtailsearch.IndexEntry": (_("search entry"), _("search entries")),
    "wagtailsearch.SQLiteFTSIndexEntry": (_("search entry"), _("search entries")),
    "wagtailimages.Rendition": (_("rendition"), _("renditions")),
    "wagtail_localize.TranslatableObject": (_("translatable object"), _("translatable objects")),
    "wagtail_localize.TranslationSource": (_("translation source"), _("translation sources")),
    "wagtail_localize.Translation": (_("translation"), _("translations")),
    "wagtail_localize.TranslationLog": (_("translation log"), _("translation logs")),
    "wagtail_localize.TranslationContext": (_("place of a text"), _("places of texts")),
    "wagtail_localize.String": (_("source text"), _("source texts")),
    "wagtail_localize.StringTranslation": (_("translated text"), _("translated texts")),
    "wagtail_localize.Template": (_("text pattern"), _("text patterns")),
    "wagtail_localize.SegmentOverride": (_("replaced value"), _("replaced values")),
    "wagtail_localize.StringSegment": (_("text to translate"), _("texts to translate")),
    "wagtail_localize.TemplateSegment": (_("pattern to translate"), _("patterns to translate")),
    "wagtail_localize.RelatedObjectSegment": (_("related object"), _("related objects")),
    "wagtail_localize.OverridableSegment": (_("replaceable value"), _("replaceable values")),
    "wagtail_localize.LocaleSynchronization": (
        _("language synchronisation"),
        _("language synchronisations"),
    ),
    "mfa.Authenticator": (_("second step of the sign-in"), _("second steps of the sign-in")),
    "usersessions.UserSession": (_("session"), _("sessions")),
    "django_tasks_database.DBTaskResult": (_("background task"), _("background tasks")),
}
# Names of fields that Django makes of the attribute; the same word means the same everywhere.
FIELDS: dict[str, Any] = {
    "action": _("action"),
    "alias_of": _("alias of"),
    "body": _("content"),
    "comment": _("comment"),
    "content_type": _("type"),
    "created_at": _("created at"),
    "data": _("content"),
    "draft_title": _("draft title"),
    "email_address": _("e-mail"),
    "enabled": _("enabled"),
    "field_error": _("error"),
    "file": _("file"),
    "file_hash": _("fingerprint of the file"),
    "file_size": _("file size"),
    "focal_point_height": _("height of the focal point"),
    "focal_point_width": _("width of the focal point"),
    "focal_point_x": _("focal point from the left"),
    "focal_point_y": _("focal point from the top"),
    "has_error": _("has an error"),
    "height": _("height"),
    "image": _("image"),
    "key": _("code"),
    "label": _("label"),
    "language_code": _("language"),
    "last_translated_by": _("last translated by"),
    "last_updated_at": _("last updated"),
    "link_text": _("text of the link"),
    "locale": _("language"),
    "page": _("page"),
    "parent": _("parent page"),
    "permissions": _("permissions"),
    "phone_number": _("phone"),
    "port": _("port"),
    "position": _("position"),
    "procedure": _("procedure"),
    "restriction_type": _("kind of restriction"),
    "revision": _("revision"),
    "role": _("role"),
    "root_page": _("root page"),
    "site": _("site"),
    "site_name": _("name of the site"),
    "sort_key": _("sort key"),
    "sort_order": _("order"),
    "source": _("source"),
    "subject": _("subject"),
    "sync_from": _("synchronised from"),
    "tag": _("tag"),
    "target_locale": _("target language"),
    "text": _("text"),
    "title": _("title"),
    "translation_key": _("translation key"),
    "updated_at": _("updated at"),
    "url": _("address"),
    "user": _("user"),
    "width": _("width"),
}
APPS: dict[str, Any] = {
    "wagtail_localize": _("Translation"),
    "wagtaillocales": _("Languages"),
    "django_tasks": _("Background tasks"),
    "django_tasks_database": _("Background tasks"),
    "modelcluster": _("Page rows"),
    "wagtailsettings": _("Settings"),
}


def name_models() -> None:
    """Name the models of `MODELS`; which of them there are depends on the database too."""
    for model in apps.get_models():
        if model._meta.label in MODELS:
            model._meta.verbose_name, model._meta.verbose_name_plural = MODELS[model._meta.label]


def name_fields() -> None:
    """Name every field that has no name of its own, in all models."""
    for model in apps.get_models(include_auto_created=True):
        field: Any
        for field in model._meta.get_fields(include_hidden=True):
            nameless = getattr(field, "_verbose_name", "") is None
            if nameless and field.name in FIELDS:
                field.verbose_name = FIELDS[field.name]


def name_apps() -> None:
    """Name the apps whose names lists of permissions show."""
    for label, name in APPS.items():
        if label in apps.app_configs:
            apps.app_configs[label].verbose_name = name


def label_of(name: str) -> str:
    """Return the label of a form field that has none of its own."""
    return str(capfirst(FIELDS[name])) if name in FIELDS else pretty_name(name)


def name_forms() -> None:
    """Label form fields without a label; Django makes one of the field's name when it draws."""
    boundfield.pretty_name = label_of  # type: ignore[attr-defined]


def name_columns() -> None:
    """Name columns of lists, which Wagtail names once and for all, and what a search lists."""
    from wagtail.admin.views.pages.search import SearchView
    from wagtail.models import Page
    from wagtail.sites.views import IndexView

    SearchView.verbose_name = Page._meta.verbose_name
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    for column in IndexView.columns:
        if getattr(column, "name", "") in {"port", "site_name", "root_page"}:
            column.label = capfirst(FIELDS[column.name])


def name_everything() -> None:
    """Name models, fields, forms and apps; called once when all apps are loaded."""
    name_models()
    name_fields()
    name_forms()
    name_apps()
