"""The only place where the apps' addresses meet."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from catalogue.sitemaps import SITEMAPS
from cms.core.serving import serve
from cms.core.views import robots
from cms.core.views_gallery import show_gallery
from services.notifications.views import show_messages

# One way in for everybody, with limits and the second factor.
admin_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
sitemaps = {"sitemaps": SITEMAPS}

urlpatterns = [
    path("health/", include("cms.core.urls_health")),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {**sitemaps, "sitemap_url_name": "sitemap"}, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemap, sitemaps, name="sitemap"),
    path("admin/login/", admin_login, name="admin_sign_in"),
    path("admin/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
]

# Published pictures; files go through `tep/`, which asks for permission.
if not settings.MEDIA_URL.startswith("http"):
    pictures = {"document_root": settings.MEDIA_ROOT}
    urlpatterns.append(re_path(r"^media/(?P<path>images/.+)$", serve_file, pictures))

# Asked by whatever counts how often a page is called.
handler429 = "services.accounts.views.limits.answer_429"

FOR_DEVELOPERS = [
    path("_components/", show_gallery, name="component_gallery"),
    path("_messages/", show_messages, name="developer_messages"),
]
urlpatterns += i18n_patterns(
    *(FOR_DEVELOPERS if settings.DEBUG else []),
    path("", include("catalogue.urls")),
    path("", include("search.urls")),
    path("", include("services.accounts.urls")),
    path("", include("cms.core.captcha.urls")),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
