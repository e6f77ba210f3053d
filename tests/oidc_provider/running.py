"""Starts the provider, and signs somebody in there as a browser would."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
CLIENT_ID, SECRET = "mot-cua", "bi-mat-thu"
CALLBACK = "/tai-khoan/dinh-danh/quoc-gia/tra-loi/"


@contextmanager
def provider(redirect_uri: str) -> Iterator[str]:
    """Serve the provider for the portal that is called back at `redirect_uri`; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.oidc_provider.serve", str(port), redirect_uri],
            cwd=ROOT,
            env={**os.environ, "PROVIDER_DATABASE": f"{folder}/provider.sqlite3"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert "ready" in process.stdout.readline(), "the provider does not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def settings_for(address: str) -> dict[str, Any]:
    """Return allauth's providers for a running one."""
    app = {
        "provider_id": "quoc-gia",
        "name": "VNeID",
        "client_id": CLIENT_ID,
        "secret": SECRET,
        "settings": {"server_url": address, "fetch_userinfo": True, "scope": ["openid"]},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def sign_in_there(address: str, claims: dict[str, Any]) -> str:
    """Follow the portal's redirect to the provider, agree there; return where it sends back to."""
    browser = requests.Session()
    answer = browser.get(address, timeout=20)
    found = re.search(r'name="next" value="([^"]*)"', answer.text)
    assert found, answer.text[:500]
    form = {"claims": json.dumps(claims), "next": found[1].replace("&amp;", "&")}
    answer = browser.post(answer.url, form, timeout=20, allow_redirects=False)
    while "/tra-loi/" not in (answer.headers.get("Location", "").split("?")[0]):
        assert answer.is_redirect, answer.text[:500]
        target = requests.compat.urljoin(answer.url, answer.headers["Location"])
        answer = browser.get(target, timeout=20, allow_redirects=False)
    return answer.headers["Location"]
