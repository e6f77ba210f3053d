"""Three versions become one: nobody's change is lost, and what both changed is asked."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cms.core.editing.merging import MINE, THEIRS, Content, Merge, Rules, merge

KEYS = {"rows": "key"}


def run(base: Content | None, theirs: Content, mine: Content, **options: Any) -> Merge:
    return merge(base, theirs, mine, Rules(lambda path, a, b: a == b, KEYS, **options))


def rows(*pairs: tuple[str, str]) -> list[Content]:
    return [{"key": k, "text": v, "sort_order": n} for n, (k, v) in enumerate(pairs)]


def texts(merged: Merge) -> list[tuple[str, str]]:
    found = merged.content["rows"]
    assert [row["sort_order"] for row in found] == list(range(len(found)))
    return [(row["key"], row["text"]) for row in found]


def test_each_field_comes_from_who_changed_it() -> None:
    merged = run({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 1, "c": 1}, {"a": 1, "b": 3, "c": 1})
    assert merged.content == {"a": 2, "b": 3, "c": 1}
    assert (merged.theirs, merged.mine, merged.conflicts) == ([("a",)], [("b",)], [])


def test_the_same_change_by_both_is_no_question() -> None:
    assert run({"a": 1}, {"a": 2}, {"a": 2}) == Merge({"a": 2})


def test_a_field_that_both_changed_is_asked_and_the_choice_holds() -> None:
    sides = {"a": 1}, {"a": 2}, {"a": 3}
    asked = run(*sides)
    assert (asked.conflicts, asked.open) == ([("a",)], [("a",)])
    assert run(*sides, choices={("a",): THEIRS}).content == {"a": 2}
    decided = run(*sides, choices={("a",): MINE})
    assert (decided.content, decided.open) == ({"a": 3}, [])


def test_without_a_common_start_every_difference_is_asked() -> None:
    merged = run(None, {"a": 1, "b": 1}, {"a": 1, "b": 2})
    assert merged.conflicts == [("b",)]


def test_what_no_form_shows_is_theirs_and_never_asked() -> None:
    merged = run({"a": 1}, {"a": 2}, {"a": 3}, editable=lambda path: False)
    assert merged == Merge({"a": 2})


def test_rows_that_both_added_stand_side_by_side() -> None:
    merged = run(
        {"rows": rows(("1", "a"))},
        {"rows": rows(("1", "a"), ("t", "theirs"))},
        {"rows": rows(("m", "mine"), ("1", "a"))},
    )
    assert texts(merged) == [("m", "mine"), ("1", "a"), ("t", "theirs")]
    assert (merged.theirs, merged.mine) == ([("rows", "t")], [("rows", "m")])


def test_a_deleted_row_stays_deleted() -> None:
    both = rows(("1", "a"), ("2", "b"), ("3", "c"))
    merged = run({"rows": both}, {"rows": both[1:]}, {"rows": both[:2]})
    assert texts(merged) == [("2", "b")]


def test_a_row_that_one_deleted_and_the_other_changed_is_asked() -> None:
    sides = {"rows": rows(("1", "a"))}, {"rows": []}, {"rows": rows(("1", "b"))}
    assert run(*sides).open == [("rows", "1")]
    assert texts(run(*sides, choices={("rows", "1"): MINE})) == [("1", "b")]
    assert texts(run(*sides, choices={("rows", "1"): THEIRS})) == []


def test_my_order_holds_where_i_moved_rows_else_theirs() -> None:
    one, two = ("1", "a"), ("2", "b")
    base, turned = {"rows": rows(one, two)}, {"rows": rows(two, one)}
    assert texts(run(base, base, turned)) == [two, one]
    assert texts(run(base, turned, base)) == [two, one]


def test_rows_without_a_key_are_one_field() -> None:
    base = {"rows": [{"key": None, "text": "a"}]}
    theirs = {"rows": [{"key": None, "text": "b"}]}
    assert run(base, theirs, base).content == theirs
    assert run(base, theirs, {"rows": []}).open == [("rows",)]


def test_of_two_rows_with_one_key_the_sent_one_counts() -> None:
    base = {"rows": rows(("1", "a"))}
    assert texts(run(base, base, {"rows": rows(("1", "a"), ("1", "b"))})) == [("1", "b")]


CONTENTS = st.fixed_dictionaries(
    {
        "a": st.integers(0, 2),
        "rows": st.dictionaries(st.sampled_from("123"), st.sampled_from("ab")).map(
            lambda found: rows(*found.items())
        ),
    }
)


@given(CONTENTS, CONTENTS)
def test_who_changed_nothing_gets_the_other_version(base: Content, changed: Content) -> None:
    for theirs, mine in ((changed, base), (base, changed)):
        merged = run(base, theirs, mine)
        assert not merged.conflicts
        assert merged.content["a"] == changed["a"]
        assert sorted(texts(merged)) == sorted((r["key"], r["text"]) for r in changed["rows"])


@given(CONTENTS, CONTENTS, CONTENTS)
def test_every_choice_is_obeyed(base: Content, theirs: Content, mine: Content) -> None:
    asked = run(base, theirs, mine)
    for choice in (THEIRS, MINE):
        merged = run(base, theirs, mine, choices=dict.fromkeys(asked.conflicts, choice))
        assert merged.conflicts == asked.conflicts
        assert not merged.open
