"""Content for tests, made quickly: real pages in the real tree, without Wagtail's publishing.

Factories save a page as live and tell the catalogue of it, as publishing does. `procedures` make
what citizens look for, with traits named after states (`repealed`, `unverified`, `three_cases`);
`trees` has the pages that every portal has.
"""

from tests.factories.agencies import AccountFactory, AgencyFactory, PeriodFactory
from tests.factories.articles import GuideFactory, NewsFactory, StandardFactory
from tests.factories.files import FormFileFactory
from tests.factories.procedures import ProcedureFactory, create_many
from tests.factories.terms import (
    LegalDocumentFactory,
    LifeEventFactory,
    OutageFactory,
    SectorFactory,
)
from tests.factories.translations import make_alias, translate
from tests.factories.trees import Portal, make_portal, publish

__all__ = [
    "AccountFactory",
    "AgencyFactory",
    "FormFileFactory",
    "GuideFactory",
    "LegalDocumentFactory",
    "LifeEventFactory",
    "NewsFactory",
    "OutageFactory",
    "PeriodFactory",
    "Portal",
    "ProcedureFactory",
    "SectorFactory",
    "StandardFactory",
    "create_many",
    "make_alias",
    "make_portal",
    "publish",
    "translate",
]
