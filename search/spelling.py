"""Spelling slips: words that stand nowhere, and the known words one slip away.

Only letters are corrected; numbers, codes and abbreviations never. A correction must be supported
by the vocabulary, best by a known neighbour: "khia sinh" is *khai sinh* because "khai_sinh" is a
known pair. Pure but for the count of words that it is given.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable, Iterator
from dataclasses import replace

from search.analysis import Token, is_code
from search.keystrokes import is_syllable
from search.synonyms import Thesaurus
from search.understanding import Concept, Query, Reading

Count = Callable[[set[str]], dict[str, int]]
SLIP = 0.8
SHORTEST = 3
MOST = 3
# From so many words on a query is a sentence.
SENTENCE = 5
LONGEST_SYLLABLE = 7
# Whoever writes as they speak is commoner than whoever hits a key by chance.
ALIKE = 5
# A good syllable with its marks is doubted only where another stands so often in its place.
FIRM = 3
# Sounds that are written for each other, at the beginning and at the end of a syllable.
ONSETS = (("ch", "tr"), ("s", "x"), ("gi", "d"), ("gi", "r"), ("d", "r"), ("l", "n"), ("ng", "ngh"))
CODAS = (("n", "ng"), ("t", "c"), ("n", "nh"), ("i", "y"), ("o", "u"))


def corrections(query: Query, count: Count, thesaurus: Thesaurus) -> dict[int, list[str]]:
    """Return known words for the tokens of a query that may be slips, by place, best first."""
    tokens = [token.folded for token in query.tokens]
    known = count(set(tokens) | set(_pairs(tokens)))
    understood = _places_of_phrases(query)
    words = [
        place
        for place, word in enumerate(tokens)
        if place not in understood and _may_be_a_slip(word, thesaurus)
    ]
    # A word that nobody uses is the slip. Where all are known, one may be in the wrong place; but
    # in a whole sentence words stand beside each other that no name puts together: there only
    # what sounds like a word that fits is doubted.
    doubted, slips = [place for place in words if tokens[place] not in known], _one_slip_away
    if not doubted:
        doubted = [place for place in words if not _is_supported(place, tokens, known)]
        slips = _one_slip_away if len(tokens) <= SENTENCE else _sounds_alike
    guesses = {place: set(slips(tokens[place])) for place in doubted}
    asked = {word for words in guesses.values() for word in words}
    for place, near in guesses.items():
        asked |= {pair for word in near for pair in _neighbours(place, word, tokens)}
    numbers = count(asked) if asked else {}
    found = {}
    for place, near in guesses.items():
        best = _best(place, near & numbers.keys(), tokens, numbers)
        if tokens[place] in known or is_syllable(tokens[place]):
            # It may well be right, and only be said by nobody in the catalogue.
            least = FIRM if query.tokens[place].exact != tokens[place] else 1
            alike = set(_sounds_alike(tokens[place]))
            best = [
                word
                for word in best
                if _support(place, word, tokens, numbers) >= (1 if word in alike else least)
            ]
        if best:
            found[place] = best
    return found


def _places_of_phrases(query: Query) -> set[int]:
    """Where known phrases of several words stand."""
    found: set[int] = set()
    place = 0
    for concept in query.concepts:
        length = len(concept.typed)
        if length > 1:
            found.update(range(place, place + length))
        place += length
    return found


def _best(place: int, words: set[str], tokens: list[str], numbers: dict[str, int]) -> list[str]:
    """The likeliest of the known words: by their neighbours first, then by how common they are."""
    alike = set(_sounds_alike(tokens[place]))

    def likelihood(word: str) -> tuple[int, int]:
        support = _support(place, word, tokens, numbers)
        return (ALIKE * support if word in alike else support), numbers[word]

    return sorted(words, key=lambda word: (*(-part for part in likelihood(word)), word))[:MOST]


def _support(place: int, word: str, tokens: list[str], numbers: dict[str, int]) -> int:
    return sum(numbers.get(pair, 0) for pair in _neighbours(place, word, tokens))


def correct(query: Query, found: dict[int, list[str]]) -> Query:
    """Return the query with the corrections as further readings of its words."""
    concepts: list[Concept] = []
    place = 0
    for concept in query.concepts:
        length = len(concept.typed)
        if length == 1 and place in found:
            more = [Reading((Token(word, word),), SLIP) for word in found[place]]
            readings = (*concept.readings, *more)
            concepts.append(replace(concept, readings=readings, weight=1.0))
        else:
            concepts.append(concept)
        place += length
    return replace(query, concepts=tuple(concepts))


def best_spelling(query: Query, found: dict[int, list[str]]) -> str:
    """Return the query as it was probably meant, without accents."""
    return " ".join(
        found[place][0] if place in found else token.exact
        for place, token in enumerate(query.tokens)
    )


def _may_be_a_slip(word: str, thesaurus: Thesaurus) -> bool:
    return (
        len(word) >= SHORTEST
        and word.isascii()
        and not is_code(word)
        and (word,) not in thesaurus.meanings
        and (word,) not in thesaurus.fillers
    )


def _is_supported(place: int, tokens: list[str], known: dict[str, int]) -> bool:
    """Whether a word is known, and beside at least one of its neighbours, if it has any."""
    if tokens[place] not in known:
        return False
    near = list(_neighbours(place, tokens[place], tokens))
    return not near or any(pair in known for pair in near)


def _neighbours(place: int, word: str, tokens: list[str]) -> Iterator[str]:
    if place > 0:
        yield f"{tokens[place - 1]}_{word}"
    if place + 1 < len(tokens):
        yield f"{word}_{tokens[place + 1]}"


def _pairs(tokens: list[str]) -> Iterator[str]:
    for first, second in itertools.pairwise(tokens):
        yield f"{first}_{second}"


def _one_slip_away(word: str) -> Iterator[str]:
    """Syllables that one letter too many, too few, wrong or out of place would turn into `word`."""
    yield from _sounds_alike(word)
    splits = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    for left, right in splits:
        if right:
            yield from _syllables(left + right[1:])
        if len(right) > 1:
            yield from _syllables(left + right[1] + right[0] + right[2:])
        for letter in string.ascii_lowercase:
            yield from _syllables(left + letter + right)
            if right and letter != right[0]:
                yield from _syllables(left + letter + right[1:])


def _sounds_alike(word: str) -> Iterator[str]:
    for one, other in ONSETS:
        for said, meant in ((one, other), (other, one)):
            if word.startswith(said):
                yield from _syllables(meant + word[len(said) :])
    for one, other in CODAS:
        for said, meant in ((one, other), (other, one)):
            if word.endswith(said):
                yield from _syllables(word[: -len(said)] + meant)


def _syllables(word: str) -> Iterator[str]:
    if len(word) > 1 and is_syllable(word):
        yield word


def split_joined(query: Query, count: Count) -> list[tuple[int, tuple[str, ...]]]:
    """Return words that are known syllables written as one: "khaisinh", "lylichtuphap"."""
    words = {
        place: token.folded
        for place, token in enumerate(query.tokens)
        if not is_syllable(token.folded) and not is_code(token.folded) and token.folded.isascii()
    }
    asked = {pair for word in words.values() for _start, pair in _pairs_within(word)}
    numbers = count(asked) if asked else {}
    parted = {place: _part(word, numbers) for place, word in words.items()}
    return [(place, parts) for place, parts in parted.items() if parts]


def _pairs_within(word: str) -> Iterator[tuple[int, str]]:
    """Two syllables side by side within a word, each with where it begins."""
    for start in range(len(word)):
        for middle in _ends(word, start):
            for end in _ends(word, middle):
                yield start, f"{word[start:middle]}_{word[middle:end]}"


def _ends(word: str, start: int) -> list[int]:
    last = min(start + LONGEST_SYLLABLE, len(word))
    return [end for end in range(start + 2, last + 1) if is_syllable(word[start:end])]


def _part(word: str, numbers: dict[str, int]) -> tuple[str, ...]:
    """The syllables of a word whose rarest pair is the commonest; none if a pair is unknown."""
    # By where the last two syllables begin: (number of the rarest pair, syllables).
    best: dict[int, dict[str, tuple[int, tuple[str, ...]]]] = {}
    for start, pair in sorted(_pairs_within(word)):
        first, second = pair.split("_")
        number = numbers.get(pair, 0)
        before = (number, (first,)) if start == 0 else best.get(start, {}).get(first)
        if not number or before is None:
            continue
        found = min(number, before[0]), (*before[1], second)
        ends = best.setdefault(start + len(first), {})
        ends[second] = max(ends.get(second, (0, ())), found, key=lambda item: item[0])
    whole = [
        found
        for start, ends in best.items()
        for last, found in ends.items()
        if start + len(last) == len(word)
    ]
    return max(whole, key=lambda item: (item[0], -len(item[1])), default=(0, ()))[1]
