"""A small province for journeys: something of every kind that a citizen may meet."""

from __future__ import annotations

import sqlite3
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Site

from catalogue.models import ProcedurePage
from cms.core.models import PortalSettings
from home.models import FeaturedProcedure
from tests.factories import (
    AgencyFactory,
    FormFileFactory,
    GuideFactory,
    LegalDocumentFactory,
    LifeEventFactory,
    NewsFactory,
    OutageFactory,
    ProcedureFactory,
    SectorFactory,
    StandardFactory,
    create_many,
    make_portal,
    translate,
)
from tests.factories.articles import guide_part
from tests.factories.procedures import papers

BIRTH = "/co-quan/so-minh-hoa/khai-sinh/"
MARRIAGE = "/co-quan/so-minh-hoa/ket-hon/"
REPEALED = "/co-quan/so-minh-hoa/bai-bo/"
BARE = "/co-quan/so-minh-hoa/chua-ro/"
LONG = "/co-quan/so-minh-hoa/ten-dai/"


class City:
    """The province, made once a session and then put back as a whole: that is quicker."""

    kept: sqlite3.Connection | None = None

    @classmethod
    def build(cls) -> None:
        """This method will fill the empty database with the province."""
        if cls.kept is not None:
            connection.ensure_connection()
            cls.kept.backup(connection.connection)
            ContentType.objects.clear_cache()
            return
        make_city()
        if connection.vendor == "sqlite":
            cls.kept = sqlite3.connect(":memory:")
            connection.connection.backup(cls.kept)


def make_city() -> None:
    """This function will make the province; addresses are the constants of this module."""
    portal = make_portal()
    PortalSettings.objects.create(
        site=Site.objects.get(is_default_site=True), province_name="tỉnh Minh Hoạ",
        province_name_en="Illustration Province", support_phone="1900 0000",
        support_email="hoi-dap@example.vn", is_demo=True,
    )  # fmt: skip
    sectors = [SectorFactory(name="Hộ tịch", english="Civil status"), SectorFactory(name="Đất đai")]
    event = LifeEventFactory(name="Sinh con", english="Having a child")
    law = LegalDocumentFactory(number="1/2025/NĐ-CP")
    agency = AgencyFactory(
        slug="so-minh-hoa", title="Sở Minh Hoạ", demo=True, two_accounts=True,
        description="<p>Cơ quan minh hoạ.</p>", responsibilities="<ul><li>Hộ tịch</li></ul>",
    )  # fmt: skip
    communes = AgencyFactory(group=True, title="Xã, phường", slug="xa-phuong")
    for name in ("Phường Một", "Phường Hai", "Xã Ba"):
        AgencyFactory(parent=communes, kind="commune", title=name)
    guide = GuideFactory(
        slug="cach-nop", title="Cách nộp hồ sơ",
        parts=[guide_part("I.", "Chuẩn bị"), guide_part("II.", "Nộp phí", agency)],
    )  # fmt: skip
    common = {"parent": agency, "sectors": sectors, "life_events": [event], "legal_bases": [law]}
    birth = ProcedureFactory(
        **common, slug="khai-sinh", key="1.001193", official_name="Đăng ký khai sinh",
        three_cases=True, unverified=True, related_guides=[guide],
        summary="Cha, mẹ có con mới sinh.", conditions="<p>Con chưa có giấy khai sinh.</p>",
    )  # fmt: skip
    marriage = ProcedureFactory(
        **common, slug="ket-hon", key="1.000894", official_name="Đăng ký kết hôn",
        handled_at=[communes], related_procedures=[birth], filed_elsewhere=True,
        documents=[*papers(29), {"name": "Tờ khai", "form_file": FormFileFactory()}],
    )  # fmt: skip
    translate(
        marriage, {"documents": [{"name": "Identity card"}]},
        title="Marriage", official_name="Registration of marriage",
    )  # fmt: skip
    ProcedureFactory(**common, slug="bai-bo", repealed=True, successor=birth)
    ProcedureFactory(**common, slug="chua-ro", official_name="Việc chưa rõ", bare=True)
    ProcedureFactory(**common, slug="ten-dai", official_name="Cấp giấy phép hoạt động " * 45)
    create_many(25, parent=agency, sectors=sectors)
    _feature(portal.home, [birth, marriage])
    NewsFactory(slug="tin", title="Tin minh hoạ", date=date(2026, 11, 20))
    StandardFactory(slug="kha-nang-tiep-can", title="Khả năng tiếp cận", in_footer=True)
    OutageFactory(announced=True)
    OutageFactory(procedures=[birth])


def _feature(home: object, pages: list[ProcedurePage]) -> None:
    for order, page in enumerate(pages):
        FeaturedProcedure.objects.create(page=home, procedure=page, sort_order=order)
