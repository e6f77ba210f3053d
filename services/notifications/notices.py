"""The words that every mail ends with. Who writes a mail puts them below its text.

A text message has none: it is short, and its sender is the name agreed with the carrier.
"""

from __future__ import annotations

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from cms.core.models import PortalSettings
from cms.core.page_frame import build_portal


def sign_off(language: str) -> str:
    """Give the end of a mail in `language`: whose portal it is, do not answer, the help line.

    It begins with an empty line, so that it can follow the text as it is.
    """
    site = Site.objects.filter(is_default_site=True).first()
    kept = PortalSettings.for_site(site) if site else PortalSettings()
    with override(language):
        portal = build_portal(model_to_dict(kept), language)
        lines = [
            "",
            "",
            "-- ",
            portal.full_name,
            _("This mail was sent by the portal itself. Please do not answer it."),
        ]
        if portal.support_phone:
            words = _("Help line: %(phone)s") % {"phone": portal.support_phone}
            lines.append(f"{words} ({portal.support_hours})" if portal.support_hours else words)
    return "\n".join(lines) + "\n"
