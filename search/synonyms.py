"""What people say and what procedures call it: data, read once a process.

Words are keyed by their folded tokens. An exact spelling is kept beside, so that somebody who
types accents is taken at their word: "đổi" is not "dời".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from search.analysis import Token, tokenize

FOLDER = Path(__file__).resolve().parent / "data"
# Abbreviations and the commonest words; then what people say of each field.
FILES = ("synonyms.toml", "everyday.toml")

Phrase = tuple[str, ...]


@dataclass
class Thesaurus:
    """Phrases of folded tokens: what each may mean, and which say little."""

    meanings: dict[Phrase, list[tuple[tuple[Token, ...], list[tuple[Token, ...]]]]] = field(
        default_factory=dict
    )
    fillers: dict[Phrase, list[tuple[Token, ...]]] = field(default_factory=dict)
    light: dict[Phrase, list[tuple[Token, ...]]] = field(default_factory=dict)
    final: set[tuple[Token, ...]] = field(default_factory=set)
    outside: dict[Phrase, list[tuple[Token, ...]]] = field(default_factory=dict)
    longest: int = 1

    def add(self, said: str, means: list[str], *, is_final: bool = False) -> None:
        """Let the phrase `said` also stand for each phrase of `means`.

        A final phrase is only one where nothing follows that it could be said of: somebody *dies*
        in "bố mất rồi", and loses a card in "bố mất căn cước".
        """
        tokens = tuple(tokenize(said))
        if is_final:
            self.final.add(tokens)
        phrases = [tuple(tokenize(text)) for text in means]
        self._key(tokens)
        known = self.meanings.setdefault(folded(tokens), [])
        for spelling, found in known:
            if spelling == tokens:
                found.extend(phrase for phrase in phrases if phrase not in found)
                return
        known.append((tokens, phrases))

    def copy(self) -> Thesaurus:
        """Return a thesaurus that may be added to while this one stays as it is."""
        meanings = {
            key: [(said, list(means)) for said, means in known]
            for key, known in self.meanings.items()
        }
        fillers = {key: list(known) for key, known in self.fillers.items()}
        return Thesaurus(meanings, fillers, self.light, self.final, self.outside, self.longest)

    def add_filler(self, words: str) -> None:
        """Let a phrase weigh little."""
        tokens = tuple(tokenize(words))
        self._key(tokens)
        self.fillers.setdefault(folded(tokens), []).append(tokens)

    def add_light(self, words: str) -> None:
        """Let a word count less than others: a verb that goes with everything."""
        tokens = tuple(tokenize(words))
        self.light.setdefault(folded(tokens), []).append(tokens)

    def add_outside(self, words: str) -> None:
        """Let a phrase be one that people look for elsewhere: what does not say it is no answer."""
        tokens = tuple(tokenize(words))
        self._key(tokens)
        self.outside.setdefault(folded(tokens), []).append(tokens)

    def is_outside(self, tokens: list[Token]) -> bool:
        """Whether these tokens together are mostly looked for elsewhere."""
        return any(agrees(tokens, known) for known in self.outside.get(folded(tokens), []))

    def is_light(self, tokens: list[Token]) -> bool:
        """Whether these tokens together are a verb that goes with everything."""
        return any(agrees(tokens, known) for known in self.light.get(folded(tokens), []))

    def _key(self, tokens: tuple[Token, ...]) -> None:
        self.longest = max(self.longest, len(tokens))

    def find(self, tokens: list[Token], *, is_end: bool = True) -> list[tuple[Token, ...]]:
        """Return what these tokens together may mean beside themselves.

        `is_end` says that nothing follows them that they could be said of.
        """
        found: list[tuple[Token, ...]] = []
        for spelling, phrases in self.meanings.get(folded(tokens), []):
            if agrees(tokens, spelling) and (is_end or spelling not in self.final):
                found.extend(phrases)
        return found

    def find_slip(self, tokens: list[Token]) -> list[tuple[Token, ...]]:
        """Return what a phrase may mean of which one word has a wrong mark: "mĩ phẫm"."""
        found: list[tuple[Token, ...]] = []
        for spelling, phrases in self.meanings.get(folded(tokens), []):
            if spelling not in self.final and _one_mark_away(tokens, spelling):
                found.extend(phrases)
        return found

    def is_filler(self, tokens: list[Token], *, exactly: bool = False) -> bool:
        """Whether these tokens together say little; `exactly` when no other accents are meant."""
        spellings = self.fillers.get(folded(tokens), [])
        if exactly:
            return tuple(tokens) in spellings
        return any(agrees(tokens, known) for known in spellings)


def folded(tokens: tuple[Token, ...] | list[Token]) -> Phrase:
    """Return the folded forms."""
    return tuple(token.folded for token in tokens)


def agrees(typed: tuple[Token, ...] | list[Token], known: tuple[Token, ...]) -> bool:
    """Whether what was typed is `known`: an accent that was typed must be the same.

    "d" also stands for "đ", which many keyboards lack while they have the accents.
    """
    return all(
        word.exact in (word.folded, right.exact, right.exact.replace("đ", "d"))
        for word, right in zip(typed, known, strict=True)
    )


def _one_mark_away(typed: list[Token], known: tuple[Token, ...]) -> bool:
    """Whether a phrase of several words differs in the marks of one, and its others have some."""
    wrong = [not agrees([word], (right,)) for word, right in zip(typed, known, strict=True)]
    has_marks = any(
        word.exact != word.folded and not bad for word, bad in zip(typed, wrong, strict=True)
    )
    return sum(wrong) == 1 and has_marks


@lru_cache(maxsize=1)
def get_thesaurus() -> Thesaurus:
    """Return the words that come with the code."""
    thesaurus = Thesaurus()
    for name in FILES:
        data = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
        for said, means in data["says"].items():
            for phrase in _spelled_out(said, data.get("classes", {})):
                thesaurus.add(phrase, means, is_final=said.endswith("."))
        for said, means in data["both"].items():
            thesaurus.add(said, means)
            for phrase in means:
                thesaurus.add(phrase, [said])
        for words in data["fillers"]["words"]:
            thesaurus.add_filler(words)
        for words in data.get("light", {}).get("words", []):
            thesaurus.add_light(words)
        for words in data.get("outside", {}).get("words", []):
            thesaurus.add_outside(words)
    return thesaurus


def _spelled_out(said: str, classes: dict[str, list[str]]) -> list[str]:
    """The phrase with each word of a class in its place: "<nhà> mất" is said of all relatives."""
    for name, words in classes.items():
        if f"<{name}>" in said:
            phrases = (said.replace(f"<{name}>", word) for word in words)
            return [text for phrase in phrases for text in _spelled_out(phrase, classes)]
    return [said]
