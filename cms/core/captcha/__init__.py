"""The captcha (*Mã xác nhận*): six digits to read or to hear, with or without JavaScript.

A form takes `forms.CaptchaMixin`, its view `view_mixins.CaptchaViewMixin`; the form draws the
captcha with `{{ form.captcha.as_field_group }}` and calls `form.consume()` once all else is right.
This room knows no person and stores no digits: they follow from token and secret key.
"""

from cms.core.captcha.challenges import consume

__all__ = ["consume"]
