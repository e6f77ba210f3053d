"""Models that several rooms share; one file per concept, one flat import."""

from cms.core.models.calendar import CalendarOverride
from cms.core.models.captcha import CaptchaChallenge
from cms.core.models.clock import ScheduledJob, WorkerBeat
from cms.core.models.editing import RevisionForm
from cms.core.models.frame import FrameState
from cms.core.models.media import PortalDocument, PortalImage, PortalRendition
from cms.core.models.pages import BasePage
from cms.core.models.places import Commune, FormerWard, FormerWardSuccessor, Province
from cms.core.models.site import PortalSettings

__all__ = [
    "BasePage",
    "CalendarOverride",
    "CaptchaChallenge",
    "Commune",
    "FormerWard",
    "FormerWardSuccessor",
    "FrameState",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PortalSettings",
    "Province",
    "RevisionForm",
    "ScheduledJob",
    "WorkerBeat",
]
