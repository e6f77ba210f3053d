"""The forms of import and export: which file into which agency, which procedures as what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.bulk.forms import AgencyChoice
from catalogue.interchange.problems import UnreadableFileError
from catalogue.transfers.files import LARGEST_FILE, check_upload
from catalogue.transfers.reach import importable_agencies, is_administrator
from catalogue.transfers.sending import LATEST, PUBLISHED

FORMATS = (
    ("xlsx", _("Excel workbook (.xlsx)")),
    ("csv", _("Table in one sheet (.csv)")),
    ("jsonl", _("For other software (.jsonl)")),
)
CONTENTS = (
    (LATEST, _("as last saved, with drafts")),
    (PUBLISHED, _("as the public sees them")),
)


class BoundedForm(forms.Form):
    """A form that asks for an agency of the person's own."""

    agency = AgencyChoice(None, label=_("Agency or unit"), required=False, empty_label=_("all"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = importable_agencies(user)
        if not is_administrator(user):
            field.required, field.empty_label = True, None
            field.initial = field.queryset.first()


class UploadForm(BoundedForm):
    """A file to import, and the agency beyond which it may change nothing."""

    file = forms.FileField(
        label=_("File"),
        max_length=255,
        help_text=_("A workbook (.xlsx), a CSV or a JSON Lines file of at most %(limit)d MB.")
        % {"limit": LARGEST_FILE // 1024**2},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,.jsonl,.ndjson,.json"}),
    )
    field_order = ["file", "agency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].help_text = _(
            "Nothing outside is changed. New procedures that name no agency go there."
        )
        self.file_format = ""

    def clean_file(self) -> Any:
        """Refuse what cannot be read, in words."""
        upload = self.cleaned_data["file"]
        try:
            self.file_format = check_upload(upload)
        except UnreadableFileError as error:
            raise ValidationError(str(error)) from error
        return upload


class ExportForm(BoundedForm):
    """Which procedures to export, and as which file."""

    content = forms.ChoiceField(label=_("Procedures"), choices=CONTENTS, initial=LATEST)
    file_format = forms.ChoiceField(label=_("Kind of file"), choices=FORMATS, initial="xlsx")
