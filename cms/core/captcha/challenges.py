"""Making, judging and using up challenges. Every change is one conditional UPDATE.

A challenge bears one guess; a right one counts for an hour and for one form. It refuses to say
which digits are right to anybody but the two drawing views.
"""

from __future__ import annotations

import secrets
import unicodedata
from datetime import timedelta
from enum import Enum

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.core.models import CaptchaChallenge

LENGTH = 6
LIFETIME = timedelta(minutes=20)
# Somebody who has passed may still be putting other fields right.
PASSED_LIFETIME = timedelta(hours=1)
# How often one passed challenge lets a form be tried, so that it is no key to a thousand questions.
MOST_TRIES = 20
KEPT = timedelta(hours=1)
_LONGEST_ANSWER = 40
_IGNORED = "-‐‑–—._"  # what people put between digits


class Verdict(Enum):
    """What an answer was worth."""

    PASSED = "passed"
    WRONG = "wrong"
    EXPIRED = "expired"


def digits_of(token: str) -> str:
    """Return the digits of a challenge, which only the secret key can tell."""
    number = int(_keyed("digits", token), 16) % 10**LENGTH
    return f"{number:0{LENGTH}d}"


def seed_of(token: str, *more: str) -> str:
    """Return what the noise of a drawing follows from; nobody without the key can take it away."""
    return _keyed("noise", "\n".join((token, *more)))


def make_challenge() -> str:
    """Store a new challenge and return its token."""
    token = secrets.token_urlsafe(24)
    CaptchaChallenge.objects.create(
        token=token,
        answer_hash=_hash_answer(token, digits_of(token)),
        expires_at=timezone.now() + LIFETIME,
    )
    return token


def is_open(token: str) -> bool:
    """Tell whether this challenge still waits for its answer."""
    return _waiting(token).exists()


def judge(token: str, answer: str) -> Verdict:
    """Take one guess. Of guesses at the same time only one counts; whoever has passed stays so."""
    if _try_again(token):
        return Verdict.PASSED
    now = timezone.now()
    waiting = _waiting(token)
    right = waiting.filter(answer_hash=_hash_answer(token, read_answer(answer)))
    if right.update(attempts=1, passed_at=now, expires_at=now + PASSED_LIFETIME):
        return Verdict.PASSED
    if waiting.update(attempts=1):
        return Verdict.WRONG
    # The same form sent twice at once: the other one has just passed.
    return Verdict.PASSED if _try_again(token) else Verdict.EXPIRED


def consume(token: str) -> bool:
    """Use up a passed challenge; True for exactly one caller."""
    used = _living(token).filter(passed_at__isnull=False).update(consumed_at=timezone.now())
    return used == 1


def was_consumed(token: str) -> bool:
    """Tell whether a form has succeeded with this challenge, within its time."""
    used = _stored(token).filter(consumed_at__isnull=False)
    return used.filter(expires_at__gt=timezone.now()).exists()


def drop(token: str) -> None:
    """Forget a challenge that somebody exchanged for another one."""
    _waiting(token).delete()


def forget_old() -> None:
    """Delete challenges that ended an hour ago or earlier."""
    CaptchaChallenge.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()


def read_answer(answer: str) -> str:
    """Return the digits that were meant: full-width ones are plain, spaces and dashes nothing."""
    plain = unicodedata.normalize("NFKC", answer[:_LONGEST_ANSWER])
    return "".join(c for c in plain if c not in _IGNORED and not c.isspace() and c.isprintable())


def _stored(token: str) -> QuerySet[CaptchaChallenge]:
    rows = CaptchaChallenge.objects.filter(token=token)
    # PostgreSQL does not even look for a text with a NUL character.
    return rows if token.isprintable() else rows.none()


def _living(token: str) -> QuerySet[CaptchaChallenge]:
    return _stored(token).filter(consumed_at=None, expires_at__gt=timezone.now())


def _waiting(token: str) -> QuerySet[CaptchaChallenge]:
    return _living(token).filter(passed_at=None, attempts=0)


def _try_again(token: str) -> bool:
    passed = _living(token).filter(passed_at__isnull=False, attempts__lt=MOST_TRIES)
    return passed.update(attempts=F("attempts") + 1) == 1


def _hash_answer(token: str, digits: str) -> str:
    return _keyed("answer", f"{token}:{digits}")


def _keyed(purpose: str, text: str) -> str:
    return salted_hmac(f"cms.core.captcha.{purpose}", text, algorithm="sha256").hexdigest()
