"""What the counter must know of its desk before anything is typed: office, places, staff, rules."""

from dataclasses import dataclass
from functools import cache

from reliefdesk import reference
from reliefdesk.domain.desks import Office
from reliefdesk.domain.divisions import Divisions
from reliefdesk.domain.ids import OperatorId
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.policy_keys import PolicyKey
from reliefdesk.services import operators, policies
from reliefdesk.services.recording import Context
from ui.widgets.area_field import Area

_COUNTY_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterFacts:
    """Facts of one sign-in. `counties` are native places, `offices` the streets of the city.

    `area_asked` says that the clerk chooses between urban and rural standard (std_area_rule).
    """

    operator_id: OperatorId
    office: Office
    offices: tuple[Area, ...]
    counties: tuple[Area, ...]
    divisions: Divisions
    staff: tuple[Operator, ...]
    area_asked: bool

    def place_name(self, code: str) -> str:
        """The full name behind an area code, retired ones included; empty if unknown."""
        place = self.divisions.place_of(code) if code else None
        return place.name if place is not None else ""


def gather_facts(context: Context) -> CounterFacts:
    """Read everything once; runs on the desk's thread."""
    divisions = reference.divisions()
    office = context.desk.office
    rule = policies.in_force(context).get(
        PolicyKey.STANDARD_AREA, on=context.today, office=office.code
    )
    return CounterFacts(
        operator_id=context.operator_id,
        office=office,
        offices=tuple(
            Area(code=row.code, name=row.name, initials=row.initials) for row in divisions.offices()
        ),
        counties=_counties(divisions),
        divisions=divisions,
        staff=tuple(one for one in operators.operators(context) if one.active),
        area_asked=rule.value == "ask" or (rule.value == "by_office" and office.is_town),
    )


@cache
def _counties(divisions: Divisions) -> tuple[Area, ...]:
    found = []
    for row in divisions.current():
        place = divisions.place_of(row.code) if len(row.code) == _COUNTY_DIGITS else None
        if place is not None and row.code[2:] != "0000":
            found.append(Area(code=row.code, name=place.name, initials=row.initials))
    return tuple(found)
