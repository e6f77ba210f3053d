"""The guards themselves: each must bite, otherwise every other test is weaker than it looks."""

from __future__ import annotations

import socket

import pytest
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.template import Context, Origin, Template, engines
from django.test import override_settings
from pytest_socket import SocketConnectBlockedError

from services.accounts.models import User
from tests.template_guard import OWN, UndefinedVariableError


def template(source: str, name: str) -> Template:
    engine = engines["django"].engine
    return Template(source, origin=Origin(name=name, template_name=name), engine=engine)


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ present.missing }}",
        "{{ missing|upper }}",
        "{% load i18n %}{% blocktranslate %}Hello {{ missing }}{% endblocktranslate %}",
        "{% with a=missing %}{{ a }}{% endwith %}",
        "{% for a in missing %}{% endfor %}{{ missing }}",
    ],
)
def test_undefined_variable_in_our_template_fails(source: str) -> None:
    with pytest.raises(UndefinedVariableError, match="missing"):
        template(source, f"{OWN}/x.html").render(Context({"present": {}}))


@pytest.mark.parametrize(
    "source", ["{% if missing %}a{% endif %}", '{{ missing|default:"" }}', "{{ present }}"]
)
def test_optional_variable_in_our_template_passes(source: str) -> None:
    assert template(source, f"{OWN}/x.html").render(Context({"present": ""})) == ""


def test_undefined_variable_elsewhere_passes() -> None:
    assert template("{{ missing }}", "/elsewhere/x.html").render(Context()) == ""


@pytest.mark.undefined_variables
def test_the_mark_switches_the_guard_off() -> None:
    assert template("{{ missing }}", f"{OWN}/x.html").render(Context()) == ""


def test_a_changed_setting_does_not_lose_the_guard() -> None:
    with override_settings(DEBUG=True), pytest.raises(UndefinedVariableError):
        template("{{ missing }}", f"{OWN}/x.html").render(Context())


def test_network_beyond_this_machine_is_refused() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as client:
        client.connect(("192.0.2.1", 80))


def test_unordered_pagination_fails() -> None:
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(User.objects.order_by(), 10).page(1)
