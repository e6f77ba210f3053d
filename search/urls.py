"""Addresses of the search."""

from django.urls import path

from search import views

urlpatterns = [
    path("goi-y/", views.suggestions, name="search_suggestions"),
    path("ket-qua-da-mo/", views.opened, name="search_opened"),
]
