"""A challenge bears one guess, holds once it is passed, and serves one form however many ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.utils import timezone

from cms.core import captcha
from cms.core.captcha import challenges
from cms.core.captcha.challenges import Verdict, digits_of, judge, make_challenge
from cms.core.clock.jobs import list_jobs
from cms.core.models import CaptchaChallenge

PARALLEL = 50
transactional = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def age(token: str, **by: int) -> None:
    past = timezone.now() - timedelta(**by)
    CaptchaChallenge.objects.filter(token=token).update(expires_at=past)


def wrong(token: str) -> str:
    return f"{(int(digits_of(token)) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
def test_nothing_stored_tells_the_digits() -> None:
    token = make_challenge()
    digits = digits_of(token)
    assert len(digits) == 6
    assert digits.isdecimal()
    row = CaptchaChallenge.objects.values_list().get(token=token)
    assert digits not in " ".join(map(str, row[1:3]))
    with override_settings(SECRET_KEY="another-" + "y" * 50):
        assert digits_of(token) != digits
        assert judge(token, digits) is Verdict.WRONG


@pytest.mark.django_db
def test_challenges_differ() -> None:
    tokens = [make_challenge() for _ in range(40)]
    assert len(set(tokens)) == 40
    assert len({digits_of(token) for token in tokens}) > 35


@pytest.mark.django_db
def test_right_answer_holds_until_it_is_consumed() -> None:
    token = make_challenge()
    assert not captcha.consume(token)
    assert judge(token, digits_of(token)) is Verdict.PASSED
    assert judge(token, "") is Verdict.PASSED
    assert captcha.consume(token)
    assert not captcha.consume(token)
    assert judge(token, digits_of(token)) is Verdict.EXPIRED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda d: f" {d[:3]} {d[3:]}\t",
        "\u00a0".join,
        lambda d: f"{d[:3]}-{d[3:]}",
        lambda d: d.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        lambda d: "\u200b\u200e" + "\u3000".join(d),
    ],
    ids=["spaces", "no-break", "dash", "full-width", "invisible"],
)
def test_spelling_is_forgiven(write: Callable[[str], str]) -> None:
    token = make_challenge()
    assert judge(token, write(digits_of(token))) is Verdict.PASSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    ["x", "😀" * 6, "1" * 10_000, "\u202e123456", "١٢٣٤٥٦", "1e5", "0x1234", "'; --", "²²²²²²"],
)
def test_strange_answers_are_wrong(captcha_answers: str, answer: str) -> None:
    assert judge(make_challenge(), answer) is Verdict.WRONG


@pytest.mark.django_db
def test_a_challenge_bears_one_guess() -> None:
    token = make_challenge()
    assert judge(token, wrong(token)) is Verdict.WRONG
    assert judge(token, digits_of(token)) is Verdict.EXPIRED
    assert not captcha.consume(token)


@pytest.mark.django_db
def test_the_digits_of_another_challenge_are_wrong() -> None:
    mine, other = make_challenge(), make_challenge()
    assert judge(mine, digits_of(other)) is Verdict.WRONG
    assert judge("foreign", digits_of(other)) is Verdict.EXPIRED
    assert judge("", "") is Verdict.EXPIRED
    assert judge("🙂" * 5000, "1") is Verdict.EXPIRED


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "\x00", "a\x00b", "\u202e", "😀" * 500, "'--"])
def test_what_is_no_token_has_no_challenge(client: Client, token: str) -> None:
    assert judge(token, "123456") is Verdict.EXPIRED
    assert not captcha.consume(token)
    assert not challenges.is_open(token)
    assert not challenges.was_consumed(token)
    challenges.drop(token)
    sent = {"captcha_token": token.encode("utf-8", "replace")}
    assert client.post("/ma-xac-nhan/moi/", sent).status_code == 200


@pytest.mark.django_db
def test_time_runs_out() -> None:
    token = make_challenge()
    age(token, seconds=1)
    assert judge(token, digits_of(token)) is Verdict.EXPIRED
    token = make_challenge()
    judge(token, digits_of(token))
    age(token, seconds=1)
    assert judge(token, "") is Verdict.EXPIRED
    assert not captcha.consume(token)


@pytest.mark.django_db
def test_passing_once_is_no_key_to_a_thousand_questions() -> None:
    token = make_challenge()
    verdicts = [judge(token, digits_of(token)) for _ in range(challenges.MOST_TRIES + 5)]
    assert verdicts.count(Verdict.PASSED) == challenges.MOST_TRIES
    assert verdicts[-1] is Verdict.EXPIRED


@pytest.mark.django_db
def test_the_clock_forgets_what_ended() -> None:
    old, new = make_challenge(), make_challenge()
    age(old, hours=2)
    job = next(job for job in list_jobs() if job.name == "forget_captchas")
    job.run()
    assert list(CaptchaChallenge.objects.values_list("token", flat=True)) == [new]


def at_once(job: Callable[[], Any]) -> list[Any]:
    """Calls `job` in many threads that start together."""
    barrier = threading.Barrier(PARALLEL)
    results: list[Any] = []

    def run() -> None:
        try:
            barrier.wait(30)
            results.append(job())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(PARALLEL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == PARALLEL
    return results


@transactional
def test_of_50_uses_at_once_one_counts() -> None:
    token = make_challenge()
    judge(token, digits_of(token))
    results = at_once(lambda: captcha.consume(token))
    assert sorted(map(str, results)) == ["False"] * (PARALLEL - 1) + ["True"]


@transactional
def test_of_50_guesses_at_once_one_is_judged() -> None:
    token = make_challenge()
    guess = wrong(token)
    results = at_once(lambda: judge(token, guess))
    assert results.count(Verdict.WRONG) == 1
    assert results.count(Verdict.EXPIRED) == PARALLEL - 1


@transactional
def test_the_same_form_sent_twice_at_once_passes() -> None:
    token = make_challenge()
    digits = digits_of(token)
    results = at_once(lambda: judge(token, digits))
    assert results.count(Verdict.PASSED) == challenges.MOST_TRIES
    assert not [result for result in results if not isinstance(result, Verdict)]
