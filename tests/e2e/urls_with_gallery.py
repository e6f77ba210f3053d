"""The portal's addresses with the gallery, which they have in development only."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from cms.core.views_gallery import show_gallery
from cms.urls import urlpatterns as portal

urlpatterns = [
    *i18n_patterns(path("_components/", show_gallery), prefix_default_language=False),
    *portal,
]
