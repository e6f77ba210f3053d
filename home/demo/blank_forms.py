"""Blank forms of the demo: small DOCX files, made when they are loaded, the same every time.

They show what a form looks like and are no official form; each page of them says so.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile

from cms.core.models import PortalDocument
from home.demo.sources import read

MADE = (2026, 1, 1, 0, 0, 0)
MARK = "MẪU MINH HỌA CỦA BẢN TRÌNH DIỄN, KHÔNG PHẢI BIỂU MẪU CHÍNH THỨC"
NAMESPACE = "http://schemas.openxmlformats.org"
TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{NAMESPACE}/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-\
officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" \
Type="{NAMESPACE}/officeDocument/2006/relationships/officeDocument" \
Target="word/document.xml"/></Relationships>"""


def load_forms() -> None:
    """Make the forms that are missing, known by their titles."""
    forms: list[dict[str, Any]] = read("forms")["forms"]
    known = set(PortalDocument.objects.values_list("title", flat=True))
    for form in forms:
        if form["title"] not in known:
            content = ContentFile(build_docx(form), name=f"{form['file']}.docx")
            document = PortalDocument(title=form["title"], file=content)
            document.file_size = content.size
            document.save()


def build_docx(form: dict[str, Any]) -> bytes:
    """Return a form with its heading, addressee, fields and signature as a DOCX file."""
    paragraphs = [
        _paragraph(MARK, bold=True, centred=True),
        _paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centred=True),
        _paragraph("Độc lập - Tự do - Hạnh phúc", bold=True, centred=True),
        _paragraph(form["heading"], bold=True, centred=True),
        _paragraph(f"Kính gửi: {form['addressee']}", centred=True),
        *(_paragraph(f"{name}: {'.' * 60}") for name in form["fields"]),
        _paragraph("……, ngày … tháng … năm …"),
        _paragraph(form.get("signature", "Người làm đơn (ký, ghi rõ họ tên)")),
    ]
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{NAMESPACE}/wordprocessingml/2006/main">'
        f"<w:body>{''.join(paragraphs)}</w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name, MADE), text.encode())
    return stream.getvalue()


def _paragraph(text: str, *, bold: bool = False, centred: bool = False) -> str:
    layout = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{layout}<w:r>{weight}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
