"""Files for the import tests: parts of the registers, and one record with everything in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from catalogue.exporters.procedures import Selection
from catalogue.exporters.run import export_file
from catalogue.importers.run import Options, Outcome, import_file

DATA = Path(settings.BASE_DIR) / "home/demo/data"
NATIONAL = DATA / "national_procedures.jsonl"
HEALTH = DATA / "health_procedures.jsonl"


def national_rows(step: int = 1, limit: int | None = None) -> list[dict[str, Any]]:
    """Every `step`-th row of the national register."""
    lines = NATIONAL.read_text(encoding="utf-8").splitlines()[::step][:limit]
    return [json.loads(line) for line in lines]


def write_rows(path: Path, rows: list[Any]) -> Path:
    """Writes JSON Lines; a string is written as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(path: Path, **options: Any) -> Outcome:
    """Imports a file and publishes, unless told otherwise."""
    return import_file(Options(path=path, **({"publish": True} | options)))


def export(path: Path, **selection: Any) -> bytes:
    """Exports everything and returns the file's bytes."""
    exported = export_file(path, Selection(**selection))
    assert not exported.problems
    return path.read_bytes()


SHARED: list[dict[str, Any]] = [
    {"record": "agency", "path": "so-y-te", "name": "Sở Y tế", "kind": "department",
     "official_identifier": "000.00.19.H99", "other_names": "SYT\nSở Y tế tỉnh Mẫu"},
    {"record": "agency", "path": "so-y-te/phong-a", "name": "Phòng A", "kind": "unit"},
    {"record": "agency", "path": "xa", "name": "Các xã, phường", "kind": "group"},
    {"record": "sector", "slug": "duoc-pham", "name": "Dược phẩm", "description": "Thuốc",
     "name_en": "Pharmacy", "description_en": "Medicines"},
    {"record": "life_event", "slug": "hanh-nghe", "name": "Hành nghề", "icon": "briefcase",
     "position": 4, "description": "Đi làm", "name_en": "Practising", "description_en": "Work"},
    {"record": "legal_document", "number": "54/2014/QH13", "title": "Luật Hải quan",
     "issuer": "Quốc hội", "issued_date": "2014-06-23", "effective_date": "2015-01-01",
     "repealed_date": "2026-01-01", "replaced_by": "55/2025/QH15", "url": "https://example.vn/54"},
    {"record": "legal_document", "number": "54-2014-QH13", "title": "Trùng địa chỉ"},
    {"record": "legal_document", "number": "55/2025/QH15", "title": "Luật mới"},
]  # fmt: skip
FULL: dict[str, Any] = {
    "record": "procedure",
    "key": "1.999001",
    "agency": "so-y-te/phong-a",
    "title": "Cấp giấy phép mẫu",
    "slug": "cap-giay-phep-mau",
    "official_name": "Cấp giấy phép mẫu cho người hành nghề " + "rất dài " * 40,
    "summary": "Dành cho người\nhành nghề",
    "sectors": ["duoc-pham"],
    "life_events": ["hanh-nghe"],
    "audiences": ["enterprise", "citizen"],
    "authority_levels": ["commune", "province"],
    "service_level": "full",
    "filing_mode": "link",
    "filing_url": "https://dichvucong.gov.vn/mau",
    "handled_at": ["xa", "so-y-te"],
    "authority": "Sở Y tế tỉnh Mẫu",
    "ministry": "Bộ Y tế",
    "decision_number": "Quyết định số 1/QĐ-BYT",
    "effective_date": "2025-07-01",
    "is_repealed": True,
    "repealed_date": "2026-06-30",
    "repealed_note": "Thay bằng thủ tục khác",
    "successor": "1.999002",
    "dossier_sets": 2,
    "documents_count": 3,
    "conditions": "<p>Có <b>bằng</b> &amp; <a href=\"https://example.vn\">giấy</a></p>",
    "legal_bases": ["54-2014-QH13", "54/2014/QH13"],
    "related_procedures": ["1.999002"],
    "related_guides": ["huong-dan-mau"],
    "facts_status": "partly_verified",
    "facts_note": "Đã đối chiếu: mã.",
    "seo_title": "=Giấy phép mẫu",
    "search_description": "Mô tả",
    "cases": [
        {"uuid": "00000000-0000-4000-8000-000000000001", "code": "a1", "name": "Cấp mới"},
        {"uuid": "00000000-0000-4000-8000-000000000002", "code": "b2", "name": "Cấp lại"},
    ],
    "offers": [
        {"case": "a1", "method": "online", "duration": "1.5", "unit": "working_day",
         "note": "Ghi chú"},
        {"method": "post"},
    ],
    "fees": [
        {"case": "a1", "method": "online", "kind": "amount", "amount": "1600000", "per": "hồ sơ"},
        {"case": "b2", "kind": "percentage", "amount": "1.6", "text": "trên giá trị"},
        {"kind": "text", "text": "-10 USD"},
    ],
    "documents": [
        {"cases": ["a1"], "name": "Đơn đề nghị", "note": "Theo mẫu", "originals": 2,
         "copies": 1, "is_required": False, "form": "mau-01.docx"},
        {"name": "Ảnh; 4x6"},
    ],
    "steps": [{"name": "Bước 1", "text": "Nộp hồ sơ"}, {"text": "Nhận kết quả"}],
    "results": [{"name": "Giấy phép", "code": "KQ.G01.000223"}],
    "translations": {
        "en": {
            "title": "Sample licence",
            "official_name": "Granting a sample licence",
            "summary": "For practitioners",
            "conditions": "<p>A degree</p>",
            "repealed_note": "Replaced",
            "seo_title": "Licence",
            "search_description": "About",
            "rows": {"00000000-0000-4000-8000-000000000001": {"name": "New"}},
        }
    },
}  # fmt: skip
SECOND: dict[str, Any] = {
    "record": "procedure",
    "key": "1.999002",
    "agency": "so-y-te",
    "official_name": "Thủ tục thay thế",
    "related_procedures": ["1.999001"],
}


def full_rows() -> list[dict[str, Any]]:
    """Records that fill every field of the format; a deep copy."""
    rows: list[dict[str, Any]] = json.loads(json.dumps([*SHARED, FULL, SECOND]))
    return rows
