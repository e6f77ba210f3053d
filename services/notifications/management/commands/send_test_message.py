"""Send one mail or text message now and say how it went: for operators who connect a server.

Nothing is kept and nothing is tried again: what is seen is what the carrier answered.
"""

from __future__ import annotations

from typing import Any

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.notifications import actions
from services.notifications.exceptions import DeliveryError
from services.notifications.models import Mail, Text
from services.notifications.notices import sign_off


class Command(BaseCommand):
    """This command will send a test message without the worker; exit code 1 when it fails."""

    help = "Send a test message now, and say what the mail server or the SMS carrier answered."

    def add_arguments(self, parser: CommandParser) -> None:
        """This method will ask for exactly one receiver."""
        receiver = parser.add_mutually_exclusive_group(required=True)
        receiver.add_argument("--mail", metavar="ADDRESS")
        receiver.add_argument("--phone", metavar="NUMBER", help="0912345678 or +84912345678")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        """This method will send, and tell the result in plain words."""
        language = options["language"] or settings.LANGUAGE_CODE
        if options["mail"]:
            self._send_mail(options["mail"], language)
        else:
            self._send_text(options["phone"], language)

    def _send_mail(self, address: str, language: str) -> None:
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(
                _("“%(address)s” is no e-mail address.") % {"address": address}
            ) from None
        if settings.EMAIL_BACKEND == actions.CONSOLE_MAIL and not settings.DEBUG:
            raise CommandError(_("EMAIL_URL names no mail server: mails reach nobody."))
        with override(language):
            subject, text = _("Test message"), _("The portal can send mails.")
        mail = Mail(address=address, subject=subject, text=text + sign_off(language))
        try:
            actions.hand_over_mail(mail)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            words = _("The mail server %(server)s did not take the mail: %(reason)s")
            raise CommandError(words % {"server": _mail_server(), "reason": reason}) from None
        if settings.EMAIL_BACKEND == actions.CONSOLE_MAIL:
            self._point_to_the_page()
            return
        words = _(
            "The mail server %(server)s took the mail for %(address)s. Look into the mailbox."
        )
        self.stdout.write(words % {"server": _mail_server(), "address": address})

    def _send_text(self, number: str, language: str) -> None:
        with override(language):
            text = Text(phone=_international(number), text=_("Test message of the portal."))
        way = settings.SMS["backend"]
        try:
            actions.hand_over_text(text)
        except Exception as error:
            reason = error.reason if isinstance(error, DeliveryError) else str(error)
            words = _("The text message was not taken (SMS_BACKEND is %(way)s): %(reason)s")
            raise CommandError(words % {"way": way, "reason": reason}) from None
        if way in {"outbox", "console"}:
            self._point_to_the_page()
            return
        words = _("The carrier took the text message for %(phone)s (key %(key)s).")
        self.stdout.write(words % {"phone": text.phone, "key": text.key})

    def _point_to_the_page(self) -> None:
        words = _("Nothing has left this machine; read the message at %(address)s.")
        self.stdout.write(words % {"address": f"{settings.PORTAL_URL}/_messages/"})


def _mail_server() -> str:
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def _international(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, "VN")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise CommandError(_("“%(number)s” is no telephone number.") % {"number": number})
    form = phonenumbers.PhoneNumberFormat.E164
    return str(phonenumbers.format_number(parsed, form))
