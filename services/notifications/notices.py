"""The words that every mail ends with. Who writes a mail puts them below its text.

A text message has none: it is short, and its sender is the name agreed with the carrier.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core.frame_state import get_frame_state
from cms.core.page_frame import build_portal


def sign_off(language: str) -> str:
    """Give the end of a mail in `language`: whose portal it is, do not answer, the help line.

    It begins with an empty line, so that it can follow the text as it is.
    """
    with override(language):
        portal = build_portal(get_frame_state()["settings"], language)
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
