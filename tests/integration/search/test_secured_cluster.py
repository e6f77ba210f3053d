"""TLS and keys with a real node, and nodes that are slow in every way."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from elasticsearch_node import Node, cluster

from search import delivery
from search.engines import choice, elasticsearch
from search.models import SearchChange
from search.searches import search
from tests.integration.search import secured
from tests.integration.search.conftest import cluster_settings
from tests.integration.search.test_cluster import make_entries, needs_nodes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WRONG_KEY = "d3JvbmcxMjM0NTY3ODkwOm5vYm9keS1rbm93cy1pdA=="
PATIENCE = 0.7
# A busy machine may take its time; two steps of the client's own time-out would take longer.
BUSY = 0.6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("authorities")
    secured.make_authority(made, "ours")
    secured.make_authority(made, "theirs")
    secured.make_certificate(made, "ours")
    return made


@pytest.fixture(scope="module")
def node(folder: Path) -> Iterator[Node]:
    needs_nodes()
    prepare = partial(secured.secure, folder=folder, authority=folder / "ours.crt")
    with cluster(prepare=prepare) as (only,):
        yield only


@pytest.fixture(scope="module")
def key(node: Node) -> str:
    return secured.make_key(node)


def reach(node: Node, folder: Path, key: str, authority: str = "ours") -> dict[str, Any]:
    """The settings of a portal that reaches a node in this way; the first host is dead."""
    given = cluster_settings(node.url)
    ca_certs = str(folder / f"{authority}.crt") if authority else ""
    hosts = ["https://127.0.0.1:1", node.url]
    return {**given, "hosts": hosts, "api_key": key, "ca_certs": ca_certs}


@pytest.mark.slow
def test_the_right_key_and_authority_find(
    node: Node, folder: Path, key: str, settings: Any
) -> None:
    settings.ELASTICSEARCH = reach(node, folder, key)
    choice.try_again()
    elasticsearch.rebuild()
    make_entries(3)
    delivery.deliver()
    assert SearchChange.objects.count() == 0
    try:
        with choice.only(choice.ELASTICSEARCH):
            assert len(search("khai sinh", "vi").hits) == 3
        call_command("check_index", "--repair", stdout=StringIO())
    finally:
        elasticsearch.drop()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "authority", "said"),
    [
        (WRONG_KEY, "ours", "does not know this ELASTICSEARCH_API_KEY"),
        ("", "ours", "asks for ELASTICSEARCH_API_KEY"),
        ("right", "theirs", "not trusted, see ELASTICSEARCH_CA_FILE (certificate verify failed"),
        ("right", "", "not trusted, see ELASTICSEARCH_CA_FILE (certificate verify failed"),
    ],
)
def test_what_is_wrong_is_said_and_the_database_answers(
    given: str,
    authority: str,
    said: str,
    node: Node,
    folder: Path,
    key: str,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    given = key if given == "right" else given
    make_entries(2)
    settings.ELASTICSEARCH = reach(node, folder, given, authority)
    choice.try_again()
    caplog.set_level(logging.DEBUG)
    started = time.monotonic()
    assert len(search("khai sinh", "vi").hits) == 2
    assert time.monotonic() - started < 1
    delivery.note([("procedure", 1)])
    assert delivery.deliver() == 0
    assert SearchChange.objects.count() == 1
    with pytest.raises(CommandError, match=r"Elasticsearch: ") as error:
        call_command("check_index", "--repair", stdout=StringIO())
    assert said in str(error.value)
    written = caplog.text + str(error.value) + repr(error.value.__cause__)
    assert "the database answers" in written
    assert not given or given not in written
    assert secured.PASSWORD not in written


@pytest.mark.slow
def test_a_key_that_may_do_too_little_is_told(
    node: Node, folder: Path, key: str, settings: Any
) -> None:
    settings.ELASTICSEARCH = {**reach(node, folder, key), "prefix": "other-portal"}
    with pytest.raises(CommandError, match=r"may not do this with indices other-portal-\*"):
        call_command("check_index", "--repair", stdout=StringIO())


# ── nodes that are slow ───────────────────────────────────────────────────────────────────────

Answer = Callable[[socket.socket], None]


def trickle(client: socket.socket) -> None:
    """Begin an answer and never end it."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nX-Long: ":
        client.sendall(bytes([letter]))
    while True:
        client.sendall(b"x")
        time.sleep(0.1)


def trickle_body(client: socket.socket) -> None:
    """Say all of the head at once, and the body letter by letter."""
    client.sendall(
        b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\n"
        b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
    )
    while True:
        client.sendall(b" ")
        time.sleep(0.1)


def hang_up_late(client: socket.socket) -> None:
    """Take a while and hang up: the client then asks the next node."""
    time.sleep(0.4)


def answer_late(client: socket.socket) -> None:
    """Answer each question, but slowly; nothing is found."""
    body = b'{"took":1,"responses":[{"status":200,"hits":{"hits":[]}}]}'
    head = (
        b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\n"
        b"Content-Type: application/vnd.elasticsearch+json;compatible-with=8\r\n"
    )
    while True:
        time.sleep(0.4)
        client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        if not client.recv(65536):
            return


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Start a server that treats every connection in this way; return its address."""
    servers: list[socket.socket] = []

    def handle(client: socket.socket, answer: Answer) -> None:
        with closing(client):
            try:
                client.recv(65536)
                answer(client)
            except OSError:  # the portal has hung up, as it should
                return

    def accept(server: socket.socket, answer: Answer) -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            threading.Thread(target=handle, args=(client, answer), daemon=True).start()

    def start(answer: Answer) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=accept, args=(server, answer), daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    yield start
    for server in servers:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.mark.parametrize("answer", [trickle, trickle_body, hang_up_late, answer_late])
def test_one_deadline_holds_for_all_a_node_may_do(
    answer: Answer, serve: Callable[[Answer], str], settings: Any
) -> None:
    make_entries(2)
    hosts = [serve(answer) for _ in range(3)]
    options = {**cluster_settings(hosts[0]), "hosts": hosts, "timeout": PATIENCE}
    SearchChange.objects.all().delete()
    search("khai sinh", "vi")  # whatever is read once a process
    settings.ELASTICSEARCH = options
    choice.try_again()
    started = time.monotonic()
    search("khia sinh", "vi")  # asked as typed, then as meant
    assert time.monotonic() - started < PATIENCE + BUSY
    started = time.monotonic()
    assert len(search("khai sinh", "vi").hits) == (0 if answer is answer_late else 2)
    assert time.monotonic() - started < PATIENCE + BUSY


def test_a_deadline_ends_with_its_question(
    serve: Callable[[Answer], str], settings: Any, cluster_url: str
) -> None:
    """A connection that is used again has its time anew."""
    settings.ELASTICSEARCH = {**cluster_settings(cluster_url), "timeout": 5}
    for _ in range(3):
        assert elasticsearch.is_reachable()
        elasticsearch.is_current()
