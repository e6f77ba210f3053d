"""Images and files that editors publish. Citizens' papers never live here."""

from __future__ import annotations

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture of the public pages; `description` is its default alternative text."""

    # No tags: they are one list for all agencies.
    admin_form_fields = tuple(name for name in Image.admin_form_fields if name != "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")

    def get_upload_to(self, filename: str) -> str:
        """Put the file where nobody can guess it: it is served before its page is published."""
        name: str = super().get_upload_to(filename)
        folder, _slash, rest = name.partition("/")
        secret = salted_hmac("cms.core.rendition", str(self.image_id), algorithm="sha256")
        return f"{folder}/{secret.hexdigest()[:24]}/{rest}"


class PortalDocument(AbstractDocument):
    """A published file, mostly a blank form of a procedure."""

    admin_form_fields = tuple(name for name in Document.admin_form_fields if name != "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
