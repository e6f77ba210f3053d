"""All blank forms in one file, and the code that leads a phone to the page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import segno
from django.test import Client

from catalogue.models import ProcedurePage
from tests.factories import AgencyFactory, FormFileFactory, Portal, ProcedureFactory
from tests.integration.html import get, main_text

pytestmark = pytest.mark.django_db

KEY = "1.000001"


@pytest.fixture(autouse=True)
def _files_on_disk(settings: Any, tmp_path: Path) -> None:
    """Wagtail sends files from the disk only."""
    settings.MEDIA_ROOT = tmp_path
    kind = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": kind}}


@pytest.fixture
def procedure(portal: Portal) -> ProcedurePage:
    first = FormFileFactory(title="Tờ khai đăng ký", content=b"first")
    second = FormFileFactory(title="Đơn đề nghị", content=b"second", extension="pdf")
    return ProcedureFactory(
        parent=AgencyFactory(slug="so"),
        slug="mau",
        key=KEY,
        documents=[
            {"name": "Đơn", "form_file": second},
            {"name": "Giấy không có mẫu"},
            {"name": "Tờ khai", "form_file": first},
            {"name": "Tờ khai lần nữa", "form_file": first},
        ],
    )


def test_all_forms_come_in_one_file_in_the_order_of_the_papers(
    client: Client, procedure: ProcedurePage
) -> None:
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/thu-tuc/{KEY}/bieu-mau.zip")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/zip"
        assert response["Content-Disposition"].startswith("attachment;")
        assert KEY.replace(".", "-") in response["Content-Disposition"].replace(".", "-")
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == ["01-don-de-nghi.pdf", "02-to-khai-dang-ky.docx"]
            assert archive.read("01-don-de-nghi.pdf") == b"second"


def test_the_page_offers_the_file_and_each_form(client: Client, procedure: ProcedurePage) -> None:
    for prefix in ("", "/en"):
        document = get(client, f"{prefix}/co-quan/so/mau/")
        addresses = [tag["href"] for tag in document.main.find_all("a", href=True)]
        assert f"{prefix}/thu-tuc/{KEY}/bieu-mau.zip" in addresses
        forms = [address for address in addresses if address.startswith("/tep/")]
        assert len(forms) == 3
        for address in forms:
            assert client.get(address).status_code == 200


def test_a_form_that_was_deleted_is_no_longer_offered(
    client: Client, procedure: ProcedurePage
) -> None:
    procedure.documents.get(name="Đơn").form_file.delete()
    addresses = [a["href"] for a in get(client, "/co-quan/so/mau/").main.find_all("a", href=True)]
    assert len([address for address in addresses if address.startswith("/tep/")]) == 2
    response = client.get(f"/thu-tuc/{KEY}/bieu-mau.zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == ["01-to-khai-dang-ky.docx"]


def test_without_forms_there_is_no_file_and_no_link(client: Client, portal: Portal) -> None:
    ProcedureFactory(parent=AgencyFactory(slug="so"), slug="mau", key=KEY)
    assert client.get(f"/thu-tuc/{KEY}/bieu-mau.zip").status_code == 404
    assert "bieu-mau.zip" not in str(get(client, "/co-quan/so/mau/"))


def test_forms_of_an_unpublished_procedure_are_not_given(
    client: Client, procedure: ProcedurePage
) -> None:
    procedure.unpublish()
    assert client.get(f"/thu-tuc/{KEY}/bieu-mau.zip").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_code_holds_the_short_address(
    client: Client, procedure: ProcedurePage, prefix: str
) -> None:
    response = client.get(f"{prefix}/thu-tuc/{KEY}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    drawing = ET.fromstring(response.content)
    assert drawing.tag.endswith("svg")
    assert drawing.find("{http://www.w3.org/2000/svg}title") is not None
    expected = segno.make(f"http://testserver{prefix}/thu-tuc/{KEY}/", error="m")
    buffer = io.BytesIO()
    expected.save(buffer, kind="svg", scale=4, border=2, xmldecl=False)
    path = ET.fromstring(buffer.getvalue()).find("{http://www.w3.org/2000/svg}path")
    assert drawing.find("{http://www.w3.org/2000/svg}path").get("d") == path.get("d")
    document = get(client, f"{prefix}/co-quan/so/mau/")
    (picture,) = document.find_all("img", src=lambda src: src and src.endswith("qr.svg"))
    assert client.get(picture["src"]).status_code == 200
    assert f"testserver{prefix}/thu-tuc/{KEY}/" in main_text(document)
