"""Sample words for the gallery of components: obviously invented, every variant once.

Only the gallery reads them. Content words are Vietnamese in both languages of the gallery, as
on a page that is not translated; `lang` marks them on the English one.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from cms.core.paging import build_paging

LONG_TITLE = (
    "Cấp mới giấy phép hành nghề trong giai đoạn chuyển tiếp đối với chức danh bác sỹ, y sỹ, "
    "điều dưỡng, hộ sinh, kỹ thuật y, dinh dưỡng lâm sàng, cấp cứu viên ngoại viện, "
    "tâm lý lâm sàng"
)
HERE = "#noi-dung"
Sample = dict[str, Any]
# Stands for the language of content words until the page's own language is known.
LANG = "@lang"
picture_url = lazy(static, str)


def words(text: str) -> Sample:
    """A content text, Vietnamese in both languages."""
    return {"text": text, "lang": LANG}


def link(text: str, **more: Any) -> Sample:
    """A link of a list."""
    return {"name": words(text), "label": text, "url": HERE, "lang": LANG, **more}


def row(title: str, **more: Any) -> Sample:
    """A procedure of a list."""
    known = {"fee": "430.000 đồng", "time": "30 ngày", "methods": _("Online")}
    facts = {"has_fee": True, "has_time": True, "method_codes": ["online"]}
    return {
        "name": words(title),
        "url": HERE,
        "is_repealed": False,
        "agency_id": "1",
        "match": None,
        "twins": 0,
        "is_twin": False,
        "apart": [],
        **known,
        **facts,
        **more,
    }


def sheet(name: str, note: str = "", **more: Any) -> Sample:
    """A paper to hand in."""
    known = {"originals": 1, "copies": 0, "is_required": True, "form": None}
    return {"name": words(name), "note": words(note), **known, **more}


def paper(number: int) -> Sample:
    """A paper among many."""
    return sheet(f"Giấy tờ số {number}")


def news(text: str, day: date) -> Sample:
    """A line of the news."""
    introduction = words("Các quầy đóng cửa, ngày hẹn dời sang ngày làm việc kế tiếp.")
    return {"title": words(text), "url": HERE, "date": day, "introduction": introduction}


def cell(method: str, time: str, fee: str = "", **more: Any) -> Sample:
    """Time and fee of one case by one way of filing."""
    fees = [{"amount": fee, "per": words("hồ sơ"), "text": words("")}] if fee else []
    times = [time] if time else []
    known = {"method_label": method, "times": times, "fees": fees, "notes": [], "due": None}
    return {**known, **more}


def step(name: str, text: str = "") -> Sample:
    """A step of a procedure."""
    return {"name": words(name), "text": words(text)}


def option(label: str, count: int, checked: bool = False) -> SimpleNamespace:
    """A value of a facet."""
    return SimpleNamespace(
        value=str(count),
        label=SimpleNamespace(text=label, lang=LANG),
        count=count,
        is_selected=checked,
        depth=0,
    )


FACT: Sample = {"detail": "", "url": "", "link": "", "lang": LANG}
FORM: Sample = {"title": "Mẫu 08", "url": HERE, "extension": "DOCX", "size": 38_912}

LISTS: Sample = {
    "crumbs": [link("Trang chủ"), link("Cơ quan"), link("Sở Y tế thành phố Cần Thơ")],
    "tries": ["giấy phép hành nghề", "mở nhà thuốc", "khai sinh"],
    "picks": [
        row("Đăng ký khai sinh", has_fee=False, has_time=False),
        row("Cấp mới giấy phép hành nghề"),
        row("Đăng ký thường trú", fee="20.000 đồng", time="7 ngày làm việc"),
    ],
    "doors": [
        link("Có con nhỏ", icon="baby"),
        link("Nhà và đất", icon="home"),
        link("Sức khỏe và y tế", icon="health"),
        link("Mở cửa hàng, doanh nghiệp", icon="shop"),
        link("Người thân qua đời", icon="lotus"),
    ],
    "agencies": [
        link("Sở Y tế", count=49),
        link("Sở Nông nghiệp và Môi trường", count=1046),
        link("Trung tâm chưa có thủ tục", count=0),
        link("Bộ phận Một cửa không đếm", count=None),
    ],
    "news": [
        news("Nghỉ Ngày Văn hóa Việt Nam 24/11: các quầy đóng cửa", date(2026, 11, 20)),
        news("Sở Y tế nhận hồ sơ hoàn toàn trực tuyến", date(2026, 11, 16)),
    ],
    "news_full": [news("Nghỉ Ngày Văn hóa Việt Nam 24/11", date(2026, 11, 20))],
    "links": [
        link("Luật Khám bệnh, chữa bệnh số 15/2023/QH15", note="09/01/2023"),
        {"name": {"text": "Quyết định chưa có văn bản", "lang": LANG}},
    ],
    "toc": [
        link("Giấy tờ cần nộp", current=True),
        link("Thời hạn và lệ phí"),
        link("Căn cứ pháp lý"),
    ],
    "parts": [
        link("Đăng ký tài khoản", mark="I.", current=True),
        link("Tra cứu hồ sơ", mark="V."),
        link("Nộp hồ sơ qua bưu chính công ích", mark="VII."),
    ],
    "tips": [
        "Tìm thủ tục, xem giấy tờ và lệ phí.",
        "Chuẩn bị giấy tờ theo danh sách.",
        "Nộp tại quầy, trực tuyến hoặc qua bưu chính.",
    ],
    "neighbours": [
        {
            "url": HERE,
            "over": "Phần IV",
            "title": "Quên mật khẩu",
            "back": True,
            "lang": LANG,
        },
        {"url": HERE, "over": "Phần VI", "title": "Tìm thủ tục", "lang": LANG},
    ],
}

FACTS: Sample = {
    "answer": [
        {
            **FACT,
            "icon": "money",
            "label": _("Fee"),
            "value": "430.000 đồng",
            "detail": "nộp một lần, khi gửi hồ sơ",
        },
        {
            **FACT,
            "icon": "calendar",
            "label": _("Handed in today, result by"),
            "value": "Thứ Tư 23/12/2026",
            "detail": "30 ngày, kể từ ngày nhận đủ hồ sơ",
        },
        {
            **FACT,
            "icon": "file",
            "label": _("To prepare"),
            "value": "6 loại giấy tờ",
            "url": HERE,
            "link": _("See the list and get the forms"),
        },
        {
            **FACT,
            "icon": "pin",
            "label": _("Where"),
            "value": "Sở Y tế Cần Thơ",
            "detail": "Trực tuyến, tại quầy, bưu chính",
        },
    ],
    "answer_unknown": [
        {"icon": "money", "label": _("Fee"), "value": _("not published yet"), "unknown": True},
        {"icon": "clock", "label": _("Time"), "value": _("not published yet"), "unknown": True},
    ],
    "agency_names": {"1": words("Sở Y tế")},
    "rows": [
        row(LONG_TITLE, key="1.012289"),
        row(
            "Cấp lại giấy phép lái xe",
            key="3.000348",
            fee=_("not published yet"),
            has_fee=False,
            is_repealed=True,
        ),
    ],
    "found_rows": [
        row("Cấp đổi thẻ căn cước", key="1.014063", twins=2, is_twin=True, apart=["Cấp xã"]),
        row("Cấp đổi thẻ căn cước (cấp tỉnh)", key="2.001195", is_twin=True, apart=["Cấp tỉnh"]),
        row(
            "Cấp Phiếu lý lịch tư pháp",
            key="1.013812",
            match={
                "name": [("Cấp Phiếu ", False), ("lý lịch tư pháp", True)],
                "is_key": False,
                "excerpt": {
                    "label": _("In the papers"),
                    "runs": [("…bản chụp ", False), ("thẻ căn cước", True), (" còn hạn…", False)],
                    "lang": LANG,
                },
            },
        ),
    ],
    "compare_columns": [link("Trực tuyến"), link("Tại quầy"), link("Bưu chính công ích")],
    "compare_rows": [
        {
            "name": words("Văn bằng trong nước"),
            "cells": [
                cell("Trực tuyến", "30 ngày", "430.000 đồng"),
                cell("Tại quầy", "30 ngày", "430.000 đồng"),
                cell("Bưu chính", "30 ngày", "430.000 đồng", notes=[words("và cước gửi")]),
            ],
        },
        {
            "name": words("Văn bằng nước ngoài, phải xác minh"),
            "cells": [cell("Trực tuyến", "60 ngày"), cell("Tại quầy", "60 ngày"), None],
        },
    ],
    "one_case": [
        {
            "name": words(""),
            "cells": [
                cell("Trực tuyến", "30 ngày", "430.000 đồng", due=date(2026, 12, 23)),
                cell("Tại quầy", ""),
                None,
            ],
        },
    ],
    "summary_rows": [
        {"key": _("Code"), "value": "1.012289"},
        {"key": _("Decision"), "value": "159/QĐ-BYT", "url": HERE},
        {"key": _("In force from"), "value": _("not published yet"), "unknown": True},
        {
            "key": _("Full name"),
            "value": "Nguyễn Văn A",
            "lang": LANG,
            "action_url": HERE,
            "action_label": _("Change"),
        },
    ],
}

PAPERS: Sample = {
    "papers": [
        sheet("Đơn đề nghị", form=FORM),
        sheet("Văn bằng", "không cần nếu đã có trên hệ thống", copies=2),
        sheet("Giấy khám sức khỏe", originals=0, copies=1, is_required=False),
    ],
    "many_papers": [paper(number) for number in range(1, 31)],
    "steps": [
        step("Nộp hồ sơ", "Trực tuyến, tại quầy hoặc qua bưu chính."),
        step("Cơ quan kiểm tra giấy tờ"),
        step("Nhận kết quả", "Tại quầy hoặc tận nhà."),
    ],
    "picture": {
        "url": picture_url("img/mark.svg"),
        "width": 480,
        "height": 480,
    },
    "markers": [{"number": 1, "x": 12.5, "y": 30}, {"number": 2, "x": 88, "y": 62.5}],
    "account": {
        "holder": "Sở Y tế Cần Thơ",
        "number": "0111000007348",
        "number_display": "0111 0000 07348",
        "bank_short": "Vietcombank",
        "branch": "",
        "purpose": "",
        "is_demo": True,
    },
}

PLACES: Sample = {
    "counter_name": words("Bộ phận Một cửa"),
    "other_counter": words("Bộ phận Một cửa phường"),
    "hours_note": words("Buổi chiều thứ Sáu đông."),
    "hours": [
        {"days": "Thứ Hai đến thứ Sáu", "times": "7:00–11:00, 13:00–17:00"},
        {"days": "Thứ Bảy", "times": "7:30–11:00"},
    ],
    "unit_columns": ["Đơn vị", "Việc phụ trách", "Điện thoại"],
    "units": [
        {
            "label": "Phòng Nghiệp vụ Y",
            "url": HERE,
            "lang": LANG,
            "cells": [
                {"label": "Phụ trách", "value": "Giấy phép hành nghề", "lang": LANG},
                {"label": "Điện thoại", "value": "0292 300 0112", "url": "tel:+842923000112"},
            ],
        },
        {
            "label": "Phòng Nghiệp vụ Dược",
            "lang": LANG,
            "cells": [
                {"label": "Phụ trách", "value": "Kinh doanh dược", "lang": LANG},
                {"label": "Điện thoại", "value": _("not published yet")},
            ],
        },
    ],
    "today": date(2026, 11, 25),
    "picture_qr": picture_url("img/mark-mono.svg"),
}

CONTROLS: Sample = {
    "tags": [
        {"label": label, "colour": colour}
        for label, colour in (
            (_("Repealed"), "red"),
            (_("Full online service"), "teal"),
            (_("New"), "blue"),
            (_("Done"), "green"),
            (_("You must act"), "yellow"),
            (_("Ended"), "grey"),
        )
    ],
    "facets": [
        {
            "param": "doi-tuong",
            "label": _("For whom"),
            "is_select": False,
            "options": [option("Công dân", 1758, True), option("Doanh nghiệp", 751)],
        },
        {
            "param": "linh-vuc",
            "label": _("Sector"),
            "is_select": True,
            "options": [option("Hàng hải và đường thủy nội địa", 52), option("Thuế", 88)],
        },
    ],
    "beside": [{"kind": _("Guide"), "name": "Cách nộp hồ sơ", "lang": LANG, "url": HERE}],
    "chips": [{"label": words("Công dân"), "remove_url": HERE}],
    "sorts": [(_("Most used"), HERE, True), (_("Name A–Z"), HERE, False)],
    "signed_in": {
        "name": "Trần Thị Lục Bình",
        "acting_for": "Công ty TNHH Minh hoạ",
        "sections": [
            {
                "title": _("Personal page"),
                "links": [
                    {"label": _("Overview"), "url": HERE, "current": "page"},
                    {"label": _("Personal details"), "url": HERE, "current": ""},
                ],
            }
        ],
        "sign_out_url": HERE,
    },
    "first_page": build_paging(1, 143, HERE.format),
    "last_page": build_paging(143, 143, HERE.format),
    "errors": [{"text": _("Enter your full name"), "url": "#mau-ho-ten"}],
}


def build_samples(language: str) -> Sample:
    """Return the context of the gallery page."""
    lang = "" if language == "vi" else "vi"
    parts = {**LISTS, **FACTS, **PAPERS, **PLACES, **CONTROLS, "here": HERE, "lang": LANG}
    samples: Sample = _speak(parts, lang)
    return samples


def _speak(value: Any, lang: str) -> Any:
    if isinstance(value, dict):
        return {key: _speak(item, lang) for key, item in value.items()}
    if isinstance(value, list):
        return [_speak(item, lang) for item in value]
    if isinstance(value, SimpleNamespace):
        return SimpleNamespace(**_speak(vars(value), lang))
    if isinstance(value, tuple):
        return tuple(_speak(item, lang) for item in value)
    return lang if value is LANG else value
