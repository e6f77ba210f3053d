"""Seconds that the admin's screens take, as an editor of one agency and as the administrator.

    python -m tests.bench.admin [--procedures 3000 10000] [--english]

For each size: a fresh SQLite database (or the PostgreSQL database of TEST_POSTGRES_URL, emptied
first) with that many published procedures; whole requests in this process, the median of five
after one to warm up. Editors wait half a second for a list and a second for a save, no longer.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
REPEATS = 5
PAPERS = 137
LISTS = {
    "explorer": "/admin/pages/{agency}/",
    "explorer, page 5": "/admin/pages/{agency}/?p=5",
    "search “thu tuc”": "/admin/pages/search/?q=thu+tuc",
    "search “thủ tục”": "/admin/pages/search/?q=th%E1%BB%A7+t%E1%BB%A5c",
    "search “dang ky”": "/admin/pages/search/?q=dang+ky",
    "search, none found": "/admin/pages/search/?q=xyzxyz",
    "chooser": "/admin/choose-page/{agency}/?page_type=catalogue.ProcedurePage",
    "chooser “thu tuc”": "/admin/choose-page/search/?q=thu+tuc",
    "images": "/admin/images/",
    "report: locked": "/admin/reports/locked/",
    "report: workflows": "/admin/reports/workflow/",
    "report: ageing": "/admin/reports/aging-pages/",
    "report: log": "/admin/reports/site-history/",
    "dashboard": "/admin/",
    "history": "/admin/pages/{procedure}/history/",
    "form": "/admin/pages/{procedure}/edit/",
}
FORBIDDEN_TO_EDITORS = {"images", "report: log", "report: ageing", "report: locked"}


def prepare(size: int, english: bool) -> None:
    """Fill the database of the settings with published procedures."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("prepare_portal", verbosity=0)
    fill(size)
    if english:
        translate_all()
    call_command("update_index", verbosity=0)


def fill(size: int) -> None:
    """Import the national register, and copies of it, below the agency for the rest."""
    from django.core.management import call_command

    from tests.bench.fill import rows

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(size))
        file.flush()
        with redirect_stdout(sys.stderr):
            call_command("import_procedures", file.name, "--publish", "--no-index")


def translate_all() -> None:
    """Make an English alias of every page, as a new page gets one."""
    from wagtail.models import Locale, Page

    from tests.factories import make_alias

    for page in Page.objects.filter(locale=Locale.get_default(), depth__gt=3).order_by("path"):
        make_alias(page.specific)


def editor(agency: Any) -> Any:
    """An editor who may write and publish in one agency."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    group = Group.objects.create(name="bench")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=agency, permission=permission)
    user = get_user_model().objects.create_user("bench-editor", "editor@bench.example")
    user.groups.add(group)
    return user


def median(work: Callable[[], None]) -> float:
    """The median of some runs after one to warm up, in seconds."""
    work()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def expect(client: Any, url: str) -> None:
    """Ask for a page and insist on an answer."""
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")


class FormReader(HTMLParser):
    """Collects what a browser would send; templates of empty rows lie in `<template>`."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.inside = False
        self.hidden = 0
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the value of an input, or remember whose value follows."""
        given = dict(attrs)
        self.inside |= tag == "form" and given.get("id") == "page-edit-form"
        self.hidden += tag in {"template", "script"}
        if not self.inside or self.hidden:
            return
        name = given.get("name") or ""
        if tag == "input" and name:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked and given.get("type") not in {"file", "submit", "button"}:
                self.data.setdefault(name, []).append(given.get("value") or "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.data.setdefault(self.select, []).append(given.get("value") or "")
        elif tag == "textarea" and name:
            self.area = name
            self.data[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        self.hidden -= tag in {"template", "script"}
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area
        self.inside &= tag != "form"

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self.area:
            self.data[self.area][0] += data


def read_form(html: str) -> dict[str, Any]:
    """The values that a browser would send from the edit form."""
    reader = FormReader()
    reader.feed(html)
    return dict(reader.data)


def measure(size: int, english: bool) -> dict[str, dict[str, float]]:
    """Median seconds by who asks and what they do."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from catalogue.models import AgencyPage, ProcedurePage
    from tests.factories import ProcedureFactory
    from tests.factories.procedures import papers

    prepare(size, english)
    agency = AgencyPage.objects.filter(numchild__gt=0).first()
    procedure = ProcedurePage.objects.child_of(agency).first()
    large = ProcedureFactory(parent=agency, documents=papers(PAPERS))
    admin = get_user_model().objects.create_superuser("bench-admin", "admin@bench.example")
    found: dict[str, dict[str, float]] = {}
    for name, user in (("editor", editor(agency)), ("administrator", admin)):
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        rows = found.setdefault(name, {})
        for label, pattern in LISTS.items():
            if name == "editor" and label in FORBIDDEN_TO_EDITORS:
                continue
            url = pattern.format(agency=agency.pk, procedure=procedure.pk)
            rows[label] = median(partial(expect, client, url))
        for label, page in (("procedure", procedure), (f"{PAPERS} papers", large)):
            for action in ("action-save", "action-publish"):
                verb = action.removeprefix("action-")
                rows[f"{verb}, {label}"] = post_time(client, page, action)
    return found


def post_time(client: Any, page: Any, action: str) -> float:
    """The median seconds of a POST of the edit form; reading the form is not counted."""
    url = f"/admin/pages/{page.pk}/edit/"
    times = []
    for _ in range(REPEATS):
        data = read_form(client.get(url).content.decode())
        if action == "action-publish":
            data["action-publish"] = "action-publish"
        data["summary"] = f"Đã sửa {time.monotonic()}"
        started = time.perf_counter()
        answer = client.post(url, data)
        times.append(time.perf_counter() - started)
        if answer.status_code != 302:
            errors = re.findall(r'class="error-message">([^<]+)', answer.content.decode())
            raise SystemExit(f"{url} answered {answer.status_code}: {errors}")
    return statistics.median(times)


def run_child(size: int, english: bool) -> None:
    """Measure in this process and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    print(json.dumps(measure(size, english)))


def empty_postgres(url: str) -> None:
    """Drop every table, so that the next size starts from nothing."""
    import psycopg2

    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def main() -> None:
    """Measure every size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, nargs="+", default=[3000, 10_000])
    parser.add_argument("--english", action="store_true", help="an English alias of every page")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        run_child(options.child, options.english)
        return
    results = {size: run_size(size, options.english) for size in options.procedures}
    print_table(results)


def run_size(size: int, english: bool) -> dict[str, dict[str, float]]:
    """Measure one size in a process of its own."""
    postgres = os.environ.get("TEST_POSTGRES_URL")
    with tempfile.TemporaryDirectory() as folder:
        if postgres:
            empty_postgres(postgres)
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATABASE_URL": postgres or f"sqlite:///{folder}/admin.sqlite3",
            "DATA_DIR": folder,
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "tests.bench.admin", "--child", str(size)]
        command += ["--english"] if english else []
        done = subprocess.run(
            command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def print_table(results: dict[int, dict[str, dict[str, float]]]) -> None:
    """Print milliseconds, a row for each screen and a column for each reader and size."""
    columns = [(who, size) for size in results for who in results[size]]
    print("| ms | " + " | ".join(f"{who}, {size}" for who, size in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    labels = next(iter(results.values()))["administrator"]
    for label in labels:
        cells = [results[size][who].get(label) for who, size in columns]
        shown = ["–" if cell is None else f"{cell * 1000:.0f}" for cell in cells]
        print(f"| {label} | " + " | ".join(shown) + " |")


if __name__ == "__main__":
    main()
