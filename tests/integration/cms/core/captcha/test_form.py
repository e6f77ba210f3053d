"""The captcha within a form, without JavaScript: refusals, another picture, what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from cms.core.models import CaptchaChallenge
from tests.integration.html import parse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.captcha_page")]
PAGE = "/mau/"


def token_of(page: BeautifulSoup) -> str:
    (field,) = page.select('input[name="captcha_token"]')
    assert field["autocomplete"] == "off"
    return str(field["value"])


def value_of(page: BeautifulSoup, name: str) -> str:
    return str(page.select_one(f'input[name="{name}"]').get("value", ""))


def open_form(client: Client, path: str = PAGE) -> BeautifulSoup:
    return parse(client.get(path))


def send(client: Client, token: str, **data: Any) -> Any:
    return client.post(PAGE, {"captcha_token": token, "name": "Nguyễn Văn A", **data})


def errors(page: BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ", strip=True) for tag in page.select(".govuk-error-message"))


def test_nothing_tells_the_digits(client: Client, captcha_answers: str) -> None:
    answer = client.get(PAGE)
    text = answer.content.decode() + str(answer.headers) + str(answer.cookies)
    assert captcha_answers not in text
    assert len(CaptchaChallenge.objects.all()) == 1


def test_the_words_and_what_belongs_to_what(client: Client) -> None:
    page = open_form(client)
    field = page.select_one("#id_captcha")
    assert page.select_one('label[for="id_captcha"]').text == "Mã xác nhận"
    assert page.select_one(f"#{field['aria-describedby']}").text.startswith("Gõ 6 chữ số")
    refresh = page.select_one('button[name="captcha_refresh"]')
    assert refresh.has_attr("formnovalidate")
    assert refresh.text.strip() == "Đổi mã khác"
    listen = page.select_one("a[data-captcha-listen]")
    assert "Nghe mã" in listen.text
    assert listen["href"].startswith("/ma-xac-nhan/")
    assert page.select_one("noscript audio[controls]")["preload"] == "none"
    english = open_form(client, "/en/mau/")
    assert english.select_one("a[data-captcha-listen]")["href"].startswith("/en/ma-xac-nhan/")
    assert english.select_one('label[for="id_captcha"]').text == "Security code"


def test_the_right_answer_serves_once(client: Client, captcha_answers: str) -> None:
    token = token_of(open_form(client))
    assert send(client, token, captcha=captcha_answers).content.decode() == "xong Nguyễn Văn A"
    page = parse(send(client, token, captcha=captcha_answers))
    assert "đã hết hạn" in errors(page)
    assert token_of(page) != token


def test_a_wrong_answer_changes_the_picture(client: Client, captcha_answers: str) -> None:
    token = token_of(open_form(client))
    page = parse(send(client, token, captcha="111111"))
    assert "Mã xác nhận chưa đúng; hình đã đổi, mời nhập mã mới" in errors(page)
    field = page.select_one("#id_captcha")
    assert "id_captcha_error" in field["aria-describedby"]
    assert field["aria-invalid"] == "true"
    assert not field.get("value")
    assert value_of(page, "name") == "Nguyễn Văn A"
    assert token_of(page) != token
    assert token_of(page) in page.select_one("[data-captcha-image]")["src"]
    assert "xong" in send(client, token_of(page), captcha=captcha_answers).content.decode()
    assert client.get(f"/ma-xac-nhan/{token}.png").status_code == 404


def test_who_passed_is_not_asked_again(client: Client, captcha_answers: str) -> None:
    token = token_of(open_form(client))
    page = parse(send(client, token, captcha=captcha_answers, name="A1"))
    assert page.select("#id_name_error")
    assert "Đã xác nhận" in page.text
    assert not page.select('input[name="captcha"], [data-captcha]')
    assert token_of(page) == token
    assert "xong" in send(client, token).content.decode()


def test_an_empty_answer_costs_no_challenge(client: Client, captcha_answers: str) -> None:
    token = token_of(open_form(client))
    page = parse(send(client, token, captcha=" "))
    assert "Nhập mã xác nhận" in errors(page)
    assert token_of(page) == token
    assert "xong" in send(client, token, captcha=captcha_answers).content.decode()


def test_an_old_page_gets_a_new_picture(client: Client, captcha_answers: str) -> None:
    token = token_of(open_form(client))
    CaptchaChallenge.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = parse(send(client, token, captcha=captcha_answers))
    assert "Mã xác nhận đã hết hạn" in errors(page)
    assert "xong" in send(client, token_of(page), captcha=captcha_answers).content.decode()


def test_another_picture_keeps_what_was_typed(client: Client, captcha_answers: str) -> None:
    token = token_of(open_form(client))
    typed = {"name": "Tên 1", "secret": "bí mật", "captcha": "12", "captcha_refresh": "1"}
    page = parse(send(client, token, **typed))
    assert token_of(page) != token
    assert not page.select(".govuk-error-message, .govuk-error-summary")
    assert value_of(page, "name") == "Tên 1"
    assert value_of(page, "secret") == value_of(page, "captcha") == ""
    assert page.select_one("#id_captcha").has_attr("autofocus")
    assert not CaptchaChallenge.objects.filter(token=token).exists()


@pytest.mark.parametrize("name", ["captcha", "captcha_token"])
@pytest.mark.parametrize("value", ["1" * 10_000, "😀" * 3000, "\u202e1", "\x00", "<b>", "9" * 61])
def test_hostile_values_are_refused(client: Client, name: str, value: str) -> None:
    token = token_of(open_form(client))
    data = {"captcha_token": token, "captcha": "1", "name": "A", name: value}
    answer = client.post(PAGE, data)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert errors(parse(answer))
    more = client.post(PAGE, {**data, "captcha_refresh": "1"})
    assert more.status_code in {200, 400}


def test_a_flood_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.core.captcha.limits.time.time", lambda: 1_800_000_000.0)
    answers = [client.post("/ma-xac-nhan/moi/").status_code for _ in range(62)]
    assert answers.count(200) == 60
    assert answers[-1] == 429
    assert client.get(PAGE).status_code == 429
    assert client.get(PAGE, REMOTE_ADDR="203.0.113.9").status_code == 200
