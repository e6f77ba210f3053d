"""
The administrator's corrections to the working calendar.

A row says that one date is worked or is a day off, whatever the calendar of public holidays says:
the government swaps days at short notice. The arithmetic lives in `cms.core.calendar`, which reads
these rows with one query; this room refuses to compute anything.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarOverride(models.Model):
    """
    This model will hold one date on which the public calendar is overruled, in either direction.

    `is_working=True` turns a weekend day or holiday into a working day, `False` turns a working
    day into a day off. `reason` is shown to citizens as the name of the day off.
    """

    date = models.DateField(_("date"), unique=True)
    is_working = models.BooleanField(
        _("is a working day"),
        default=False,
        help_text=_("Tick for a weekend day or holiday that is worked; leave empty for a day off."),
    )
    reason = models.CharField(
        _("reason"),
        max_length=255,
        blank=True,
        help_text=_("For example the number of the decision. Citizens may see it."),
    )

    class Meta:
        ordering = ["date"]
        verbose_name = _("calendar correction")
        verbose_name_plural = _("calendar corrections")

    def __str__(self) -> str:
        kind = _("working day") if self.is_working else _("day off")
        return f"{self.date:%d/%m/%Y}: {kind}"
