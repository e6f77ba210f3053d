"""Files and pictures of an agency are public when a live page shows them, and not before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from cms.core.models import PortalDocument, PortalImage
from services.accounts.models import AgencyAccess
from services.accounts.states import Role
from tests.factories import AgencyFactory, Portal, ProcedureFactory, StandardFactory
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def make_document(collection: Collection) -> PortalDocument:
    file = ContentFile(b"%PDF-1.4", "don.pdf")
    return PortalDocument.objects.create(title="Đơn", file=file, collection=collection)


@pytest.fixture(autouse=True)
def _real_files(settings: Any, tmp_path: Path) -> None:
    """Files are sent from a folder; the tests' storage in memory has none."""
    settings.MEDIA_ROOT = tmp_path
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


@pytest.fixture
def world(portal: Portal) -> dict[str, Any]:
    ours, theirs = AgencyFactory(), AgencyFactory()
    people = {"ours": make_member(ours, Role.EDITOR), "theirs": make_member(theirs, Role.EDITOR)}
    collection = AgencyAccess.objects.get(agency=theirs).collection
    return {**people, "agency": theirs, "document": make_document(collection)}


def status(document: PortalDocument, user: Any = None) -> int:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(document.url).status_code


def test_unused_file_is_for_its_own_people(world: dict[str, Any]) -> None:
    document = world["document"]
    assert status(document) == 404
    assert status(document, world["ours"]) == 404
    assert status(document, world["theirs"]) == 200


@pytest.mark.parametrize(("live", "expected"), [(True, 200), (False, 404)])
def test_form_of_a_paper_follows_its_page(world: dict[str, Any], live: bool, expected: int) -> None:
    papers = [{"name": "Đơn", "form_file": world["document"]}]
    page = ProcedureFactory(parent=world["agency"], documents=papers)
    Page.objects.filter(pk=page.pk).update(live=live)
    assert status(world["document"]) == expected


def test_file_in_the_text_of_a_live_page(world: dict[str, Any]) -> None:
    StandardFactory(body=[("file", world["document"])])
    assert status(world["document"]) == 200


def test_files_of_the_portal_are_public(portal: Portal) -> None:
    assert status(make_document(Collection.get_first_root_node())) == 200


def test_address_of_a_picture_cannot_be_guessed(portal: Portal) -> None:
    """Pictures are served without asking: their addresses hold what nobody can work out."""
    image = PortalImage.objects.create(title="Ảnh", file=get_test_image_file("anh.png"))
    other = PortalImage.objects.create(title="Ảnh", file=get_test_image_file("anh2.png"))
    names = [item.get_rendition("max-165x165").file.name for item in (image, other)]
    secrets = [name.split("/")[1] for name in names]
    assert all(name.startswith("images/") and len(name.split("/")) == 3 for name in names)
    assert all(len(secret) >= 20 for secret in secrets)
    assert secrets[0] != secrets[1]
