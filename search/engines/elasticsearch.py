"""The Elasticsearch engine: candidates from a cluster, which holds a copy of the entries.

Alone with `prompt` and `failures` it knows the client. Each language of readers has an index of
its own behind two aliases: searches go to `<prefix>-<language>`, writes to every index behind
`<prefix>-<language>-write`, which are two while a new one is being filled. A hash of settings and
mapping stands in the name. Terms are analysed before (`search.analysis`), so any plain server
will do. What it finds is looked up in the database: nothing shows that is no longer public.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import BadRequestError, Elasticsearch, NotFoundError
from elasticsearch.dsl import Keyword, Search, Text
from elasticsearch.dsl import Mapping as FieldMapping
from elasticsearch.helpers import streaming_bulk

from search.engines.candidates import (
    MOST,
    PARTLY,
    Candidate,
    EntryName,
    deciding,
    importance,
    look_up,
    rare,
)
from search.engines.failures import IncompleteError, RefusedError
from search.engines.prompt import PromptNode, in_time
from search.models import SearchEntry
from search.ranking import Rarity
from search.understanding import Concept, Query, Reading

PageName = tuple[str, int]  # kind, id of the Vietnamese page
# What a word is worth by where it stands; whoever is found is measured anew.
WORTH = {"title": 10.0, "names": 8.0, "asked": 6.0, "place": 2.0, "body": 1.0}
WHOLE = {"allow_partial_search_results": False}
BULK, BULK_SECONDS, PIECE = 500, 30, 1000
# How long an index stays after the switch: searches are on their way to it.
LAST_SEARCHES = 1.0
BAD_REQUEST, NOT_FOUND, CONFLICT = 400, 404, 409


def is_configured() -> bool:
    """Whether the settings name a cluster."""
    return bool(settings.ELASTICSEARCH["hosts"])


def _client() -> Elasticsearch:
    return _connect(json.dumps(settings.ELASTICSEARCH))


@lru_cache(maxsize=4)
def _connect(written: str) -> Elasticsearch:
    """One client for each way to reach a cluster; it keeps its connections."""
    options = json.loads(written)
    given = {name: options[name] for name in ("api_key", "ca_certs") if options[name]}
    return Elasticsearch(
        options["hosts"],
        node_class=PromptNode,
        request_timeout=options["timeout"],
        max_retries=len(options["hosts"]),
        retry_on_timeout=False,
        **given,
    )


# ── the index ─────────────────────────────────────────────────────────────────────────────────


def _definition() -> dict[str, Any]:
    """Settings and mapping of an index."""
    mapping = FieldMapping()
    for name in WORTH:
        begun: dict[str, Any] = {"index_prefixes": {"min_chars": 1, "max_chars": 12}}
        extra = begun if name in {"title", "names"} else {}
        mapping.field(name, Text(analyzer="whitespace", **extra))
    mapping.field("language", Keyword(index=False))
    mapping.field("mark", Keyword(index=False))
    # Entries stand in the database; here only what tells one version from the next is kept.
    mapping.meta("_source", includes=["language", "mark"])
    mapping.meta("dynamic", "strict")
    options = settings.ELASTICSEARCH
    return {
        "settings": {
            "number_of_shards": options["shards"],
            **_replicas(options["replicas"]),
            "refresh_interval": "1s",
            # What is taken away while an index is being filled must not come back with the filling.
            "gc_deletes": "1h",
        },
        "mappings": mapping.to_dict(),
    }


def _replicas(number: int) -> dict[str, Any]:
    """As many copies as are wished, but none on a single node, which could not hold it."""
    return {"auto_expand_replicas": f"0-{number}"} if number else {"number_of_replicas": 0}


def _hash() -> str:
    text = json.dumps(_definition(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _alias(language: str) -> str:
    return f"{settings.ELASTICSEARCH['prefix']}-{language}"


def is_reachable() -> bool:
    """Whether a node answers at once; spares a worker the long wait of a bulk request."""
    with in_time(settings.ELASTICSEARCH["timeout"]):
        return bool(_client().ping())


def _behind(alias: str) -> list[str]:
    """The indices behind an alias."""
    try:
        return sorted(_patient().indices.get_alias(name=alias))
    except NotFoundError:
        return []


def _patient() -> Elasticsearch:
    return _client().options(request_timeout=BULK_SECONDS)


def is_current() -> bool:
    """Whether every language has an index, with the mapping that this version wants."""
    return all(
        any(f"-{_hash()}-" in name for name in _behind(_alias(language)))
        for language in _languages()
    )


def rebuild(report: Callable[[int], None] = lambda number: None) -> int:
    """Fill new indices while the old ones answer, then switch; return the number of documents.

    What changes meanwhile is written to both and carries a number; what is filled in carries none
    and overwrites nothing.
    """
    made, replaced = 0, set[str]()
    for language in _languages():
        alias, write = _alias(language), f"{_alias(language)}-write"
        when = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        new = f"{alias}-{_hash()}-{when}"
        aliases: dict[str, Any] = {write: {}, _own(new): {}}
        _patient().indices.create(index=new, aliases=aliases, **_definition())
        rows = _rows(language).iterator(chunk_size=BULK)
        for ok, item in _send(_put(new, row, 0) for row in rows):
            if not ok:
                raise IncompleteError(str(item)[:500])
            made += 1
            if made % PIECE == 0:
                report(made)
        _patient().indices.refresh(index=new)
        # The one before, and what a killed rebuild has left behind.
        others = {*_behind(alias), *_behind(write)} - {new}
        changes = [{"remove": {"index": name, "alias": alias}} for name in _behind(alias)]
        changes.append({"add": {"index": new, "alias": alias}})
        _patient().indices.update_aliases(actions=changes)
        replaced |= others
    _delete(replaced)
    report(made)
    return made


def _delete(replaced: set[str]) -> None:
    """Delete indices that no search is sent to any more, once those on the way are answered."""
    if replaced:
        time.sleep(LAST_SEARCHES)
    for name in sorted(replaced):
        _patient().options(ignore_status=NOT_FOUND).indices.delete(index=name)


def refresh() -> None:
    """Let searches see all that was sent."""
    for language in _languages():
        _patient().indices.refresh(index=_alias(language))


def empty() -> None:
    """Delete every document."""
    for language in _languages():
        _patient().delete_by_query(
            index=f"{_alias(language)}-write", query={"match_all": {}}, refresh=True
        )


def drop() -> None:
    """Delete every index of this portal."""
    for language in _languages():
        for name in {*_behind(_alias(language)), *_behind(f"{_alias(language)}-write")}:
            _patient().indices.delete(index=name)


# ── keeping it equal to the entries ───────────────────────────────────────────────────────────


def _rows(language: str) -> Any:
    """What readers of a language find: its own entries, and those without a translation."""
    own = SearchEntry.objects.filter(language=language)
    return (own | SearchEntry.objects.filter(is_only=True)).order_by("pk")


def _mark(row: SearchEntry) -> str:
    terms = (row.title_terms, row.names_terms, row.place_terms, row.body_terms, row.asked_terms)
    return hashlib.sha256("\n".join(terms).encode()).hexdigest()[:16]


def _name(kind: str, page_id: int) -> str:
    return f"{kind}-{page_id}"


def _put(index: str, row: SearchEntry, version: int) -> dict[str, Any]:
    source: dict[str, Any] = {name: getattr(row, f"{name}_terms") for name in WORTH}
    source |= {"language": row.language, "mark": _mark(row)}
    return {**_aim(index, _name(row.kind, row.page_id), version), "_source": source}


def _own(index: str) -> str:
    """The name to write to one index: when it is gone, no write can make it again by mistake."""
    return f"{index}-own"


def _aim(index: str, name: str, version: int) -> dict[str, Any]:
    """No write undoes a newer one: the version is the number of the change that it answers."""
    target = {"_index": _own(index), "require_alias": True, "_id": name}
    return {**target, "version": version, "version_type": "external_gte"}


def send(versions: Mapping[PageName, int]) -> set[PageName]:
    """Bring pages to every index as the database has them now; return those that it refused.

    Raises one of `Unavailable` when the cluster cannot be reached.
    """
    indices = {language: _behind(f"{_alias(language)}-write") for language in _languages()}
    failed: set[PageName] = set()
    for ok, item in _send(_changes(versions, indices)):
        if not ok:
            kind, _, page_id = next(iter(item.values()))["_id"].rpartition("-")
            failed.add((kind, int(page_id)))
    for names in indices.values():
        for name in names:
            _patient().options(ignore_status=NOT_FOUND).indices.refresh(index=name)
    return failed


def _changes(
    versions: Mapping[PageName, int], indices: Mapping[str, list[str]]
) -> Iterator[dict[str, Any]]:
    ids = {page_id for _kind, page_id in versions}
    for language, names in indices.items():
        rows = {(row.kind, row.page_id): row for row in _rows(language).filter(page_id__in=ids)}
        for page, version in versions.items():
            for index in names:
                if page in rows:
                    yield _put(index, rows[page], version)
                else:
                    yield {"_op_type": "delete", **_aim(index, _name(*page), version)}


def _send(actions: Iterable[dict[str, Any]]) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Send in bulk; a newer version that stands there, or nothing to delete, is as good."""
    sent = streaming_bulk(_patient(), actions, chunk_size=BULK, raise_on_error=False)
    for ok, item in sent:
        status = next(iter(item.values()))["status"]
        yield ok or status in (CONFLICT, NOT_FOUND), item


def differing() -> tuple[set[PageName], set[PageName], set[PageName]]:
    """Compare every document with the entries: pages that are missing, surplus and stale."""
    missing: set[PageName] = set()
    surplus: set[PageName] = set()
    stale: set[PageName] = set()
    refresh()
    for language in _languages():
        found: dict[PageName, tuple[str, str]] = {}
        for hit in Search(using=_patient(), index=_alias(language)).extra(size=PIECE).iterate():
            kind, _, page_id = hit.meta.id.rpartition("-")
            found[kind, int(page_id)] = (hit.language, hit.mark)
        rows = _rows(language).iterator(chunk_size=BULK)
        wanted = {(str(row.kind), row.page_id): (row.language, _mark(row)) for row in rows}
        missing |= wanted.keys() - found.keys()
        surplus |= found.keys() - wanted.keys()
        stale |= {page for page in wanted.keys() & found.keys() if wanted[page] != found[page]}
    return missing, surplus, stale


# ── finding ───────────────────────────────────────────────────────────────────────────────────


def find_candidates(query: Query, language: str, weigh: Rarity) -> list[Candidate]:
    """Return entries that hold the whole query, and those that hold most of it."""
    concepts = deciding(query, weigh)
    wanted = {id(concept): _concept(concept, importance(concept, weigh)) for concept in concepts}
    bodies = [_search({"must": list(wanted.values())})]
    if len(concepts) > 1:
        some = [wanted[id(concept)] for concept in rare(concepts, weigh)]
        bodies.append(_search({"should": some}, PARTLY))
    searches = [part for body in bodies for part in (WHOLE, body)]
    answers = _ask(lambda: _client().msearch(index=_alias(language), searches=searches))
    names = dict.fromkeys(hit for answer in answers["responses"] for hit in _hits(answer))
    found = look_up(names)
    return [found[name] for name in names if name in found]


def find_titles(words: list[str], language: str, *, goes_on: bool) -> list[SearchEntry]:
    """Return entries whose title or names hold all words, the last perhaps only begun."""
    asked = [_anywhere("term", word, ("title", "names")) for word in words]
    if goes_on:
        asked[-1] = _anywhere("prefix", words[-1], ("title", "names"))
    body = _search({"must": asked})
    index = _alias(language)
    client = _client()
    answer = _ask(lambda: client.search(index=index, body=body, allow_partial_search_results=False))
    return _look_up(_hits(answer))


def _ask(ask: Callable[[], Any]) -> Any:
    try:
        with in_time(settings.ELASTICSEARCH["timeout"]):
            return ask()
    except BadRequestError as error:
        raise RefusedError(str(error)) from error


# Plain dictionaries: the client's query language takes two milliseconds to write one query.


def _search(conditions: dict[str, Any], most: int = MOST) -> dict[str, Any]:
    query = {"bool": conditions}
    return {"query": query, "_source": ["language"], "size": most, "track_total_hits": False}


def _concept(concept: Concept, weight: float) -> dict[str, Any]:
    """Entries that say a concept in one of its readings, better with the accents typed."""
    readings = [_reading(reading) for reading in concept.readings]
    return {"dis_max": {"queries": readings, "boost": max(weight, 0.01)}}


def _reading(reading: Reading) -> dict[str, Any]:
    terms = [_anywhere("term", term, tuple(WORTH)) for term in reading.needed]
    accented = [
        _anywhere("term", f"={token.exact}", ("title", "names", "asked"))
        for token in reading.tokens
        if token.exact != token.folded
    ]
    return {"bool": {"must": terms, "should": accented, "boost": reading.weight}}


def _anywhere(kind: str, term: str, names: tuple[str, ...]) -> dict[str, Any]:
    queries = [{kind: {name: {"value": term, "boost": WORTH[name]}}} for name in names]
    return {"dis_max": {"queries": queries}}


def _hits(answer: Any) -> list[EntryName]:
    """Names of entries, best first."""
    if "error" in answer:
        kind = RefusedError if answer.get("status") == BAD_REQUEST else IncompleteError
        raise kind(str(answer["error"])[:500])
    found = []
    for hit in answer["hits"]["hits"]:
        kind, _, page_id = hit["_id"].rpartition("-")
        found.append((kind, int(page_id), hit["_source"]["language"]))
    return found


def _standing(names: Iterable[EntryName]) -> Any:
    """The entries of these names, and few others, that still stand in the database."""
    kinds = {kind for kind, _page_id, _language in names}
    ids = {page_id for _kind, page_id, _language in names}
    return SearchEntry.objects.order_by().filter(kind__in=kinds, page_id__in=ids)


def _look_up(names: list[EntryName]) -> list[SearchEntry]:
    """The entries of these names that still stand in the database, in their order."""
    found = {(row.kind, row.page_id, row.language): row for row in _standing(names)}
    return [found[name] for name in dict.fromkeys(names) if name in found]
