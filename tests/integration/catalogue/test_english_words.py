"""English pages: labels in English, and every Vietnamese word marked as Vietnamese."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from home.models import FeaturedProcedure
from tests.factories import (
    AgencyFactory,
    GuideFactory,
    LegalDocumentFactory,
    LifeEventFactory,
    NewsFactory,
    OutageFactory,
    Portal,
    ProcedureFactory,
    SectorFactory,
    StandardFactory,
    translate,
)
from tests.factories.articles import guide_part
from tests.integration.html import get, main_text, unmarked

pytestmark = pytest.mark.django_db

# Letters that no English word has; the words for money and for the portal's owner apart.
LETTERS = "ăâđêôơưàảãạắằẳẵặấầẩẫậèẻẽẹếềểễệìỉĩịòỏõọốồổỗộớờởỡợùủũụứừửữựỳỷỹỵ"
LETTERS += LETTERS.upper()
MONEY = "đồng"
ADDRESSES = [
    "/", "/thu-tuc/", "/thu-tuc/?linh-vuc=dat-dai&co-quan=so", "/linh-vuc/", "/linh-vuc/dat-dai/",
    "/su-kien/", "/su-kien/sinh-con/", "/doi-tuong/citizen/", "/co-quan/", "/co-quan/so/",
    "/co-quan/xa-phuong/", "/co-quan/xa-phuong/phuong/", "/co-quan/so/mau/", "/co-quan/so/dich/",
    "/co-quan/so/bai-bo/", "/van-ban/1-2025-nd-cp/", "/huong-dan/", "/huong-dan/cach-nop/",
    "/tin-tuc/", "/tin-tuc/tin/", "/gioi-thieu/", "/khong-co/",
]  # fmt: skip


@pytest.fixture
def content(portal: Portal) -> None:
    agency = AgencyFactory(
        title="Sở Nội vụ", slug="so", two_accounts=True, demo=True, hours_note="Nghỉ lễ",
        description="<p>Giới thiệu</p>", responsibilities="<p>Việc</p>",
    )  # fmt: skip
    group = AgencyFactory(group=True, title="Xã, phường", slug="xa-phuong")
    AgencyFactory(parent=group, kind="commune", title="Phường Một", slug="phuong")
    AgencyFactory(parent=group, kind="commune", title="Phường Hai", slug="phuong-hai")
    guide = GuideFactory(
        title="Cách nộp hồ sơ", slug="cach-nop", parts=[guide_part("I.", "Nộp phí", agency)]
    )
    law = LegalDocumentFactory(number="1/2025/NĐ-CP", title="Quy định về hộ tịch")
    common = {
        "parent": agency, "sectors": [SectorFactory(name="Đất đai")], "legal_bases": [law],
        "life_events": [LifeEventFactory(name="Sinh con đẻ cái", slug="sinh-con")],
        "summary": "Người có đất.", "conditions": "<p>Điều kiện</p>", "related_guides": [guide],
        "authority": "Ủy ban nhân dân xã", "ministry": "Bộ Nội vụ", "decision_number": "9/QĐ-BNV",
    }  # fmt: skip
    page = ProcedureFactory(**common, slug="mau", three_cases=True, unverified=True)
    other = ProcedureFactory(
        **common, slug="dich", related_procedures=[page], handled_at=[group],
        fees=[{"kind": "text", "text": "Theo hợp đồng dịch vụ", "per": "hồ sơ"}],
    )  # fmt: skip
    translate(other, title="Land", official_name="Registration of land")
    ProcedureFactory(
        **common, slug="bai-bo", repealed=True, successor=page, repealed_note="Đã có thủ tục khác"
    )
    NewsFactory(title="Tin đầu tiên", slug="tin", date=date(2026, 11, 1))
    StandardFactory(title="Giới thiệu cổng", slug="gioi-thieu", in_footer=True)
    OutageFactory(headline_en="", text_en="")
    OutageFactory(headline_en="", text_en="", procedures=[page, other])
    FeaturedProcedure.objects.create(page=portal.home, procedure=page)


def test_every_vietnamese_word_is_marked(client: Client, content: None) -> None:
    complaints = []
    for path in ADDRESSES:
        document = get(client, f"/en{path}", 404 if "khong-co" in path else 200)
        assert document.html["lang"] == "en"
        found = [text for text in unmarked(document, LETTERS) if text.split()[-1] != MONEY]
        complaints += [f"{path}: {text[:120]}" for text in found if MONEY not in text]
    assert not complaints, "\n".join(dict.fromkeys(complaints))


def test_labels_are_english(client: Client, content: None) -> None:
    text = main_text(get(client, "/en/co-quan/so/mau/"))
    for label in (
        "Papers to hand in", "Time and fee", "How to pay", "Steps", "Result", "Legal bases",
        "Illustrative figures, not verified", "Requirements and conditions", "not translated yet",
    ):  # fmt: skip
        assert label.lower() in text.lower(), label


def test_a_translated_guide_is_named_in_english_beside_a_procedure(
    client: Client, content: None
) -> None:
    from catalogue.models import GuidePage

    translate(GuidePage.objects.get(slug="cach-nop"), title="How to file")
    text = main_text(get(client, "/en/co-quan/so/mau/"))
    assert "How to file" in text
    assert "Cách nộp hồ sơ" not in text


def test_vietnamese_pages_have_no_english_labels(client: Client, content: None) -> None:
    words = ("Papers", "Search", "Filter", "Download", "Agency", "Language", "Skip to", "not publ")
    for path in ADDRESSES:
        response = client.get(path)
        text = " ".join(get(client, path, response.status_code).get_text(" ").split())
        for word in words:
            assert word not in text.replace("Registration of land", ""), (path, word)
