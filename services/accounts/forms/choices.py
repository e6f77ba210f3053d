"""How messages come, and the words that confirm a deletion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.forms import PortalForm
from services.accounts.forms.fields import ReadField, attributes, password_field
from services.accounts.states import Channel
from services.accounts.validators import clean_line


class ChannelsForm(PortalForm):
    """Which channels bring news, and in which language. Only channels that arrive can be chosen."""

    phone = forms.BooleanField(label=_("By text message"), required=False)
    email = forms.BooleanField(label=_("By e-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, addresses: dict[Channel, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in Channel:
            if channel in addresses:
                self.fields[channel.value].help_text = addresses[channel]
            else:
                del self.fields[channel.value]

    @property
    def chosen(self) -> set[Channel]:
        """Return the channels that were ticked."""
        return {channel for channel in Channel if self.cleaned_data.get(channel.value)}

    def clean(self) -> dict[str, Any]:
        """Demand one channel."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(channel.value) for channel in Channel):
            first = next((c.value for c in Channel if c.value in self.fields), None)
            self.add_error(first, gettext("Choose at least one way, or news cannot reach you."))
        return data


class DeleteForm(PortalForm):
    """The password and a typed word: nobody deletes an account by a slip."""

    password = password_field(label=_("Current password"), autocomplete="current-password")
    word = ReadField(
        label=_("Type the word shown above"),
        reader=clean_line,
        max_length=40,
        widget=forms.TextInput(attributes(autocomplete="off", spellcheck="false")),
    )
    widths = {"word": 20}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        if not user.has_usable_password():  # who has none has confirmed in another way
            del self.fields["password"]

    @staticmethod
    def asked_word() -> str:
        """Return the word to type, in the language of the page."""
        return gettext("DELETE")

    def clean_password(self) -> str:
        """Check the password."""
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(gettext("This is not your password."))
        return password

    def clean_word(self) -> str:
        """Check the word; capitals do not matter."""
        word = str(self.cleaned_data["word"])
        if word.casefold() != self.asked_word().casefold():
            raise forms.ValidationError(gettext("Type exactly the word shown above."))
        return word
