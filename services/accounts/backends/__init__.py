"""Where Django's and allauth's sign-in call the portal."""

from services.accounts.backends.adapter import AccountAdapter, ActivationStage
from services.accounts.backends.national import NationalAdapter
from services.accounts.backends.passwords import PortalBackend

__all__ = ["AccountAdapter", "ActivationStage", "NationalAdapter", "PortalBackend"]
