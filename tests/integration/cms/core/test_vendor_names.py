"""Names that no message catalogue reaches: packages' models and fields, rows of migrations."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.models import Group
from django.template.loader import get_template
from django.utils import translation
from django.utils.text import camel_case_to_spaces
from wagtail.models import Page, Task, Workflow

from cms.core import vendor_names, vendor_templates

# A read table that no screen shows.
UNSEEN = {"catalogue.ListingFacet"}
renaming = import_module("cms.core.migrations.0004_vietnamese_names")


def test_every_model_has_a_name_of_its_own() -> None:
    with translation.override("vi"):
        nameless = [
            model._meta.label
            for model in apps.get_models()
            if str(model._meta.verbose_name) == camel_case_to_spaces(model._meta.object_name)
        ]
    assert set(nameless) <= UNSEEN


def test_fields_that_history_and_forms_show_are_named() -> None:
    locale = apps.get_model("wagtailcore", "Locale")
    with translation.override("vi"):
        assert str(locale._meta.get_field("language_code").verbose_name) == "ngôn ngữ"
        assert str(Page._meta.get_field("alias_of").verbose_name) == "bí danh của"


def test_fields_of_forms_without_labels_are_named() -> None:
    class Form(forms.Form):
        link_text = forms.CharField()
        other_field = forms.CharField()

    with translation.override("vi"):
        labels = [field.label for field in Form()]
    assert labels == ["Chữ của liên kết", "Other field"]


@pytest.mark.parametrize("name", vendor_templates.WORDS)
def test_templates_have_the_words_that_are_made_translatable(name: str) -> None:
    origin = get_template(name).template.origin
    source = Path(origin.name).read_text(encoding="utf-8")
    for words, _tag in vendor_templates.WORDS[name]:
        assert words in source


def test_given_names_are_kept() -> None:
    before = str(Page._meta.get_field("title").verbose_name)
    vendor_names.name_everything()
    assert str(Page._meta.get_field("title").verbose_name) == before


@pytest.mark.django_db
def test_rows_of_first_migrations_are_vietnamese_and_can_be_put_back() -> None:
    def names() -> set[str]:
        found = set(Group.objects.values_list("name", flat=True))
        found |= set(Workflow.objects.values_list("name", flat=True))
        found |= set(Task.objects.values_list("name", flat=True))
        return found | set(Page.objects.filter(depth=1).values_list("title", flat=True))

    english = {"Moderators", "Editors", "Moderators approval", "Root"}
    assert not names() & english
    assert {"Người duyệt", "Biên tập viên", "Gốc"} <= names()
    renaming.backwards(apps, None)
    assert english <= names()
    renaming.forwards(apps, None)
    assert not names() & english
