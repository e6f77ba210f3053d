"""Addresses of the catalogue that are not Wagtail pages."""

from django.urls import path

from catalogue import views
from catalogue.feeds import NewsFeed, ProcedureFeed
from catalogue.models import FacetKind

urlpatterns = [
    path("thu-tuc/", views.procedure_list, name="procedure_list"),
    path("thu-tuc/rss.xml", ProcedureFeed(), name="procedure_feed"),
    path("thu-tuc/<str:key>/", views.procedure_by_key, name="procedure_by_key"),
    path("thu-tuc/<str:key>/bieu-mau.zip", views.procedure_forms, name="procedure_forms"),
    path("thu-tuc/<str:key>/qr.svg", views.procedure_qr, name="procedure_qr"),
    path("linh-vuc/", views.term_index, {"kind": FacetKind.SECTOR}, name="sector_list"),
    path("linh-vuc/<slug:slug>/", views.term, {"kind": FacetKind.SECTOR}, name="sector"),
    path("su-kien/", views.term_index, {"kind": FacetKind.LIFE_EVENT}, name="life_event_list"),
    path("su-kien/<slug:slug>/", views.term, {"kind": FacetKind.LIFE_EVENT}, name="life_event"),
    path("doi-tuong/<str:code>/", views.audience, name="audience"),
    path("van-ban/<slug:slug>/", views.legal_document, name="legal_document"),
    path("tin-tuc/rss.xml", NewsFeed(), name="news_feed"),
]
