"""A page with a form and a captcha, as any app would make one, at /mau/ (and /en/mau/)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.views.generic import FormView

from cms.core.captcha.forms import CaptchaMixin
from cms.core.captcha.view_mixins import CaptchaViewMixin
from cms.core.forms import PasswordInput, PortalForm
from cms.urls import urlpatterns as portal

PAGE = """{% extends "layouts/page.html" %}{% block content %}
<h1 class="govuk-heading-l">Mẫu</h1>
<form method="post" novalidate>{% csrf_token %}
{% if form.errors %}
{% include "components/error_summary.html" with errors=form.summary only %}{% endif %}
{{ form.name.as_field_group }}
{{ form.secret.as_field_group }}
{{ form.captcha.as_field_group }}
<button class="govuk-button" type="submit" data-send>Gửi đi</button></form>{% endblock %}"""


class SampleForm(CaptchaMixin, PortalForm):
    """A name without digits, a password, and the captcha."""

    name = forms.RegexField(r"^\D+$", label="Tên")
    secret = forms.CharField(label="Mật khẩu", required=False, widget=PasswordInput())


class SampleView(CaptchaViewMixin, FormView):
    """Answers "xong" when all is right."""

    form_class = SampleForm

    def form_valid(self, form: SampleForm) -> HttpResponse:
        if not form.consume():
            return self.form_invalid(form)
        return HttpResponse("xong " + form.cleaned_data["name"])

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        page = engines["django"].from_string(PAGE)
        return HttpResponse(page.render({**context, "breadcrumbs": []}, self.request))


urlpatterns = [
    *i18n_patterns(path("mau/", SampleView.as_view()), prefix_default_language=False),
    *portal,
]
