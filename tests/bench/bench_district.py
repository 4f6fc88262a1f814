"""The district's month with the year so far, of a million events, against a raw query of its rows.

The limit reads the same movements with the facts of their cases and persons, and counts nothing.
"""

from datetime import date

from reliefdesk.domain.statistics import Month
from reliefdesk.services import district_statistics
from tests.bench import big_district
from tests.bench.lines import Line, medians_ms

MONTH = Month(2020, 12)
_LIMIT = "raw query of the year's movements with case and person"
_ROWS = """
SELECT e.*, p.kind, p.fen, c.case_no, c.cause, c.request, h.person_id, h.birth_on, h.hukou_code
FROM cash_entries e JOIN payments p USING (payment_id) JOIN cases c ON c.case_id = p.case_id
JOIN persons h ON h.person_id = c.person_id WHERE e.origin <> '' AND e.entered_on >= ?
"""


def measure() -> list[Line]:
    """The figure of the second issue for statistics."""
    desk = big_district.opened(big_district.folder_of())
    context = desk.context()
    year = (date(MONTH.year, 1, 1).isoformat(),)
    limit, ours = medians_ms(
        lambda: context.file.rows(_ROWS, year), lambda: district_statistics.report(context, MONTH)
    )
    found = district_statistics.report(context, MONTH)
    times = found.total.year.times
    desk.close()
    figure = f"district month, {len(found.offices)} offices, {times:,} movements in the year"
    return [Line(figure=figure, limit=limit, ours=ours, goal=3, limit_is=_LIMIT)]
