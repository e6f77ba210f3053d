"""A procedure's alias: Wagtail copies every field into it, but the key is the original's alone."""

from __future__ import annotations

import pytest
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.synctree import create_aliases_for_new_page

from catalogue.models import ProcedurePage
from tests.factories import ProcedureFactory, make_alias

pytestmark = pytest.mark.django_db


def test_an_alias_has_no_key() -> None:
    page = ProcedureFactory(key="1.000001")
    assert make_alias(page).key is None
    assert ProcedurePage.objects.get(pk=page.pk).key == "1.000001"


def test_publishing_brings_the_alias_up_to_date() -> None:
    page = ProcedureFactory(key="1.000001")
    alias = make_alias(page)
    page.summary = "Đã sửa"
    page.save_revision().publish()
    alias = ProcedurePage.objects.get(pk=alias.pk)
    assert (alias.summary, alias.key) == ("Đã sửa", None)
    assert alias.documents.count() == page.documents.count()


def test_a_synchronised_language_gets_an_alias() -> None:
    english = Locale.objects.get(language_code="en")
    LocaleSynchronization.objects.get_or_create(
        locale=english, defaults={"sync_from": Locale.get_default()}
    )
    page = ProcedureFactory()
    create_aliases_for_new_page(page)
    assert page.get_translation(english).alias_of_id == page.pk
