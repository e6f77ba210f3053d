"""Addresses of the search."""

from django.urls import path

from search import views

urlpatterns = [path("goi-y/", views.suggestions, name="search_suggestions")]
