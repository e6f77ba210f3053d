"""What a browser says of itself, in plain words. It guesses from a text that may say anything."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

# The first that is found counts: most browsers name the ones that they resemble as well.
BROWSERS = (
    ("coc_coc_browser|CocCoc", "Cốc Cốc"),
    ("Zalo", "Zalo"),
    ("FBAN|FBAV", "Facebook"),
    ("EdgA?/|EdgiOS", "Microsoft Edge"),
    ("OPR/|Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh|Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def describe_device(user_agent: str) -> str:
    """Return words such as "Chrome on Android"."""
    browser, system = _find(BROWSERS, user_agent), _find(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("unknown device")


def _find(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, text)), "")
