"""The rules before publishing, one by one, over plain values."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from catalogue.readiness import (
    MESSAGES,
    USUAL,
    Limits,
    Rule,
    Severity,
    Surroundings,
    Text,
    check_procedure,
    check_texts,
    linked_files,
    linked_pages,
)
from catalogue.readiness.texts import is_address

TODAY = date(2026, 11, 25)
AROUND = Surroundings(
    today=TODAY,
    live_pages=frozenset({7, 8}),
    files=frozenset({70}),
    agencies_with_account=frozenset({3}),
)
FIELDS: dict[str, Any] = {
    "title": "Đăng ký minh hoạ",
    "seo_title": "",
    "search_description": "",
    "official_name": "Đăng ký minh hoạ",
    "summary": "",
    "conditions": "<p>Không có.</p>",
    "repealed_note": "",
    "filing_mode": "none",
    "filing_url": "",
    "effective_date": None,
    "is_repealed": False,
    "repealed_date": None,
    "successor_id": None,
    "facts_status": "verified",
}
SOUND: dict[str, Any] = {
    "page_id": 1,
    "uuid": "page",
    "owner_id": 3,
    "fields": FIELDS,
    "cases": [],
    "offers": [
        {"uuid": "o", "case_code": "", "method": "online", "duration": "5", "unit": "day",
         "note": ""}
    ],
    "fees": [
        {"uuid": "f", "case_code": "", "method": "", "kind": "amount", "amount": "30000",
         "per": "", "text": ""}
    ],
    "documents": [
        {"uuid": "d", "case_codes": [], "name": "Tờ khai", "note": "", "form_file_id": 70}
    ],
    "steps": [{"uuid": "s", "name": "Nộp", "text": "Nộp tại quầy."}],
    "results": [{"uuid": "r", "name": "Giấy phép", "code": ""}],
    "legal_bases": [1],
    "handled_at": [7],
    "related_procedures": [],
    "related_guides": [],
}  # fmt: skip


def changed(**values: Any) -> dict[str, Any]:
    """This function will return the sound procedure with other rows, links or fields."""
    snapshot = deepcopy(SOUND)
    for name, value in values.items():
        if name in FIELDS:
            snapshot["fields"][name] = value
        else:
            snapshot[name] = value
    return snapshot


def rules_of(snapshot: dict[str, Any], around: Surroundings = AROUND) -> list[Rule]:
    """This function will return the rules that a procedure breaks."""
    return [finding.rule for finding in check_procedure(snapshot, around)]


def fee(**values: Any) -> dict[str, Any]:
    """This function will return a fee row."""
    return {**SOUND["fees"][0], **values}


def test_a_sound_procedure_has_no_fault() -> None:
    assert rules_of(SOUND) == []


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        (Rule.FEE_MISSING, {"fees": []}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(amount=None)]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(amount="0")]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(amount="30")]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(amount="30001")]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(amount="9000000000")]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(kind="percentage", amount="160")]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(kind="text", amount=None)]}),
        (Rule.FEE_DOUBTFUL, {"fees": [fee(), fee(kind="free", amount=None)]}),
        (Rule.ACCOUNT_MISSING, {"owner_id": 4}),
        (Rule.METHOD_MISSING, {"offers": []}),
        (Rule.TIME_MISSING, {"offers": [{**SOUND["offers"][0], "duration": None}]}),
        (
            Rule.TIME_PARTLY,
            {"offers": [SOUND["offers"][0], {**SOUND["offers"][0], "duration": None}]},
        ),
        (Rule.COUNTER_MISSING, {"handled_at": []}),
        (Rule.LINK_BROKEN, {"handled_at": [9]}),
        (Rule.LINK_BROKEN, {"successor_id": 9}),
        (Rule.LINK_BROKEN, {"filing_mode": "link", "filing_url": "dichvucong"}),
        (Rule.PAPERS_MISSING, {"documents": []}),
        (Rule.PAPER_NAMELESS, {"documents": [{**SOUND["documents"][0], "name": " "}]}),
        (Rule.FORM_MISSING, {"documents": [{**SOUND["documents"][0], "form_file_id": None}]}),
        (Rule.LINK_BROKEN, {"documents": [{**SOUND["documents"][0], "form_file_id": 71}]}),
        (Rule.STEPS_MISSING, {"steps": []}),
        (Rule.RESULT_MISSING, {"results": []}),
        (Rule.CONDITIONS_EMPTY, {"conditions": ""}),
        (Rule.LAW_MISSING, {"legal_bases": []}),
        (Rule.NOT_IN_FORCE, {"effective_date": "2027-01-01"}),
        (Rule.FACTS_UNCHECKED, {"facts_status": "unverified"}),
        (Rule.SENTENCE_LONG, {"steps": [{"uuid": "s", "name": "", "text": "từ " * 41}]}),
    ],
)
def test_one_fault_breaks_one_rule(rule: Rule, values: dict[str, Any]) -> None:
    assert rules_of(changed(**values)) == [rule]


def test_only_papers_that_sound_like_a_form_need_one() -> None:
    copy = {**SOUND["documents"][0], "name": "Bản sao căn cước công dân", "form_file_id": None}
    assert rules_of(changed(documents=[copy])) == []


def test_a_repealed_basis_is_named() -> None:
    around = Surroundings(
        today=TODAY,
        live_pages=frozenset({7}),
        files=frozenset({70}),
        agencies_with_account=frozenset({3}),
        repealed_laws={1: "85/2019/TT-BTC"},
    )
    (finding,) = check_procedure(SOUND, around)
    assert finding.rule == Rule.LAW_REPEALED
    assert "85/2019/TT-BTC" in finding.message


def test_a_repealed_procedure_needs_only_its_repeal() -> None:
    bare = changed(is_repealed=True, fees=[], offers=[], steps=[], documents=[])
    assert rules_of(bare) == [Rule.REPEAL_UNDATED, Rule.REPEAL_UNEXPLAINED]
    told = changed(is_repealed=True, repealed_date="2026-07-01", successor_id=8, fees=[])
    assert rules_of(told) == []


def test_english_words_are_compared_with_the_vietnamese_ones() -> None:
    words = {("", "title"): "Registration", ("", "official_name"): "Đăng ký minh hoạ"}
    around = Surroundings(
        today=TODAY,
        live_pages=AROUND.live_pages,
        files=AROUND.files,
        agencies_with_account=AROUND.agencies_with_account,
        english={"page": words},
        stale={"page": 2},
    )
    missing, stale = check_procedure(SOUND, around)
    assert (missing.rule, stale.rule) == (Rule.TRANSLATION_MISSING, Rule.TRANSLATION_STALE)
    assert stale.number == 2


def judged(value: Any, language: str = "vi") -> list[tuple[Rule, str]]:
    """This function will return what is wrong with one text, and where."""
    return [(f.rule, f.field) for f in check_texts([Text("body", value, language)], AROUND)]


def test_a_sentence_may_have_forty_syllables_or_twenty_five_english_words() -> None:
    assert judged("từ " * 40) == []
    assert judged("từ " * 41) == [(Rule.SENTENCE_LONG, "body")]
    assert judged("word " * 26, "en") == [(Rule.SENTENCE_LONG, "body")]
    assert judged("từ " * 30 + ". " + "từ " * 30) == []
    assert judged("<ul><li>" + "từ " * 30 + "</li><li>" + "từ " * 30 + "</li></ul>") == []
    own = Surroundings(today=TODAY, limits=Limits(vietnamese_syllables=3))
    assert check_texts([Text("body", "một hai ba bốn")], own)[0].number == 4


@pytest.mark.parametrize(
    ("link", "is_broken"),
    [
        ('linktype="page" id="7"', False),
        ('id="9" linktype="page"', True),
        ('linktype="document" id="70"', False),
        ('linktype="document" id="71"', True),
        ('href="https://example.vn/a?b=1"', False),
        ('href="http//example.vn"', True),
        ('href=""', True),
        ('href="mailto:mot@example.vn"', False),
    ],
)
def test_links_must_lead_somewhere(link: str, is_broken: bool) -> None:
    assert judged(f"<p>Xem <a {link}>ở đây</a></p>") == [(Rule.LINK_BROKEN, "body")] * is_broken


def test_addresses_are_judged_by_how_they_are_written() -> None:
    assert is_address("/thu-tuc/")
    assert is_address("tel:0292123")
    assert not is_address("javascript:alert(1)")
    assert not is_address("https://khong co")
    assert not is_address("https://[1")


def test_pictures_need_a_description_that_is_no_file_name() -> None:
    def picture(words: str, *, decorative: bool = False) -> list[dict[str, Any]]:
        value = {"image": 5, "decorative": decorative, "alt_text": words}
        return [{"type": "image", "id": "b1", "value": value}]

    assert judged(picture("Màn hình đăng nhập")) == []
    assert judged(picture("", decorative=True)) == []
    assert judged(picture("")) == [(Rule.ALT_MISSING, "body.b1")]
    assert judged(picture("anh_1.png")) == [(Rule.ALT_MISSING, "body.b1")]
    assert judged('<p><embed embedtype="image" id="5" alt=""/></p>') == [(Rule.ALT_MISSING, "body")]


def test_streams_name_the_block_and_the_pages_that_they_choose() -> None:
    value = {
        "heading": "Nộp phí",
        "instructions": [{"type": "item", "id": "i1", "value": "từ " * 41}],
        "bank_account": [{"type": "item", "id": "k1", "value": {"agency": 9}}],
        "introduction": '<a linktype="page" id="7">x</a> <a linktype="document" id="70">y</a>',
    }
    stream = [{"type": "part", "id": "p1", "value": value}]
    assert judged(stream) == [(Rule.SENTENCE_LONG, "body.p1"), (Rule.LINK_BROKEN, "body.p1")]
    assert linked_pages(stream) == {7, 9}
    assert linked_files(stream) == {70}


def test_every_rule_has_its_words_and_its_usual_weight() -> None:
    assert set(MESSAGES) == set(Rule) == set(USUAL)
    assert Severity.OFF not in USUAL.values()
