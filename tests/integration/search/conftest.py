"""Tests of the search run on both engines; the cluster is a real one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings

from search import delivery
from search.engines import choice, elasticsearch
from search.models import SearchChange

ON_BOTH = {"test_index", "test_lists", "test_suggestions"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.rpartition(".")[2] in ON_BOTH:
        metafunc.parametrize("engine", [choice.DATABASE, choice.ELASTICSEARCH], indirect=True)


@pytest.fixture(scope="session")
def cluster_url() -> str:
    """The address of a node; without one these tests are skipped loudly, and fail under CI."""
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    if url:
        return url
    if os.environ.get("CI") == "true":
        pytest.fail("Elasticsearch is missing, and CI=true allows no missing service")
    pytest.skip("!!!! Elasticsearch is missing: see scripts/elasticsearch_node.py")


def cluster_settings(url: str) -> dict[str, Any]:
    """How to reach a node; a busy machine may take its time."""
    prefix = f"test-{uuid4().hex[:12]}"
    return {**django_settings.ELASTICSEARCH, "hosts": [url], "prefix": prefix, "timeout": 20}


@pytest.fixture(scope="session")
def shared_settings(cluster_url: str) -> Iterator[dict[str, Any]]:
    """Indices that many tests use one after the other."""
    options = cluster_settings(cluster_url)
    yield options
    with override_settings(ELASTICSEARCH=options):
        elasticsearch.drop()


@pytest.fixture
def empty_cluster(settings: Any, cluster_url: str) -> Iterator[None]:
    """The settings of a portal whose indices are not made yet."""
    settings.ELASTICSEARCH = cluster_settings(cluster_url)
    choice.try_again()
    yield
    elasticsearch.drop()


class Settled:
    """The cluster, after it has heard of every change: nothing is committed in these tests."""

    def __getattr__(self, name: str) -> Any:
        delivery.deliver()
        elasticsearch.refresh()
        return getattr(elasticsearch, name)


@pytest.fixture
def cluster(
    db: Any, settings: Any, shared_settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A cluster that alone answers; its errors are raised."""
    settings.ELASTICSEARCH = shared_settings
    if connection.vendor == "sqlite":  # counts again from where the last test began
        SearchChange.objects.create(pk=time.time_ns() // 1000, kind="", page_id=0).delete()
    if elasticsearch.is_current():
        elasticsearch.empty()
    else:
        delivery.rebuild()
    monkeypatch.setitem(choice.ENGINES, choice.ELASTICSEARCH, Settled())
    with choice.only(choice.ELASTICSEARCH):
        yield


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that answers in this test."""
    name = str(getattr(request, "param", choice.DATABASE))
    if name == choice.ELASTICSEARCH:
        request.getfixturevalue("cluster")
    return name
