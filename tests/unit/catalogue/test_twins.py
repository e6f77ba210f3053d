"""Names that differ only in what stands in brackets or in the level at their end."""

from __future__ import annotations

import pytest

from catalogue.selectors.twins import stem


@pytest.mark.parametrize(
    "name",
    [
        "Cấp đổi thẻ căn cước",
        "Thủ tục cấp đổi thẻ căn cước",
        "Cấp đổi thẻ căn cước (thực hiện tại cấp tỉnh)",
        "Cấp đổi thẻ căn cước thực hiện tại cấp trung ương, cấp tỉnh, cấp xã",
        "Cấp đổi thẻ căn cước (cấp Xã) (1.010727)",
        "Cấp đổi thẻ căn cước (cấp lại (lần hai))",
        "Cấp đổi thẻ căn cước tại Công an cấp tỉnh",
    ],
)
def test_twins_have_one_stem(name: str) -> None:
    assert stem(name) == "cap doi the can cuoc"


@pytest.mark.parametrize("name", ["Cấp lại thẻ căn cước", "Cấp đổi thẻ cấp xã hội", "(cấp xã)"])
def test_others_have_their_own(name: str) -> None:
    assert stem(name) != "cap doi the can cuoc"


def test_hostile_names_have_a_stem() -> None:
    for name in ("((((" * 50, "()" * 100, "cấp tỉnh", "", "🙂"):
        assert isinstance(stem(name), str)
