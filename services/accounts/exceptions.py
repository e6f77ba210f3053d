"""Refusals of the accounts room."""

from __future__ import annotations


class AccountError(Exception):
    """Base of the refusals that a form shows."""


class AlreadyMemberError(AccountError):
    """The person has this role in this agency already."""


class OwnRoleError(AccountError):
    """Nobody takes their own role of administrator away."""


class NoSourcePageError(AccountError):
    """Memberships are held by the agency's Vietnamese page."""


class CodeError(AccountError):
    """A one-time code that was not accepted."""


class WrongCodeError(CodeError):
    """The code is not the one that was sent; `left` entries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class SpentCodeError(CodeError):
    """Too many wrong entries: this code counts no more."""


class ExpiredCodeError(CodeError):
    """There is no code that still counts: it has run out, was used, or was never sent."""


class TooSoonError(AccountError):
    """Another code may be asked for after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class AdministratorExistsError(AccountError):
    """There is somebody already who may do everything."""


class UsernameTakenError(AccountError):
    """Somebody else has this user name."""


class AlreadyActiveError(AccountError):
    """The account is activated already."""


class WorksForItError(AccountError):
    """The person acts for this enterprise already."""


class GoneError(AccountError):
    """What should be changed has been answered, ended or taken away meanwhile."""


class LastOwnerError(AccountError):
    """An enterprise keeps at least one owner."""


class TooManyInvitationsError(AccountError):
    """Too many invitations wait for an answer."""


class LastContactError(AccountError):
    """Nothing else would be left to reach the person."""


class NoContactError(AccountError):
    """There is no such number or address to prove."""


class NeededConsentError(AccountError):
    """Without this consent there is no account."""


class KeptError(AccountError):
    """The account cannot be deleted yet; `reasons` say why, in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class CounterError(AccountError):
    """What an officer may not do at the counter; says why in plain words."""


class TooManySearchesError(CounterError):
    """Too many searches in a short time; `seconds` until the next one."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class OwnRecordError(CounterError):
    """Nobody confirms or decides about themselves."""


class NumberMismatchError(CounterError):
    """The number on the card or certificate is not the one of the record."""


class NumberHeldError(CounterError):
    """Another record with this number is verified."""


class AlreadyVerifiedError(CounterError):
    """The number is verified already."""


class NobodyConcernedError(CounterError):
    """There is nobody who could be shown that the record was opened."""


class IdentityTakenError(AccountError):
    """Another account holds this identity, or the account another one."""
