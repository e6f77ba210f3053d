"""`manage.py remove_second_step NAME`: for somebody who has lost phone and paper."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from services.accounts import actions
from services.accounts.selectors import find_by_sign_in_name


class Command(BaseCommand):
    """Takes the second step of signing in away. Ask the person in person first."""

    help = "Take the second step of signing in away from a person who has lost it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name to sign in with."""
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it and say so; the owner is told by a message as well."""
        person = find_by_sign_in_name(options["name"])
        if person is None:
            raise CommandError(_("There is no account with this name."))
        if actions.remove_second_step(person):
            self.stdout.write(_("Removed. Signing in asks for the password alone."))
        else:
            self.stdout.write(_("There was no second step."))
