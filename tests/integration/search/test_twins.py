"""Results of almost one name: together, told apart, none lost, none counted twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import AgencyFactory, Portal, ProcedureFactory
from tests.integration.html import get, text_of

pytestmark = pytest.mark.django_db
LEVELS = {"commune": "Cấp xã", "province": "Cấp tỉnh", "ministry": "Cấp Bộ"}


@pytest.fixture
def city(portal: Portal) -> None:
    agency = AgencyFactory(title="Công an", slug="cong-an")
    names = {
        "commune": "Trình báo mất hộ chiếu",
        "province": "Trình báo mất hộ chiếu phổ thông (thực hiện tại cấp tỉnh)",
        "ministry": "Trình báo mất hộ chiếu (thực hiện tại cấp trung ương)",
    }
    for number, (level, name) in enumerate(names.items()):
        ProcedureFactory(
            parent=agency, official_name=name, key=f"1.00{number}", authority_levels=[level],
            audiences=["citizen"],
        )  # fmt: skip
    ProcedureFactory(parent=agency, official_name="Khôi phục hộ chiếu", key="2.001")


def test_twins_stand_below_the_best_of_them(client: Client, city: None) -> None:
    document = get(client, "/thu-tuc/?q=mat+ho+chieu")
    rows = document.select(".mc-row")
    codes = [row.select_one(".mc-num").get_text() for row in rows]
    assert codes[:2] == ["1.000", "1.002"]
    assert sorted(codes[2:]) == ["1.001", "2.001"][: len(codes) - 2]
    assert [text_of(p) for p in document.select(".mc-row__twins")] == ["2 thủ tục gần như cùng tên"]
    assert len(document.select(".mc-row--twin")) == 2
    apart = [text_of(word) for word in document.select(".mc-row__apart")]
    assert apart == [LEVELS["commune"], LEVELS["ministry"]]


def test_english_readers_are_told_too(client: Client, city: None) -> None:
    document = get(client, "/en/thu-tuc/?q=mat+ho+chieu")
    head = document.select_one(".mc-row__twins")
    assert text_of(head) == "2 procedures with almost the same name"
    assert text_of(document.select_one(".mc-row__apart")) == "Commune"


def test_none_is_lost_over_the_pages(client: Client, portal: Portal, settings: Any) -> None:
    settings.PROCEDURES_PER_PAGE = 2
    agency = AgencyFactory(title="Công an", slug="cong-an")
    for number in range(5):
        aside = f" (cấp {'tỉnh' if number % 2 else 'xã'})" if number < 4 else " phổ thông"
        ProcedureFactory(parent=agency, official_name=f"Mất hộ chiếu{aside}", key=f"1.00{number}")
    seen = []
    for page in (1, 2, 3):
        document = get(client, f"/thu-tuc/?q=mat+ho+chieu&trang={page}")
        assert text_of(document.select_one(".mc-resulthead strong")) == "5 thủ tục"
        seen += [row.get_text() for row in document.select(".mc-row .mc-num")]
    assert sorted(seen) == [f"1.00{number}" for number in range(5)]


def test_twins_cost_no_question(client: Client, city: None) -> None:
    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    assert count("/thu-tuc/?q=mat+ho+chieu") == count("/thu-tuc/?q=khoi+phuc")
