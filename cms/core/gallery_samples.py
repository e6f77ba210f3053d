"""Sample words for the gallery of components: obviously invented, every variant once.

Only the gallery reads them. Content words are Vietnamese in both languages of the gallery, as
on a page that is not translated; `lang` marks them on the English one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

LONG_TITLE = (
    "Cấp mới giấy phép hành nghề trong giai đoạn chuyển tiếp đối với chức danh bác sỹ, y sỹ, "
    "điều dưỡng, hộ sinh, kỹ thuật y, dinh dưỡng lâm sàng, cấp cứu viên ngoại viện, "
    "tâm lý lâm sàng"
)
HERE = "#noi-dung"
Sample = dict[str, Any]


def build_samples(language: str) -> Sample:
    """Return the context of the gallery page."""
    lang = "" if language == "vi" else "vi"
    samples: Sample = {"lang": lang, "long_title": LONG_TITLE, "here": HERE}
    for part in (_lists, _facts, _papers, _places, _controls):
        samples.update(part(lang))
    return samples


def _lists(lang: str) -> Sample:
    def link(label: str, **more: Any) -> Sample:
        return {"label": label, "title": label, "url": HERE, "lang": lang, **more}

    return {
        "crumbs": [link("Trang chủ"), link("Cơ quan"), link("Sở Y tế thành phố Cần Thơ")],
        "tries": [link("giấy phép hành nghề"), link("mở nhà thuốc"), link("khai sinh")],
        "picks": [
            link("Đăng ký khai sinh", note="Ủy ban nhân dân cấp xã"),
            link("Cấp mới giấy phép hành nghề khám bệnh, chữa bệnh", note="430.000 đồng · 30 ngày"),
            link("Đăng ký thường trú", note="7 ngày làm việc"),
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
            link("Nghỉ Ngày Văn hóa Việt Nam 24/11: các quầy đóng cửa", date=date(2026, 11, 20)),
            link("Sở Y tế nhận hồ sơ hoàn toàn trực tuyến", date=date(2026, 11, 16)),
        ],
        "news_full": [
            link(
                "Nghỉ Ngày Văn hóa Việt Nam 24/11",
                date=date(2026, 11, 20),
                summary="Các quầy đóng cửa, ngày hẹn được dời sang ngày làm việc kế tiếp.",
            ),
        ],
        "links": [
            link("Luật Khám bệnh, chữa bệnh số 15/2023/QH15", note="09/01/2023"),
            {"label": "Quyết định chưa có văn bản", "lang": lang},
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
        "guide_steps": [
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
                "lang": lang,
            },
            {"url": HERE, "over": "Phần VI", "title": "Tìm thủ tục", "lang": lang},
        ],
    }


def _facts(lang: str) -> Sample:
    def row(title: str, **more: Any) -> Sample:
        known = {"fee": "430.000 đồng", "time": "30 ngày", "way": "Toàn trình"}
        return {"title": title, "url": HERE, "lang": lang, "meta": ["Khám bệnh"], **known, **more}

    return {
        "answer": [
            {
                "icon": "money",
                "label": _("Fee"),
                "value": "430.000 đồng",
                "detail": "nộp một lần, khi gửi hồ sơ",
                "lang": lang,
            },
            {
                "icon": "calendar",
                "label": _("Handed in today, result by"),
                "value": "Thứ Tư 23/12/2026",
                "detail": "30 ngày, kể từ ngày nhận đủ hồ sơ",
                "lang": lang,
            },
            {
                "icon": "file",
                "label": _("To prepare"),
                "value": "6 loại giấy tờ",
                "url": HERE,
                "link": _("See the list and get the forms"),
                "lang": lang,
            },
            {
                "icon": "pin",
                "label": _("Where"),
                "value": "Sở Y tế Cần Thơ",
                "detail": "Trực tuyến, tại quầy, bưu chính",
                "lang": lang,
            },
        ],
        "answer_unknown": [
            {"icon": "money", "label": _("Fee"), "value": _("not published yet"), "unknown": True},
            {"icon": "clock", "label": _("Time"), "value": _("not published yet"), "unknown": True},
        ],
        "rows": [
            row(LONG_TITLE, code="1.012289", meta=["Khám bệnh, chữa bệnh", "Sở Y tế"]),
            row(
                "Cấp lại giấy phép lái xe",
                code="3.000348",
                fee=_("not published yet"),
                tag=_("Repealed"),
                tag_colour="red",
            ),
        ],
        "compare_columns": ["Trực tuyến", "Tại quầy", "Bưu chính công ích"],
        "compare_rows": [
            {
                "label": "Văn bằng trong nước",
                "lang": lang,
                "cells": [
                    {"label": "Trực tuyến", "time": "30 ngày", "fee": "430.000 đồng"},
                    {"label": "Tại quầy", "time": "30 ngày", "fee": "430.000 đồng"},
                    {
                        "label": "Bưu chính",
                        "time": "30 ngày",
                        "fee": "430.000 đồng",
                        "note": "và cước gửi",
                        "lang": lang,
                    },
                ],
            },
            {
                "label": "Văn bằng nước ngoài, phải xác minh",
                "lang": lang,
                "cells": [
                    {"label": "Trực tuyến", "time": "60 ngày", "fee": _("not published yet")},
                    {"label": "Tại quầy", "time": "60 ngày", "fee": _("not published yet")},
                    {"label": "Bưu chính", "none": True},
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
                "lang": lang,
                "action_url": HERE,
                "action_label": _("Change"),
            },
        ],
    }


def _papers(lang: str) -> Sample:
    def paper(number: int) -> Sample:
        return {"name": f"Giấy tờ số {number}", "detail": "1 bản chính", "lang": lang}

    form = {"form_url": HERE, "form_label": "Tải Mẫu 08 (DOCX, 38 KB)"}
    return {
        "papers": [
            {"name": "Đơn đề nghị", "detail": "1 bản chính", "lang": lang, **form},
            {"name": "Văn bằng", "note": "không cần nếu đã có trên hệ thống", "lang": lang},
            {"name": "Giấy khám sức khỏe", "detail": "1 bản sao", "optional": True, "lang": lang},
        ],
        "many_papers": [paper(number) for number in range(1, 31)],
        "steps": [
            {
                "title": "Nộp hồ sơ",
                "text": "Trực tuyến, tại quầy hoặc qua bưu chính.",
                "lang": lang,
            },
            {"title": "Cơ quan kiểm tra giấy tờ", "lang": lang},
            {"title": "Nhận kết quả", "text": "Tại quầy hoặc tận nhà.", "lang": lang},
        ],
        "picture": {
            "url": static("img/mark.svg"),
            "width": 480,
            "height": 480,
            "alt": _("A sample picture with two numbered places"),
            "full_url": HERE,
        },
        "markers": [{"number": 1, "x": 12.5, "y": 30}, {"number": 2, "x": 88, "y": 62.5}],
        "copies": [
            {"label": _("Account holder"), "value": "Sở Y tế Cần Thơ", "lang": lang},
            {
                "label": _("Account number"),
                "value": "0111 0000 07348",
                "copy": "0111000007348",
                "what": _("the account number"),
            },
            {
                "label": _("Amount"),
                "value": "430.000 đồng",
                "copy": "430000",
                "what": _("the amount"),
                "total": True,
            },
        ],
    }


def _places(lang: str) -> Sample:
    return {
        "hours": [
            {"days": "Thứ Hai đến thứ Sáu", "times": ["7:00–11:00", "13:00–17:00"]},
            {"days": "Thứ Bảy", "times": ["7:30–11:00"]},
        ],
        "unit_columns": ["Đơn vị", "Việc phụ trách", "Điện thoại"],
        "units": [
            {
                "label": "Phòng Nghiệp vụ Y",
                "url": HERE,
                "lang": lang,
                "cells": [
                    {"label": "Phụ trách", "value": "Giấy phép hành nghề", "lang": lang},
                    {"label": "Điện thoại", "value": "0292 300 0112", "url": "tel:+842923000112"},
                ],
            },
            {
                "label": "Phòng Nghiệp vụ Dược",
                "lang": lang,
                "cells": [
                    {"label": "Phụ trách", "value": "Kinh doanh dược", "lang": lang},
                    {"label": "Điện thoại", "value": _("not published yet")},
                ],
            },
        ],
        "today": date(2026, 11, 25),
        "picture_qr": static("img/mark-mono.svg"),
    }


def _controls(lang: str) -> Sample:
    def option(label: str, count: int, checked: bool = False) -> Sample:
        value = str(count)
        return {
            "value": value,
            "label": label,
            "count": count,
            "checked": checked,
            "lang": lang,
        }

    return {
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
                "name": "doi-tuong",
                "legend": _("Who it is for"),
                "options": [option("Công dân", 1758, True), option("Doanh nghiệp", 751)],
            },
            {
                "name": "linh-vuc",
                "legend": _("Sector"),
                "options": [option("Hàng hải và đường thủy nội địa", 52), option("Thuế", 88)],
                "more_url": HERE,
                "more_label": _("See all sectors"),
            },
        ],
        "chips": [{"label": "Công dân", "url": HERE, "lang": lang}],
        "sorts": [
            {"label": _("Most used"), "url": HERE, "current": True},
            {"label": _("Name A–Z"), "url": HERE, "current": False},
        ],
        "first_pages": [
            {"number": 1, "url": HERE, "current": True},
            {"number": 2, "url": HERE},
            {"number": None},
            {"number": 143, "url": HERE},
        ],
        "last_pages": [
            {"number": 1, "url": HERE},
            {"number": None},
            {"number": 143, "url": HERE, "current": True},
        ],
        "errors": [{"text": _("Enter your full name"), "url": "#mau-ho-ten"}],
    }
