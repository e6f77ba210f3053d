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
    longest: int = 1

    def add(self, said: str, means: list[str]) -> None:
        """Let the phrase `said` also stand for each phrase of `means`."""
        tokens = tuple(tokenize(said))
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
        return Thesaurus(meanings, fillers, self.longest)

    def add_filler(self, words: str) -> None:
        """Let a phrase weigh little."""
        tokens = tuple(tokenize(words))
        self._key(tokens)
        self.fillers.setdefault(folded(tokens), []).append(tokens)

    def _key(self, tokens: tuple[Token, ...]) -> None:
        self.longest = max(self.longest, len(tokens))

    def find(self, tokens: list[Token]) -> list[tuple[Token, ...]]:
        """Return what these tokens together may mean beside themselves."""
        found: list[tuple[Token, ...]] = []
        for spelling, phrases in self.meanings.get(folded(tokens), []):
            if agrees(tokens, spelling):
                found.extend(phrases)
        return found

    def is_filler(self, tokens: list[Token]) -> bool:
        """Whether these tokens together say little."""
        return any(agrees(tokens, known) for known in self.fillers.get(folded(tokens), []))


def folded(tokens: tuple[Token, ...] | list[Token]) -> Phrase:
    """Return the folded forms."""
    return tuple(token.folded for token in tokens)


def agrees(typed: tuple[Token, ...] | list[Token], known: tuple[Token, ...]) -> bool:
    """Whether what was typed is `known`: an accent that was typed must be the same."""
    return all(
        word.exact in (word.folded, right.exact) for word, right in zip(typed, known, strict=True)
    )


@lru_cache(maxsize=1)
def get_thesaurus() -> Thesaurus:
    """Return the words that come with the code."""
    thesaurus = Thesaurus()
    for name in FILES:
        data = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
        for said, means in data["says"].items():
            thesaurus.add(said, means)
        for said, means in data["both"].items():
            thesaurus.add(said, means)
            for phrase in means:
                thesaurus.add(phrase, [said])
        for words in data["fillers"]["words"]:
            thesaurus.add_filler(words)
    return thesaurus
