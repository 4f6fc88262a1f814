"""Working days as this desk knows them: the shipped holiday tables and those loaded later."""

from datetime import date

from reliefdesk import reference
from reliefdesk.domain.workdays import Workdays
from reliefdesk.services.recording import Context
from reliefdesk.storage import policies as stored


def workdays(context: Context) -> Workdays:
    """Give the counter of working days; a table loaded on this desk replaces the shipped one."""
    return Workdays((*reference.shipped_calendars(), *stored.calendars(context.file)))


def due_day(context: Context, start: date, count: int) -> date:
    """Give the day `count` working days after `start`; CalendarMissingError names the year."""
    return workdays(context).add(start, count)
