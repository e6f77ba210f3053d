"""The page of a procedure answers first; what nobody published is said to be so."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone

from catalogue.models import ProcedurePage
from cms.core.models import CalendarOverride
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    LegalDocumentFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
)
from tests.factories.procedures import papers
from tests.integration.html import get, main_text, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/co-quan/so/mau/"


def make(**values: Any) -> ProcedurePage:
    parent = values.pop("parent", None) or AgencyFactory(slug="so")
    return ProcedureFactory(parent=parent, slug="mau", **values)


def answers(document: BeautifulSoup) -> dict[str, str]:
    """The facts of the first screen by their label."""
    found = {}
    for term in document.select("dl.mc-answer dt"):
        value = term.find_next_sibling("dd")
        assert isinstance(value, Tag)
        found[text_of(term)] = text_of(value)
    return found


@pytest.fixture
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ten in the morning of Wednesday 25/11/2026, in Vietnam."""
    moment = datetime(2026, 11, 25, 3, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_the_first_screen_answers(client: Client, portal: Portal, wednesday: None) -> None:
    make(summary="Người cần giấy.")
    document = get(client, ADDRESS)
    found = answers(document)
    assert len(found) == 4
    fee, promise, prepare, place = found.values()
    assert fee.startswith("30.000 đồng")
    assert promise.startswith("Thứ Tư 02/12/2026")
    assert "5 ngày làm việc" in promise
    assert prepare.startswith("2 loại giấy tờ")
    assert "Sở Minh hoạ" in place
    assert "Công dân Việt Nam" in main_text(document)
    parts = [section["id"] for section in document.main.find_all("section", id=True)]
    assert parts == [
        "nop-gi", "thoi-han", "thanh-toan", "cac-buoc", "noi-nop", "ket-qua", "can-cu", "thong-tin",
    ]  # fmt: skip


def test_a_correction_of_the_calendar_moves_the_promise(
    client: Client, portal: Portal, wednesday: None
) -> None:
    make()
    CalendarOverride.objects.create(date=date(2026, 11, 30), is_working=False, reason="Nghỉ bù")
    assert "Thứ Năm 03/12/2026" in list(answers(get(client, ADDRESS)).values())[1]


def test_nothing_published_is_said_and_never_zero(client: Client, portal: Portal) -> None:
    make(bare=True, audiences=[], parent=AgencyFactory(slug="so", bare=True))
    for prefix, words in (("", "chưa công bố"), ("/en", "not published yet")):
        document = get(client, prefix + ADDRESS)
        found = answers(document)
        values = list(found.values())
        assert values[0].lower().startswith(words)
        assert values[1].lower().startswith(words)
        assert values[2].lower().startswith(words)
        text = main_text(document)
        assert not re.search(r"\b0 (đồng|loại|papers|ngày|days)", text)
        assert "None" not in text
        for section in ("ket-qua", "can-cu", "noi-nop", "thong-tin"):
            assert words in text_of(document.find(id=section)).lower(), section
        assert document.find(id="thanh-toan") is None


@pytest.mark.parametrize(
    ("values", "fee"),
    [
        ({"free": True}, "Miễn phí"),
        ({"percentage": True}, "1,6 %"),
        ({"three_cases": True}, "430.000 đồng"),
        ({"fees": [{"kind": "text", "text": "Theo hợp đồng"}]}, "Theo hợp đồng"),
        ({"fees": [{"kind": "amount", "amount": 1_600_000}]}, "1.600.000 đồng"),
    ],
)
def test_fees_of_every_kind(
    client: Client, portal: Portal, values: dict[str, Any], fee: str
) -> None:
    make(**values)
    assert fee in answers(get(client, ADDRESS))["Lệ phí"]


def test_a_free_procedure_shows_no_account(client: Client, portal: Portal) -> None:
    make(free=True)
    assert get(client, ADDRESS).find(id="thanh-toan") is None


def test_hours_are_promised_as_hours(client: Client, portal: Portal) -> None:
    make(in_hours=True)
    assert "8 giờ làm việc" in main_text(get(client, ADDRESS))


def test_cases_and_ways_are_compared(client: Client, portal: Portal) -> None:
    make(three_cases=True)
    document = get(client, ADDRESS)
    text = text_of(document.find(id="thoi-han"))
    for words in ("Trường hợp một", "3 ngày", "60.000 đồng", "1 tháng", "8 giờ làm việc"):
        assert words in text, words
    bring = text_of(document.find(id="nop-gi"))
    assert bring.count("Giấy của hai và ba") == 2
    assert bring.count("Tờ khai chung") == 1
    assert "nếu có" in bring


def test_thirty_papers_are_all_there_without_a_script(client: Client, portal: Portal) -> None:
    make(documents=papers(30))
    text = text_of(get(client, ADDRESS).find(id="nop-gi"))
    for number in range(1, 31):
        assert f"Giấy tờ số {number}" in text


def test_a_number_of_papers_without_the_list_is_said(client: Client, portal: Portal) -> None:
    make(documents=[], documents_count=7)
    document = get(client, ADDRESS)
    assert answers(document)["Cần chuẩn bị"].startswith("7 loại giấy tờ")
    assert "chưa công bố" in text_of(document.find(id="nop-gi")).lower()


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "Số liệu minh hoạ, chưa xác minh"), ("/en", "Illustrative figures, not verified")],
)
def test_unverified_facts_are_marked_on_screen_and_in_print(
    client: Client, portal: Portal, prefix: str, words: str
) -> None:
    make(unverified=True)
    document = get(client, prefix + ADDRESS)
    (notice,) = [node for node in document.select(".mc-unverified") if words in text_of(node)]
    assert not notice.find_parent(class_="mc-noprint")
    assert "mc-noprint" not in notice["class"]
    assert notice.find_parent("details") is None


def test_verified_facts_bear_no_mark(client: Client, portal: Portal) -> None:
    make()
    assert not get(client, ADDRESS).select(".mc-unverified")


def test_the_print_names_portal_address_and_day(client: Client, portal: Portal) -> None:
    make(key="1.000001")
    (line,) = get(client, ADDRESS).select(".mc-print")
    assert "testserver/thu-tuc/1.000001/" in text_of(line)
    assert f"{timezone.localdate():%d/%m/%Y}" in text_of(line)


def test_a_repealed_procedure_stays_and_leads_to_its_successor(
    client: Client, portal: Portal
) -> None:
    agency = AgencyFactory(slug="so")
    successor = ProcedureFactory(parent=agency, official_name="Thủ tục thay thế")
    make(parent=agency, repealed=True, successor=successor, filed_elsewhere=True)
    document = get(client, ADDRESS)
    text = main_text(document)
    assert "01/07/2026" in text
    assert "Thủ tục thay thế" in text
    assert "dichvucong.example.vn" not in text
    assert document.find(id="thanh-toan") is None
    assert "Nộp hôm nay" not in text
    assert "Đã bãi bỏ" in main_text(get(client, "/thu-tuc/"))


def test_filing_elsewhere_names_the_host(client: Client, portal: Portal) -> None:
    make(filed_elsewhere=True)
    (button,) = get(client, ADDRESS).select(".mc-act a.govuk-button")
    assert button["href"] == "https://dichvucong.example.vn/nop"
    assert "dichvucong.example.vn" in text_of(button)


def test_two_accounts_are_told_apart_and_the_default_comes_first(
    client: Client, portal: Portal
) -> None:
    make(parent=AgencyFactory(slug="so", two_accounts=True))
    pay = get(client, ADDRESS).find(id="thanh-toan")
    text = text_of(pay)
    assert text.index("0111 0000 00001") < text.index("0222 0000 00002")
    copies = [button["data-copy"] for button in pay.select("[data-copy]")]
    assert "0111000000001" in copies


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_demonstration_warns_before_the_account(
    client: Client, portal: Portal, prefix: str
) -> None:
    make(parent=AgencyFactory(slug="so", demo=True))
    text = text_of(get(client, prefix + ADDRESS).find(id="thanh-toan"))
    warning = "Không chuyển tiền" if not prefix else "transfer"
    assert warning.lower() in text.lower()
    assert text.lower().index(warning.lower()) < text.index("0111")


def test_one_of_many_counters_is_chosen_by_the_reader(client: Client, portal: Portal) -> None:
    owner = AgencyFactory(slug="so")
    group = AgencyFactory(group=True, title="Xã, phường")
    shown = [
        AgencyFactory(parent=group, kind="commune", title=f"Phường {n}", counter_address=f"{n} Phố")
        for n in ("Một", "Hai")
    ]
    make(parent=owner, handled_at=[group])
    document = get(client, ADDRESS)
    place = document.find(id="noi-nop")
    assert [text_of(option) for option in place.select("option")] == ["Phường Hai", "Phường Một"]
    assert "Phố" not in text_of(place)
    chosen = get(client, f"{ADDRESS}?noi={shown[0].pk}")
    assert "Một Phố" in text_of(chosen.find(id="noi-nop"))
    assert "Phường Một" in list(answers(chosen).values())[3]
    for unknown in ("0", "abc", str(owner.pk)):
        assert "Phố" not in text_of(get(client, f"{ADDRESS}?noi={unknown}").find(id="noi-nop"))


def test_law_and_related_pages_are_linked(client: Client, portal: Portal) -> None:
    agency = AgencyFactory(slug="so")
    other = ProcedureFactory(parent=agency, official_name="Thủ tục liên quan")
    gone = ProcedureFactory(parent=agency, official_name="Thủ tục đã gỡ")
    law = LegalDocumentFactory(number="5/2025/NĐ-CP", repealed=True)
    guide = GuideFactory(title="Cách nộp")
    make(
        parent=agency, legal_bases=[law], related_procedures=[other, gone], related_guides=[guide]
    )  # fmt: skip
    gone.unpublish()
    document = get(client, ADDRESS)
    assert "hết hiệu lực" in text_of(document.find(id="can-cu")).lower()
    related = text_of(document.find(id="lien-quan"))
    assert "Thủ tục liên quan" in related
    assert "Cách nộp" in related
    assert "đã gỡ" not in related
    for tag in document.main.find_all("a", href=re.compile(r"^/")):
        assert client.get(tag["href"]).status_code in {200, 302}, tag["href"]
    cited = main_text(get(client, "/van-ban/5-2025-nd-cp/"))
    assert "01/01/2026" in cited
    assert "Đăng ký minh hoạ" in cited


def test_every_link_within_the_page_has_its_target(client: Client, portal: Portal) -> None:
    make(three_cases=True, sectors=[SectorFactory()])
    for prefix in ("", "/en"):
        document = get(client, prefix + ADDRESS)
        ids = [tag["id"] for tag in document.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for tag in document.find_all("a", href=re.compile(r"^#.")):
            assert tag["href"][1:] in ids, tag["href"]
