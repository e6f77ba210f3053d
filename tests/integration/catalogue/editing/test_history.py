"""The history compares versions in the words of the form, row by row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from catalogue.models import ProcedureCase, ProcedurePage
from tests.factories import AgencyFactory, ProcedureFactory

pytestmark = pytest.mark.django_db


def words(row: Tag, selector: str) -> str:
    return " ".join(row.select_one(selector).get_text(" ").split())


@pytest.fixture
def compared(portal: Any, admin_client: Client) -> dict[str, str]:
    """What the history tells of two versions, by field."""
    page = ProcedureFactory(
        parent=AgencyFactory(), documents=[{"name": "Một"}, {"name": "Hai"}], steps=[]
    )
    page.audiences = ["citizen"]
    page.cases = [ProcedureCase(name="Cấp lại", code="a1")]
    first = page.save_revision()
    page = ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.audiences = ["citizen", "enterprise"]
    page.is_repealed = True
    page.effective_date = date(2026, 12, 1)
    fee = page.fees.first()
    fee.amount = Decimal(1600000)
    page.fees = [fee]
    one = page.documents.first()
    one.name, one.case_codes = "Một, sửa", ["a1"]
    page.documents = [one]
    second = page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    document = BeautifulSoup(admin_client.get(url).content.decode(), "html.parser")
    return {
        words(row, "td.title").rstrip(":"): words(row, "td.comparison")
        for row in document.select("main tbody tr")
    }


def test_values_are_words(compared: dict[str, str]) -> None:
    assert compared["Đối tượng thực hiện"] == "Công dân Việt Nam Doanh nghiệp"
    assert compared["Đã bãi bỏ"] == "không có"
    assert compared["Có hiệu lực từ"] == "01/12/2026"
    assert "Số tiền hoặc phần trăm 30.000 1.600.000" in compared["Phí, lệ phí"]


def test_rows_tell_what_changed_and_what_went(compared: dict[str, str]) -> None:
    papers = compared["Thành phần hồ sơ"]
    assert papers.startswith("Tên Một , sửa")
    assert "Trường hợp Mọi trường hợp Cấp lại" in papers
    assert "Tên Hai" in papers


def test_nothing_is_said_in_the_words_of_the_machine(compared: dict[str, str]) -> None:
    text = " ".join(compared.values())
    for word in ("True", "False", "None", "[", "citizen", "30000.00", "a1"):
        assert word not in text, word
