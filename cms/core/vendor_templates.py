"""Words that templates of packages spell out in English, made translatable when they are read.

A copy of such a template would have to follow each of the package's versions; here only the words
are named. A test tells when a template has them no more.
"""

from __future__ import annotations

from django.template.base import Origin
from django.template.loaders import app_directories

LAST = (
    '{% include "wagtailadmin/shared/user_avatar.html" with user=page.last_published_by '
    "username=page.last_published_by_user %}"
)
# Template: what it says and what it is to say. The tag `translate` is built in.
WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "wagtailadmin/home.html": (('value="Search"', "value=\"{% translate 'Search' %}\""),),
    "wagtailadmin/shared/header.html": (('value="Search"', "value=\"{% translate 'Search' %}\""),),
    # Published by nobody who signed in, an import for one: an empty cell, not Python's None.
    "wagtailadmin/reports/aging_pages_results.html": (
        (LAST, f"{{% if page.last_published_by %}}{LAST}{{% endif %}}"),
    ),
    "wagtailadmin/shared/headers/_actions.html": (
        ('aria-label="Actions"', "aria-label=\"{% translate 'Actions' %}\""),
    ),
}


class Loader(app_directories.Loader):
    """Django's loader of the apps' templates, which puts tags in the place of such words."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source of the template."""
        source = super().get_contents(origin)
        for words, tag in WORDS.get(str(origin.template_name), ()):
            source = source.replace(words, tag)
        return source
