"""What a cluster can answer instead of an answer, and what that means in plain words."""

from __future__ import annotations

from django.conf import settings
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError


class IncompleteError(Exception):
    """The cluster answered, but not all that it was asked for."""


class RefusedError(Exception):
    """The cluster is well and does not want this one query."""


Unavailable = (TransportError, ApiError, IncompleteError)
UNAUTHORISED, FORBIDDEN = 401, 403


def explain(error: Exception) -> str:
    """Return what is wrong for whoever runs the portal; it holds no key and no password."""
    # Several nodes may have been tried, each with an error of its own.
    tried = (error, *error.errors) if isinstance(error, TransportError) else ()
    if untrusted := next((one for one in tried if isinstance(one, TlsError)), None):
        why = _cause(untrusted)
        return f"the certificate of a node is not trusted, see ELASTICSEARCH_CA_FILE ({why})"
    if isinstance(error, ConnectionTimeout):
        return "no node answered in time"
    if isinstance(error, TransportError):
        return "no node can be reached at ELASTICSEARCH_URL"
    if isinstance(error, ApiError):
        return _explain_status(error.meta.status, type(error).__name__)
    return f"{type(error).__name__}: {error}"


def _explain_status(status: int, name: str) -> str:
    if status == UNAUTHORISED and settings.ELASTICSEARCH["api_key"]:
        return "the cluster does not know this ELASTICSEARCH_API_KEY"
    if status == UNAUTHORISED:
        return "the cluster asks for ELASTICSEARCH_API_KEY"
    if status == FORBIDDEN:
        prefix = settings.ELASTICSEARCH["prefix"]
        return f"ELASTICSEARCH_API_KEY may not do this with indices {prefix}-*"
    return f"the cluster answered {status} ({name})"


def _cause(error: TlsError) -> str:
    """What the handshake failed on: "certificate verify failed: unable to get local issuer"."""
    return str(error).partition("[SSL: ")[2].partition("] ")[2].partition(" (_ssl")[0] or "TLS"
