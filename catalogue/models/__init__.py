"""Models of the catalogue; one file per concept, one flat import."""

from catalogue.models.agencies import AgencyBankAccount, AgencyIndexPage, AgencyPage, OpeningPeriod
from catalogue.models.bulk_changes import (
    CHANGED_STATES,
    REPORTED_STATES,
    BulkChange,
    BulkChangeRow,
    ChangeKind,
    ChangeMode,
    ChangeState,
    RowState,
)
from catalogue.models.guides import GuideIndexPage, GuidePage
from catalogue.models.import_runs import ImportRow, ImportRun, ImportState
from catalogue.models.imports import FormerKey, ImportedRecord
from catalogue.models.law import LegalDocument
from catalogue.models.listings import (
    AgencyCard,
    CatalogueSummary,
    FacetKind,
    ListingFacet,
    ProcedureListing,
)
from catalogue.models.news import NewsIndexPage, NewsPage, StandardPage
from catalogue.models.outages import OutageNotice
from catalogue.models.procedure_rows import (
    ProcedureCase,
    ProcedureFee,
    ProcedureOffer,
    ProcedureResult,
    ProcedureStep,
    RequiredDocument,
)
from catalogue.models.procedures import ROW_RELATIONS, ProcedurePage
from catalogue.models.readiness import PageFinding, ReadinessSettings
from catalogue.models.taxonomy import LifeEvent, Sector

__all__ = [
    "CHANGED_STATES",
    "REPORTED_STATES",
    "ROW_RELATIONS",
    "AgencyBankAccount",
    "AgencyCard",
    "AgencyIndexPage",
    "AgencyPage",
    "BulkChange",
    "BulkChangeRow",
    "CatalogueSummary",
    "ChangeKind",
    "ChangeMode",
    "ChangeState",
    "FacetKind",
    "FormerKey",
    "GuideIndexPage",
    "GuidePage",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "ImportedRecord",
    "LegalDocument",
    "LifeEvent",
    "ListingFacet",
    "NewsIndexPage",
    "NewsPage",
    "OpeningPeriod",
    "OutageNotice",
    "PageFinding",
    "ProcedureCase",
    "ProcedureFee",
    "ProcedureListing",
    "ProcedureOffer",
    "ProcedurePage",
    "ProcedureResult",
    "ProcedureStep",
    "ReadinessSettings",
    "RequiredDocument",
    "RowState",
    "Sector",
    "StandardPage",
]
