"""Records that procedures share: agencies, sectors, life events, legal documents.

What is missing is made; terms and agencies that exist are left as editors have them, and a
legal document takes the attributes that the file gives. Terms are written in bulk and send no
signal: the lists are refreshed with the procedures.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from wagtail.models import Locale, Site

from catalogue.choices import AgencyKind
from catalogue.importers.directory import Directory, Term
from catalogue.importers.sources import Content
from catalogue.models import AgencyIndexPage, AgencyPage, LegalDocument, LifeEvent, Sector
from cms.core.vietnamese import fold, slugify_vi

INDEX_SLUG, INDEX_TITLE = "co-quan", "Cơ quan"
HOLDING_SLUG, HOLDING_TITLE = "co-quan-khac", "Cơ quan khác"
_DATES = ("issued_date", "effective_date", "repealed_date")
_DOCUMENT_FIELDS = ("title", "issuer", *_DATES, "url")


def write_shared(
    content: Content, directory: Directory, needs_holding: Callable[[], bool]
) -> dict[str, int]:
    """Make what a file's procedures need; return how many of each kind were made.

    `needs_holding` is asked when the file's agencies stand: whether some procedure has none.
    """
    agencies = content.shared.get("agency", {})
    made = {"agencies": _write_agencies(agencies, directory)}
    if directory.holding() is None and needs_holding():
        record = {"name": HOLDING_TITLE, "kind": AgencyKind.HOLDING.value}
        made["agencies"] += _write_agencies({HOLDING_SLUG: record}, directory)
    records = [candidate.record for candidate in content.candidates]
    for kind, field, model, known in (
        ("sector", "sectors", Sector, directory.sectors),
        ("life_event", "life_events", LifeEvent, directory.life_events),
    ):
        named = {name for record in records for name in record.get(field, [])}
        made[field] = _write_terms(model, content.shared.get(kind, {}), named, known, directory)
    numbers = {number for record in records for number in record.get("legal_bases", [])}
    made["legal_documents"] = _write_documents(
        content.shared.get("legal_document", {}), numbers, directory
    )
    return made


def _index_page(locale: Locale) -> AgencyIndexPage:
    """Return the page above all agencies, made below the home page if there is none."""
    index = AgencyIndexPage.objects.filter(locale=locale).order_by("path").first()
    if index is None:
        home = Site.objects.get(is_default_site=True).root_page
        index = AgencyIndexPage(title=INDEX_TITLE, slug=INDEX_SLUG, locale=locale)
        home.add_child(instance=index)
        index.save_revision().publish()
    return index


def _write_agencies(records: dict[str, dict[str, Any]], directory: Directory) -> int:
    made = 0
    for path, record in sorted(records.items(), key=lambda item: (item[0].count("/"), item[0])):
        if path in directory.agencies:
            continue
        above, _slash, slug = path.rpartition("/")
        parent = directory.agencies[above] if above else _index_page(directory.locale)
        page = AgencyPage(
            title=record["name"],
            slug=slug,
            locale=directory.locale,
            **{k: record[k] for k in ("kind", "official_identifier", "other_names") if k in record},
        )
        type(parent).objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision().publish()
        directory.agencies[path] = page
        made += 1
    if made:
        directory.load_agencies()
    return made


def find_term(known: dict[str, Term], name: str) -> Term | None:
    """Return the term of a slug or a name."""
    return known.get(name) or known.get(fold(name))


def _write_terms(
    model: type[Term],
    records: dict[str, dict[str, Any]],
    named: set[str],
    known: dict[str, Term],
    directory: Directory,
) -> int:
    wanted = [record for slug, record in sorted(records.items()) if slug not in known]
    coming = {record["slug"] for record in wanted} | {fold(record["name"]) for record in wanted}
    for name in sorted(named):
        if find_term(known, name) is None and not {name, fold(name)} & coming:
            wanted.append({"name": name})
            coming |= {name, fold(name)}
    taken = {term.slug for term in known.values()}
    terms: list[Term] = []
    translations: list[Term] = []
    for record in wanted:
        words = {k: v for k, v in record.items() if not k.endswith("_en")}
        term = model(locale=directory.locale, **words)
        term.prepare()
        term.slug = free_slug(term.slug or model.__name__.lower(), taken, 120)
        terms.append(term)
        translations += _translated(term, record)
    model._default_manager.bulk_create([*terms, *translations], batch_size=200)
    for term in terms:
        known.setdefault(fold(term.name), term)
        known[term.slug] = term
    return len(terms)


def _translated(term: Term, record: dict[str, Any]) -> list[Term]:
    if "name_en" not in record:
        return []
    english = type(term)(
        locale=Locale.objects.get(language_code="en"),
        translation_key=term.translation_key,
        name=record["name_en"],
        description=record.get("description_en", ""),
        slug=term.slug,
        **{name: record[name] for name in ("icon", "position") if name in record},
    )
    english.prepare()
    return [english]


def free_slug(wanted: str, taken: set[str], limit: int) -> str:
    """Return `wanted`, with a number behind it if it is taken, and take it."""
    slug, number = wanted[:limit].strip("-"), 1
    while slug in taken:
        number += 1
        end = f"-{number}"
        slug = wanted[: limit - len(end)].strip("-") + end
    taken.add(slug)
    return slug


def _write_documents(
    records: dict[str, dict[str, Any]], cited: set[str], directory: Directory
) -> int:
    known = directory.documents
    replacing = {r["replaced_by"] for r in records.values() if "replaced_by" in r}
    missing = sorted((cited | set(records) | replacing) - set(known))
    taken = {document.slug for document in known.values()}
    created = []
    for number in missing:
        document = LegalDocument(number=number)
        given = records.get(number, {}).get("slug", "")
        document.slug = free_slug(given or document_slug(number), taken, 140)
        _set_attributes(document, records.get(number, {}))
        created.append(document)
    LegalDocument.objects.bulk_create(created, batch_size=200)
    known |= {document.number: document for document in created}
    changed = [
        known[number]
        for number, record in records.items()
        if number not in missing and _set_attributes(known[number], record)
    ]
    LegalDocument.objects.bulk_update(changed, _DOCUMENT_FIELDS, batch_size=200)
    for number, record in sorted(records.items()):
        successor = known[record["replaced_by"]] if "replaced_by" in record else None
        if successor and known[number].replaced_by_id != successor.pk:
            known[number].replaced_by = successor
            known[number].save()  # singly: the reference index hears of it
    return len(created)


def document_slug(number: str) -> str:
    """Return the address that a number gives; numbers that differ may give the same."""
    return slugify_vi(number.replace("/", "-"))[:140].strip("-") or "van-ban"


def _attributes(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(record[name]) if name in _DATES else record[name]
        for name in _DOCUMENT_FIELDS
        if name in record
    }


def _differs(document: LegalDocument, record: dict[str, Any]) -> bool:
    """Whether the record gives an attribute that the document has not."""
    given = _attributes(record).items()
    return any(getattr(document, name) != value for name, value in given)


def _set_attributes(document: LegalDocument, record: dict[str, Any]) -> bool:
    """Set what the record gives; return whether that changed anything."""
    changed = _differs(document, record)
    for name, value in _attributes(record).items():
        setattr(document, name, value)
    return changed


def adds_shared(content: Content, directory: Directory) -> bool:
    """Whether the records that procedures share would make or change anything."""
    for kind, known in (
        ("agency", directory.agencies),
        ("sector", directory.sectors),
        ("life_event", directory.life_events),
        ("legal_document", directory.documents),
    ):
        if content.shared.get(kind, {}).keys() - set(known):
            return True
    documents = content.shared.get("legal_document", {})
    return any(_differs(directory.documents[number], documents[number]) for number in documents)
