"""`manage.py setup_portal`: the first start of a portal in real use, guided, in one go.

It writes what is missing into the file of variables, begins anew with that file, prepares the
database, and makes the first administrator. What is there already stays; a secret is never shown.
"""

from __future__ import annotations

import getpass
import os
import secrets
import subprocess
import sys
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.accounts import actions, validators
from services.accounts.exceptions import AdministratorExistsError
from services.accounts.management import environment_file
from services.accounts.selectors import has_administrator

SHORTEST_KEY = 50
ROOT = Path(settings.BASE_DIR)
EXAMPLE = ROOT / ".env.example"
ASKED = {"PORTAL_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"}


class Command(BaseCommand):
    """Guides an operator; `--no-input` takes everything from the options."""

    help = "Guide through the first start: secret key, address, database, first administrator."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what could be asked, for a start without questions."""
        parser.add_argument("--env-file", type=Path, default=ROOT / ".env")
        parser.add_argument("--portal-url", default="")
        parser.add_argument("--username", default="")
        parser.add_argument("--full-name", default="")
        parser.add_argument("--email", default="")
        parser.add_argument("--password-stdin", action="store_true", help="Read it from a pipe.")
        parser.add_argument("--input", action=BooleanOptionalAction, default=True)
        parser.add_argument("--language", choices=["vi", "en"], default=settings.LANGUAGE_CODE)
        parser.add_argument("--begun-anew", action="store_true", help="Used by the command itself.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the steps; each leaves alone what is done."""
        self.given = options
        with translation.override(options["language"]):
            values = self._write_variables(options["env_file"])
            if values["SECRET_KEY"] != settings.SECRET_KEY:
                self._begin_anew(values)
                return
            self._prepare()
            self._make_administrator()
            self._say_what_is_next(values["PORTAL_URL"])

    def _write_variables(self, path: Path) -> dict[str, str]:
        example = environment_file.read_values(EXAMPLE)
        values = {
            name: value
            for name, value in environment_file.read_values(path).items()
            if name not in ASKED or example.get(name) != value  # copied, not decided
        }
        new: dict[str, str] = {}
        if len(values.get("SECRET_KEY", "")) < SHORTEST_KEY:
            if values.get("SECRET_KEY"):
                raise CommandError(
                    _("SECRET_KEY in %(file)s is too short. Take it out, then begin again.")
                    % {"file": path}
                )
            new["SECRET_KEY"] = secrets.token_urlsafe(SHORTEST_KEY)
        if "PORTAL_URL" not in values:
            url = self._ask("portal_url", _("Public address of the portal (https://…)"), _read_url)
            host = urlsplit(url).hostname or ""
            usual = {"PORTAL_URL": url, "ALLOWED_HOSTS": host, "CSRF_TRUSTED_ORIGINS": url}
            if url.startswith("https:"):
                usual["TRUSTED_PROXY_COUNT"] = "1"  # what speaks TLS stands before the portal
            new |= {name: value for name, value in usual.items() if name not in values}
        if "DJANGO_SETTINGS_MODULE" not in values:
            new["DJANGO_SETTINGS_MODULE"] = "cms.settings.production"
        if new:
            environment_file.write_values(path, new, pattern=EXAMPLE)
            names = ", ".join(sorted(new))
            self._say(_("Written to %(file)s: %(names)s.") % {"file": path, "names": names})
        elif not self.given["begun_anew"]:
            self._say(_("%(file)s has everything; it stays as it is.") % {"file": path})
        path.chmod(0o600)
        return environment_file.read_values(path)

    def _begin_anew(self, values: dict[str, str]) -> None:
        if self.given["begun_anew"]:
            raise CommandError(_("The variables of the file do not reach the settings."))
        for name, value in values.items():
            os.putenv(name, value)
        again = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:], "--begun-anew"]
        self.stdout.flush()
        # The settings are read once in a process's life.
        os.execv(sys.executable, again)  # noqa: S606  # our own command line

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say(_("The database is up to date."))
            return
        self._say(_("Preparing the database and the files. This takes some minutes."))
        command = [sys.executable, str(ROOT / "scripts/prepare.py")]
        subprocess.run(command, check=True)  # noqa: S603  # our own script

    def _make_administrator(self) -> None:
        if has_administrator():
            self._say(_("There is an administrator already; nothing was changed."))
            return
        self._say(_("The first administrator: a person, not an office."))
        username = self._ask(
            "username", pgettext("account", "User name"), validators.clean_username
        )
        full_name = self._ask("full_name", _("Full name"), validators.clean_person_name)
        email = self._ask("email", _("E-mail address"), _read_email)
        user = get_user_model()(username=username, full_name=full_name, email=email)
        password = self._ask_password(user)
        try:
            actions.create_first_administrator(
                username=username, full_name=full_name, email=email, password=password
            )
        except AdministratorExistsError:
            raise CommandError(_("There is an administrator already.")) from None
        self._say(_("The account %(name)s was made.") % {"name": username})

    def _ask(self, option: str, question: str, read: Any) -> str:
        """Return the option, or ask until the answer can be read."""
        given = self.given[option]
        while True:
            if not given and not self.given["input"]:
                raise CommandError(_("Missing: --%s") % option.replace("_", "-"))
            try:
                return str(read(given or input(f"{question}: ")))
            except ValidationError as error:
                if given:
                    raise CommandError(f"--{option}: {' '.join(error.messages)}") from None
                self._say(" ".join(error.messages))

    def _ask_password(self, user: Any) -> str:
        if self.given["password_stdin"]:
            password = sys.stdin.readline().rstrip("\r\n")
            try:
                validate_password(password, user)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from None
            return password
        if not self.given["input"]:
            raise CommandError(_("Missing: --%s") % "password-stdin")
        while True:
            password = getpass.getpass(_("Password") + ": ")
            try:
                validate_password(password, user)
            except ValidationError as error:
                self._say(" ".join(error.messages))
                continue
            if password == getpass.getpass(_("The password once more") + ": "):
                return password
            self._say(_("The two passwords are not alike."))

    def _say_what_is_next(self, url: str) -> None:
        self._say("")
        self._say(_("Next:"))
        steps = [
            _("Load the variables in the units of the web server and the worker; start both."),
            "manage.py check --deploy",
            _("Sign in at %(url)s/admin/. An app for codes is set up at the first sign-in.")
            % {"url": url},
        ]
        for number, step in enumerate(steps, start=1):
            self._say(f"{number}. {step}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)


def _read_url(text: str) -> str:
    parts = urlsplit(text.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ValidationError(_("Write the address like https://dichvucong.example.vn."))
    return parts.geturl()


def _read_email(text: str) -> str:
    address = text.strip()
    validate_email(address)
    return address
