"""A guide's screenshot in translation: its words are translated, its picture may be replaced."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail_localize.models import Translation, TranslationSource

from catalogue.models import GuidePage
from cms.core.models import PortalImage
from home.actions import Words, ensure_page, ensure_translation, prepare_portal
from home.actions.portal import block_id
from services.accounts.models import User

pytestmark = pytest.mark.django_db

WORDS = {
    "Hướng dẫn": "Guide",
    "Đăng nhập": "Sign in",
    "Trang đăng nhập": "The sign-in page",
    "Nút đăng nhập": "The button",
    "Trang có một nút": "A page with a button",
    "Bấm nút.": "Press the button.",
    "I": "I",
}


def make_image() -> PortalImage:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "PNG")
    return PortalImage.objects.create(title="Trang", file=ImageFile(stream, "trang.png"))


def make_guide(image: PortalImage | None) -> GuidePage:
    index = next(page for page in prepare_portal() if page.slug == "huong-dan")
    picture = image and {"image": image.pk, "alt_text": "Trang có một nút", "decorative": False}
    marker = {"x": 10, "y": 20, "label": "Nút đăng nhập"}
    value: dict[str, Any] = {
        "number": "I",
        "heading": "Đăng nhập",
        "introduction": "",
        "screenshot": {
            "image": picture,
            "caption": "Trang đăng nhập",
            "markers": [{"type": "item", "id": block_id("marker"), "value": marker}],
        },
        "instructions": [{"type": "item", "id": block_id("step"), "value": "<p>Bấm nút.</p>"}],
        "callouts": [],
        "bank_account": [],
    }
    parts = [{"type": "part", "id": block_id("part"), "value": value}]
    return ensure_page(index, GuidePage, "thu", title="Hướng dẫn", parts=parts)


@pytest.mark.parametrize("with_picture", [True, False])
def test_screenshot_is_translated(with_picture: bool) -> None:
    guide = make_guide(make_image() if with_picture else None)
    ensure_translation(guide, Words(WORDS))
    english = GuidePage.objects.get(slug="thu", locale__language_code="en")
    part = english.parts[0].value
    assert english.live
    assert part["heading"] == "Sign in"
    assert part["screenshot"]["caption"] == "The sign-in page"
    assert part["screenshot"]["markers"][0]["label"] == "The button"
    assert "Press the button." in str(part["instructions"][0])
    if with_picture:
        assert part["screenshot"]["image"].contextual_alt_text == "A page with a button"
    total, done = Translation.objects.get(source__object_id=guide.translation_key).get_progress()
    assert done == total


def test_editors_see_the_words_of_the_picture(client: Client) -> None:
    guide = make_guide(make_image())
    ensure_translation(guide, Words(WORDS))
    english = GuidePage.objects.get(slug="thu", locale__language_code="en")
    client.force_login(User.objects.create_superuser("nguyen.van.a", "a@motcua.example", "x"))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert answer.status_code == 200
    assert "The button" in answer.content.decode()


def test_a_changed_label_reaches_the_translation() -> None:
    guide = make_guide(None)
    ensure_translation(guide, Words(WORDS))
    guide.parts[0].value["screenshot"]["markers"][0]["label"] = "Nút khác"
    guide.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(guide)
    strings = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert "Nút khác" in strings
    assert "Nút đăng nhập" not in strings
