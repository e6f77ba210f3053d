"""Addresses of the captcha, below the language prefix: under /en/ the digits are English."""

from __future__ import annotations

from django.urls import path

from cms.core.captcha import views

urlpatterns = [
    path("ma-xac-nhan/moi/", views.make_new, name="captcha_new"),
    path("ma-xac-nhan/<str:token>.png", views.show_image, name="captcha_image"),
    path("ma-xac-nhan/<str:token>.wav", views.play_audio, name="captcha_audio"),
]
