"""Fields that citizens fill in: each cleans to the stored form, or says in plain words why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.forms import PasswordInput
from services.accounts import validators

EARLIEST = date(1900, 1, 1)


class ReadField(forms.CharField):
    """A line of text read by `reader`."""

    def __init__(self, *, reader: Callable[[str], str], **kwargs: Any) -> None:
        self.reader = reader
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the stored form; NUL and other control characters become spaces."""
        text = str(super().to_python(value) or "")
        text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
        text = text.strip()
        if self.max_length and len(text) > self.max_length:
            return text
        return self.reader(text) if text else ""


class MailField(forms.EmailField):
    """An e-mail address, refused in the portal's words."""

    default_validators = [EmailValidator(_("This is not an e-mail address."))]


def attributes(**given: str) -> dict[str, str]:
    """Return attributes of an input, with hyphens for underscores."""
    return {name.replace("_", "-"): value for name, value in given.items()}


def phone_field(**kwargs: Any) -> ReadField:
    """A mobile number; cleans to E.164."""
    widget = forms.TextInput(attributes(type="tel", inputmode="tel", autocomplete="tel"))
    kwargs.setdefault("label", _("Phone number"))
    return ReadField(reader=validators.clean_phone, widget=widget, max_length=40, **kwargs)


def email_field(**kwargs: Any) -> forms.EmailField:
    """An e-mail address."""
    kwargs.setdefault("label", _("E-mail address"))
    widget = forms.EmailInput(attributes(autocomplete="email", spellcheck="false"))
    return MailField(widget=widget, max_length=254, **kwargs)


def password_field(**kwargs: Any) -> forms.CharField:
    """A password as it is typed, spaces and all."""
    autocomplete = kwargs.pop("autocomplete", "new-password")
    kwargs.setdefault("label", _("Password"))
    widget = PasswordInput(
        attributes(autocomplete=autocomplete, autocapitalize="none", spellcheck="false")
    )
    return forms.CharField(strip=False, max_length=1024, widget=widget, **kwargs)


class DayField(ReadField):
    """A day as people write it: 5/9/1990, 05-09-1990 or 05091990."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attributes(inputmode="numeric", autocomplete="bday"))
        super().__init__(reader=lambda text: text, widget=widget, max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return a date in the past, or None when nothing was given."""
        text = unicodedata.normalize("NFKC", super().clean(value))
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", text)
        found = found or re.fullmatch(r"(\d\d)(\d\d)(\d{4})", text)
        if not found:
            raise ValidationError(
                gettext("Write the day as day/month/year, for example 05/09/1990.")
            )
        day, month, year = (int(part) for part in found.groups())
        try:
            born = date(year, month, day)
        except ValueError:
            raise ValidationError(gettext("There is no such day in the calendar.")) from None
        if not EARLIEST <= born <= timezone.localdate():
            raise ValidationError(
                gettext("The date of birth cannot be in the future or before 1900.")
            )
        return born
