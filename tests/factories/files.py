"""Blank forms."""

from __future__ import annotations

import factory
from django.core.files.base import ContentFile

from cms.core.models import PortalDocument


class FormFileFactory(factory.django.DjangoModelFactory):
    """A small blank form; `content` and `extension` are those of its file."""

    class Meta:
        model = PortalDocument

    class Params:
        extension = "docx"
        content = b"blank form"

    title = factory.Sequence(lambda n: f"Tờ khai số {n}")
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, f"mau.{o.extension}"))
