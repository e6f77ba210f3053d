"""The captcha as a part of any form of a public page."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.captcha import challenges
from cms.core.captcha.challenges import Verdict

LONGEST = 200  # of what is looked at; the rest of a flood is nothing


class CodeField(forms.CharField):
    """Text that is never refused by itself: the form judges it."""

    def clean(self, value: Any) -> str:
        """Return the text, cut."""
        return str(value or "")[:LONGEST].strip()


class CaptchaMixin(forms.Form):
    """Adds `captcha` and its hidden token. A right answer holds while other fields are put right.

    An unbound form makes a challenge when it is drawn. A wrong answer makes a new one.
    """

    captcha_token = CodeField(
        required=False,
        initial=challenges.make_challenge,
        # Or a browser puts the old token beside the new picture when the page is loaded again.
        widget=forms.HiddenInput({"autocomplete": "off"}),
    )
    captcha = CodeField(  # type: ignore[call-arg]  # the stubs lack template_name
        label=_("Security code"),
        help_text=_("Type the 6 digits that you see in the picture or hear"),
        required=False,
        template_name="components/captcha.html",
        widget=forms.TextInput(
            {
                "class": "govuk-input govuk-input--width-10",
                "autocomplete": "off",
                "inputmode": "numeric",
                "spellcheck": "false",
                "required": True,
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_passed = False
        self._is_redrawn = False
        for name in ("captcha_token", "captcha"):  # behind the form's own fields
            self.fields[name] = self.fields.pop(name)

    def clean(self) -> dict[str, Any]:
        """Judge the answer, unless this challenge was passed before."""
        data: dict[str, Any] = super().clean() or {}
        token, answer = data.get("captcha_token", ""), data.get("captcha", "")
        if not answer and challenges.is_open(token):
            self.add_error("captcha", gettext("Enter the security code."))
            return data
        verdict = challenges.judge(token, answer)
        self.is_passed = verdict is Verdict.PASSED
        if verdict is Verdict.WRONG:
            self._refuse(
                gettext(
                    "The security code is not right; the picture has changed, please enter the"
                    " new code."
                )
            )
        elif verdict is Verdict.EXPIRED:
            self._refuse(self._expired())
        return data

    def is_valid(self) -> bool:
        """Tell whether all is right; a form that is only drawn again never is."""
        return not self._is_redrawn and super().is_valid()

    def consume(self) -> bool:
        """Use up the challenge; on False the form carries the error, to be drawn again."""
        if challenges.consume(self._token):
            return True
        self._refuse(self._expired())
        return False

    def renew_captcha(self) -> None:
        """Draw this bound form again as it was typed, unjudged, with another challenge."""
        challenges.drop(self._token)
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        self._is_redrawn = True
        self.fields["captcha"].widget.attrs["autofocus"] = True
        self._replace_challenge()

    @property
    def captcha_image_url(self) -> str:
        """Return the address of the picture."""
        return reverse("captcha_image", args=[self._token])

    @cached_property
    def captcha_audio_url(self) -> str:
        """Return the address of the spoken digits, with other noise each time a form is drawn."""
        return audio_url(self._token)

    @property
    def captcha_new_url(self) -> str:
        """Return where a script gets another challenge."""
        return reverse("captcha_new")

    @property
    def _token(self) -> str:
        return str(self["captcha_token"].value() or "")[:LONGEST]

    def _expired(self) -> str:
        return gettext(
            "The security code has expired; the picture has changed, please enter the new code."
        )

    def _refuse(self, text: str) -> None:
        self.is_passed = False
        self.add_error("captcha", text)
        self._replace_challenge()

    def _replace_challenge(self) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("captcha_token")] = challenges.make_challenge()  # type: ignore[index]
        self.data[self.add_prefix("captcha")] = ""  # type: ignore[index]
        self.__dict__.pop("captcha_audio_url", None)


def audio_url(token: str) -> str:
    """Return an address of the spoken digits with noise of its own."""
    return f"{reverse('captcha_audio', args=[token])}?lan={secrets.token_hex(4)}"
