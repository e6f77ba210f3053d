"""
The hours in which an office works on a working day, as a value that can be set.

Pure: times of day and minutes. Which days are worked is the business of `cms.core.calendar`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

Span = tuple[time, time]

_SPAN = re.compile(r"(\d{1,2})[:hg](\d{2})\s*[-–]\s*(\d{1,2})[:hg](\d{2})")


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """
    This class will hold the working spans of a day, in order, as (opening, closing) times.

    The default is the usual one of provincial offices: 07:00–11:30 and 13:30–17:00, which makes
    eight hours. Raises ValueError for spans that are empty, overlap or are out of order.
    """

    spans: tuple[Span, ...] = ((time(7), time(11, 30)), (time(13, 30), time(17)))

    def __post_init__(self) -> None:
        times = [moment for span in self.spans for moment in span]
        if not times or any(later <= earlier for earlier, later in pairwise(times)):
            raise ValueError("Working hours need spans in order that do not overlap.")

    @classmethod
    def parse(cls, text: str) -> "WorkingHours":
        """This function will read spans such as "07:00-11:30, 13:30-17:00"."""
        spans = tuple(
            (time(int(hour), int(minute)), time(int(end_hour), int(end_minute)))
            for hour, minute, end_hour, end_minute in _SPAN.findall(text)
        )
        return cls(spans)

    @property
    def opening(self) -> time:
        """The first minute of the working day."""
        return self.spans[0][0]

    @property
    def closing(self) -> time:
        """The end of the working day; what comes at this time or later is for the next one."""
        return self.spans[-1][1]

    @property
    def total(self) -> timedelta:
        """The working time of one day."""
        return sum((_length(span) for span in self.spans), timedelta())

    def advance(self, moment: datetime, work: timedelta) -> tuple[datetime, timedelta]:
        """
        This function will spend `work` from `moment` on within that one day.

        It returns the moment reached, and the work that did not fit: zero when it is done.
        """
        reached = moment
        for span in self.spans:
            opens, closes = (_at(moment, edge) for edge in span)
            begins = max(reached, opens)
            if begins >= closes:
                continue
            spent = min(work, closes - begins)
            reached, work = begins + spent, work - spent
            if not work:
                break
        return reached, work


def _at(moment: datetime, edge: time) -> datetime:
    return moment.replace(hour=edge.hour, minute=edge.minute, second=0, microsecond=0)


def _length(span: Span) -> timedelta:
    day = date.min
    return datetime.combine(day, span[1]) - datetime.combine(day, span[0])
