"""The portal's addresses with the developers' pages, which they have in development only."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from cms.core.views_gallery import show_gallery
from cms.urls import urlpatterns as portal
from services.notifications.views import show_messages

urlpatterns = [
    *i18n_patterns(
        path("_components/", show_gallery),
        path("_messages/", show_messages),
        prefix_default_language=False,
    ),
    *portal,
]
