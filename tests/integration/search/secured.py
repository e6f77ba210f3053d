"""What a node needs to speak TLS and to ask for keys; made for one test with OpenSSL."""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
from pathlib import Path

from elasticsearch_node import Node

USER, PASSWORD = "operator", "of-one-test-alone"
RIGHTS = {
    "cluster": ["monitor"],
    "indices": [{"names": ["test-*"], "privileges": ["all"]}],
}


def make_authority(folder: Path, name: str) -> Path:
    """Make a certificate authority; return the file of its certificate."""
    command = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}"]
    _openssl(folder, *command, *files)
    return folder / f"{name}.crt"


def make_certificate(folder: Path, authority: str) -> None:
    """Let an authority sign a certificate for this machine: node.key, node.crt."""
    _openssl(
        folder,
        *("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "node.key", "-out", "node.csr"),
        *("-subj", "/CN=127.0.0.1"),
    )
    (folder / "node.ext").write_text("subjectAltName=IP:127.0.0.1\n", encoding="utf-8")
    _openssl(
        folder,
        *("x509", "-req", "-in", "node.csr", "-CA", f"{authority}.crt", "-CAkey"),
        *(f"{authority}.key", "-CAcreateserial", "-days", "2", "-extfile", "node.ext"),
        *("-out", "node.crt"),
    )


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def secure(node: Node, folder: Path, authority: Path) -> None:
    """Let a node that has not started yet speak TLS alone, and know one user."""
    node.settings |= {
        "xpack.security.enabled": "true",
        "xpack.security.transport.ssl.enabled": "false",  # one node, on the loopback
        "xpack.security.http.ssl.enabled": "true",
        "xpack.security.http.ssl.certificate": "node.crt",
        "xpack.security.http.ssl.key": "node.key",
    }
    node.files = {
        "node.crt": (folder / "node.crt").read_bytes(),
        "node.key": (folder / "node.key").read_bytes(),
        "users": f"{USER}:{PASSWORD}\n".encode(),
        "users_roles": f"superuser:{USER}\n".encode(),
    }
    known = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    node.headers = {"Authorization": f"Basic {known}"}
    node.context = ssl.create_default_context(cafile=str(authority))


def make_key(node: Node) -> str:
    """Return an API key that may do what the manual of the portal asks for, and no more."""
    wanted = {"name": "portal", "role_descriptors": {"portal": RIGHTS}}
    with node.ask(f"{node.url}/_security/api_key", json.dumps(wanted).encode()) as answer:
        return str(json.load(answer)["encoded"])
