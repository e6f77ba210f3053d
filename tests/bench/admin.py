"""Seconds that the admin's screens take, as an editor of one agency and as the administrator.

    python -m tests.bench.admin [--procedures 3000 10000] [--english]

For each size: a fresh SQLite database (or the PostgreSQL database of TEST_POSTGRES_URL, emptied
first) with that many published procedures; whole requests in this process, the median of five
after one to warm up, by the clock and of this process's processor (on a busy machine only the
second says much). Editors wait half a second for a list and a second for a save, no longer.
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
    "report: translations": "/admin/reports/translations/",
    "dashboard": "/admin/",
    "history": "/admin/pages/{procedure}/history/",
    "form": "/admin/pages/{procedure}/edit/",
}


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


Figure = tuple[float, float]  # seconds by the clock and of the processor


def timed(work: Callable[[], None]) -> Figure:
    """Seconds that some work takes."""
    started, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - cpu


def median(figures: list[Figure]) -> Figure:
    """The median of each of the two."""
    walls, processor = zip(*figures, strict=True)
    return statistics.median(walls), statistics.median(processor)


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


def measure(size: int, english: bool) -> dict[str, dict[str, Figure]]:
    """Median seconds by who asks and what they do."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from catalogue.models import AgencyPage
    from services.accounts.states import Role
    from tests.factories import ProcedureFactory
    from tests.factories.members import make_member
    from tests.factories.procedures import papers

    prepare(size, english)
    agency = AgencyPage.objects.filter(numchild__gt=0).order_by("-numchild")[0]
    pages = {
        "procedure": ProcedureFactory(parent=agency),
        f"{PAPERS} papers": ProcedureFactory(parent=agency, documents=papers(PAPERS)),
    }
    users = {
        "editor": make_member(agency, Role.EDITOR),
        "administrator": get_user_model().objects.create_superuser("bench", "bench@example.vn"),
    }
    found: dict[str, dict[str, Figure]] = {}
    for name, user in users.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        actions = ["save"] if name == "editor" else ["save", "publish"]
        found[name] = read_times(client, agency, pages["procedure"])
        for label, page in pages.items():
            for action in actions:
                found[name][f"{action}, {label}"] = post_time(client, page, action)
    return found


def read_times(client: Any, agency: Any, procedure: Any) -> dict[str, Figure]:
    """Medians of the screens that this reader may see."""
    found = {}
    for label, pattern in LISTS.items():
        url = pattern.format(agency=agency.pk, procedure=procedure.pk)
        if client.get(url).status_code == 200:  # once to warm up
            found[label] = median([timed(partial(client.get, url)) for _ in range(REPEATS)])
    return found


def post_time(client: Any, page: Any, action: str) -> Figure:
    """The median of sending the edit form; reading the form is not counted."""
    url = f"/admin/pages/{page.pk}/edit/"
    figures = []
    for _ in range(REPEATS):
        data = read_form(client.get(url).content.decode())
        if action == "publish":
            data["action-publish"] = "action-publish"
        data["summary"] = f"Đã sửa {time.monotonic()}"
        answers: list[Any] = []
        figures.append(timed(lambda data=data, to=answers: to.append(client.post(url, data))))
        if answers[0].status_code != 302:
            errors = re.findall(r'class="error-message"[^>]*>([^<]+)', answers[0].content.decode())
            raise SystemExit(f"{url} answered {answers[0].status_code}: {errors}")
    page.refresh_from_db()
    if action == "publish" and page.has_unpublished_changes:
        raise SystemExit(f"{url} was not published")
    return median(figures)


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


def run_size(size: int, english: bool) -> dict[str, dict[str, Figure]]:
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


def print_table(results: dict[int, dict[str, dict[str, Figure]]]) -> None:
    """Print milliseconds, a row for each screen and a column for each reader and size."""
    columns = [(who, size) for size in results for who in results[size]]
    print("| ms | " + " | ".join(f"{who}, {size}" for who, size in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    labels = next(iter(results.values()))["administrator"]
    for label in labels:
        cells = [results[size][who].get(label) for who, size in columns]
        shown = [
            "–" if cell is None else " / ".join(f"{s * 1000:.0f}" for s in cell) for cell in cells
        ]
        print(f"| {label} | " + " | ".join(shown) + " |")


if __name__ == "__main__":
    main()
