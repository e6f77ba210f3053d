"""The only place where the apps' addresses meet."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.core.views_gallery import show_gallery

urlpatterns = [
    path("health/", include("cms.core.urls_health")),
    path("admin/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path("_components/", show_gallery, name="component_gallery"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
