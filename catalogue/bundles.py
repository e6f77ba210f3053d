"""All blank forms of a procedure in one ZIP file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from wagtail.documents import get_document_model

from catalogue.selectors.procedure_views import ProcedureView
from cms.core.vietnamese import slugify_vi


@dataclass(frozen=True)
class Bundle:
    """A file to download."""

    filename: str
    content: bytes


def forms_bundle(procedure: ProcedureView) -> Bundle | None:
    """Return the forms in the order of the papers; None when there are none.

    Files are named by their place and title in ASCII, which every phone can unpack.
    """
    papers = [paper for group in procedure.paper_groups for paper in group.papers if paper.form]
    ids = list(dict.fromkeys(paper.form.document_id for paper in papers if paper.form))
    if not ids:
        return None
    documents = get_document_model().objects.in_bulk(ids)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, pk in enumerate(ids, start=1):
            document = documents[pk]
            name = f"{number:02d}-{slugify_vi(document.title)[:80]}.{document.file_extension}"
            with document.open_file() as source:
                archive.writestr(name, source.read())
    return Bundle(f"bieu-mau-{slugify_vi(procedure.key)}.zip", buffer.getvalue())
