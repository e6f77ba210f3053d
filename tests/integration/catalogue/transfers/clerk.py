"""A person who imports and exports by the screens, and the files that they upload."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import ImportRun, ProcedurePage
from services.accounts.states import Role
from tests.factories.members import make_member

START = "/admin/import-export/"


def file_of(rows: list[Any], name: str = "thu-tuc.jsonl") -> SimpleUploadedFile:
    """This function will make an upload of JSON Lines; a string is a line as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    return SimpleUploadedFile(name, ("\n".join(lines) + "\n").encode())


class Clerk:
    """Somebody with a role in an agency, or a superuser."""

    def __init__(self, agency: Any, role: Role = Role.EDITOR, user: Any = None) -> None:
        self.agency = agency
        self.user = user or make_member(agency, role)
        self.client = Client()
        self.client.force_login(self.user)

    def upload(self, file: Any, **data: Any) -> Any:
        values = {"agency": self.agency.pk if self.agency else "", "file": file, **data}
        return self.client.post(START, values)

    def preview(self, rows: list[Any], **data: Any) -> ImportRun:
        """Upload these rows and return the previewed import."""
        answer = self.upload(file_of(rows), **data)
        assert answer.status_code == 302, answer.context["form"].errors
        return ImportRun.objects.get(pk=int(answer.url.split("/")[-2]))

    def post(self, name: str, run: ImportRun, **data: Any) -> Any:
        return self.client.post(reverse(f"transfers:{name}", args=[run.pk]), data)

    def apply(self, run: ImportRun, mode: str = "draft") -> ImportRun:
        self.post("apply", run, mode=mode)
        run.refresh_from_db()
        return run

    def show(self, run: ImportRun, **query: Any) -> str:
        answer = self.client.get(reverse("transfers:show", args=[run.pk]), query)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def report(self, run: ImportRun) -> str:
        answer = self.client.get(reverse("transfers:report", args=[run.pk]))
        return str(answer.getvalue().decode("utf-8-sig"))

    def export(self, **query: Any) -> bytes:
        values = {"content": "latest", "file_format": "jsonl", **query}
        if self.agency:
            values.setdefault("agency", self.agency.pk)
        answer = self.client.get(f"{START}export/", values)
        assert answer.status_code == 200, answer
        return bytes(answer.getvalue())

    def records(self, **query: Any) -> dict[str, dict[str, Any]]:
        """Export and return the procedures by their codes."""
        lines = BytesIO(self.export(**query)).read().decode().splitlines()
        rows = [json.loads(line) for line in lines]
        return {row["key"]: row for row in rows if row["record"] == "procedure"}


def states(run: ImportRun) -> dict[str, str]:
    """This function will return the state of each row by its code."""
    return dict(run.rows.values_list("key", "state"))


def draft_of(page: Any) -> Any:
    """This function will return the latest draft of a page."""
    return ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def new_row(key: str = "9.000001", **fields: Any) -> dict[str, Any]:
    """This function will return a small procedure that the portal has not."""
    return {
        "key": key,
        "official_name": f"Cấp giấy phép minh hoạ {key}",
        "audiences": ["citizen"],
        "offers": [{"method": "in_person", "duration": "5", "unit": "working_day"}],
        "fees": [{"kind": "amount", "amount": "50000"}],
        "documents": [{"name": "Đơn đề nghị"}],
        "steps": [{"text": "Nộp tại quầy."}],
        "results": [{"name": "Giấy phép"}],
        **fields,
    }
