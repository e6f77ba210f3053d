"""Challenges of the captcha (*Mã xác nhận*); none tells its digits without the secret key."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaptchaChallenge(models.Model):
    """One picture that somebody was asked to read; good for one guess and for one form.

    It knows nothing of who was asked, and no language: the same digits are drawn and spoken.
    """

    token = models.CharField(max_length=64, unique=True)
    answer_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True)
    consumed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("captcha challenge")
        verbose_name_plural = _("captcha challenges")

    def __str__(self) -> str:
        return f"{self.created_at:%d/%m/%Y %H:%M}"
