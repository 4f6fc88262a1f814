"""Policies: one value a day, no gap where one is needed, and nothing invented."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain import policies
from reliefdesk.domain.ids import OperatorId, PolicyRowId
from reliefdesk.domain.money import Money
from reliefdesk.domain.policies import (
    AreaClass,
    PolicyRow,
    PolicyRowDraft,
    PolicyRows,
    StandardUnit,
    cap_of,
    place_row,
)
from reliefdesk.domain.policy_keys import POLICY_SPECS, PolicyKey
from reliefdesk.errors import UserError

OFFICE = "150302003"
START = date(2021, 1, 1)


def a_draft(**changed: object) -> PolicyRowDraft:
    facts: dict[str, object] = {
        "key": PolicyKey.STANDARD,
        "area": AreaClass.URBAN,
        "value": "810.00",
        "valid_from": START,
        "document": "虚构〔2020〕1号",
    }
    return PolicyRowDraft(**(facts | changed))  # type: ignore[arg-type]


def a_row(draft: PolicyRowDraft, end: date | None = None, name: str = "row") -> PolicyRow:
    return PolicyRow(
        row_id=PolicyRowId(name),
        key=draft.key,
        area=draft.area,
        scope=draft.scope,
        value=draft.value,
        unit=draft.unit,
        valid_from=draft.valid_from,
        valid_to=end,
        document=draft.document,
        entered_by=OperatorId("u1"),
        confirmed_by=OperatorId("u2"),
        entered_at=datetime(2021, 1, 1, tzinfo=UTC),
    )


def entered(drafts: list[PolicyRowDraft]) -> PolicyRows:
    """Rows as the journal would leave them: each new row cuts the open one before it."""
    rows: list[PolicyRow] = []
    for number, draft in enumerate(drafts):
        try:
            end = place_row(draft, PolicyRows(rows))
        except UserError:
            continue
        rows = [_cut(row, draft) for row in rows]
        rows.append(a_row(draft, end, f"row{number}"))
    return PolicyRows(rows)


def _cut(row: PolicyRow, draft: PolicyRowDraft) -> PolicyRow:
    covers = row.valid_from < draft.valid_from and (
        row.valid_to is None or draft.valid_from < row.valid_to
    )
    return (
        a_row(a_draft(value=row.value, valid_from=row.valid_from), draft.valid_from, row.row_id)
        if covers
        else row
    )


def standard(rows: PolicyRows, on: date) -> str | None:
    use = rows.find(PolicyKey.STANDARD, on=on, office=OFFICE, area=AreaClass.URBAN)
    return use.value if use else None


def test_the_standard_ships_empty_and_its_absence_is_named() -> None:
    with pytest.raises(policies.PolicyMissingError) as refusal:
        PolicyRows([]).get(PolicyKey.STANDARD, on=START, office=OFFICE, area=AreaClass.URBAN)
    assert refusal.value.facts["key"] == "低保标准"


def test_only_keys_that_the_notice_leaves_open_ship_without_a_value() -> None:
    empty = {key for key, spec in POLICY_SPECS.items() if spec.default is None}
    assert empty == {
        PolicyKey.STANDARD,
        PolicyKey.CAP_UNIT,
        PolicyKey.DELEGATION_LIMIT,
        PolicyKey.CASH_TOTAL_LIMIT,
    }
    assert set(POLICY_SPECS) == set(PolicyKey)


def test_a_shipped_default_says_that_no_row_stands_behind_it() -> None:
    use = PolicyRows([]).get(PolicyKey.CAP_MULTIPLIER, on=START, office=OFFICE)
    assert (use.value, use.row_id, use.document) == ("3", None, "")


def test_a_mid_year_standard_counts_from_its_day() -> None:
    rows = entered([a_draft(), a_draft(value="850.00", valid_from=date(2021, 7, 1))])
    assert standard(rows, date(2020, 12, 31)) is None
    assert standard(rows, date(2021, 6, 30)) == "810.00"
    assert standard(rows, date(2021, 7, 1)) == "850.00"


def test_a_back_dated_row_stands_between_its_neighbours() -> None:
    rows = entered(
        [
            a_draft(),
            a_draft(value="900.00", valid_from=date(2022, 1, 1)),
            a_draft(value="850.00", valid_from=date(2021, 6, 1)),
        ]
    )
    days = (date(2021, 5, 31), date(2021, 6, 1), date(2021, 12, 31), date(2022, 1, 1))
    assert [standard(rows, day) for day in days] == ["810.00", "850.00", "850.00", "900.00"]


@given(st.lists(st.dates(START, date(2023, 12, 31)), min_size=1, max_size=12))
def test_however_rows_are_entered_no_day_has_two_values_and_none_is_left_out(
    days: list[date],
) -> None:
    rows = entered(
        [a_draft(value=str(number + 1), valid_from=day) for number, day in enumerate(days)]
    )
    series = rows.series(PolicyKey.STANDARD, AreaClass.URBAN, "1503")
    ends = [row.valid_to for row in series]
    assert ends == [*(row.valid_from for row in series[1:]), None]
    assert [row.valid_from for row in series] == sorted(set(days))


def test_a_second_row_from_the_same_day_overlaps() -> None:
    with pytest.raises(policies.PolicyOverlapError):
        place_row(a_draft(value="820"), PolicyRows([a_row(a_draft())]))


def test_a_correction_takes_the_place_of_its_row() -> None:
    assert place_row(a_draft(corrects="row", value="820"), PolicyRows([a_row(a_draft())])) is None


def test_a_required_key_may_not_end_before_the_next_row() -> None:
    later = a_row(a_draft(valid_from=date(2022, 1, 1)))
    with pytest.raises(policies.PolicyGapError):
        place_row(a_draft(valid_to=date(2021, 12, 1)), PolicyRows([later]))
    whole = a_draft(valid_to=date(2022, 1, 1))
    assert place_row(whole, PolicyRows([later])) == date(2022, 1, 1)


def test_an_end_beyond_the_next_row_overlaps_and_one_before_the_start_is_a_gap() -> None:
    rows = PolicyRows([a_row(a_draft(valid_from=date(2022, 1, 1)))])
    with pytest.raises(policies.PolicyOverlapError):
        place_row(a_draft(valid_to=date(2022, 1, 2)), rows)
    with pytest.raises(policies.PolicyGapError):
        place_row(a_draft(valid_to=START), rows)


def test_a_key_that_may_be_empty_may_end() -> None:
    draft = a_draft(
        key=PolicyKey.DELEGATION_LIMIT,
        area=AreaClass.ANY,
        value="3000",
        valid_to=START + timedelta(days=9),
    )
    assert place_row(draft, PolicyRows([])) == START + timedelta(days=9)


def test_the_narrowest_scope_counts() -> None:
    wide = a_row(a_draft(value="810.00"), name="city")
    narrow = a_row(a_draft(value="830.00", scope="150302"), name="district")
    assert standard(PolicyRows([narrow, wide]), START) == "830.00"
    elsewhere = PolicyRows([narrow, wide]).find(
        PolicyKey.STANDARD, on=START, office="150304009", area=AreaClass.URBAN
    )
    assert elsewhere is not None
    assert elsewhere.value == "810.00"


def test_a_yearly_standard_becomes_monthly_rounded_down_to_fen() -> None:
    row = a_row(a_draft(value="7000", unit=StandardUnit.YEAR))
    assert standard(PolicyRows([row]), START) == "583.33"


def test_the_cap_is_three_standards_for_each_person_counted() -> None:
    rows = PolicyRows([a_row(a_draft())])
    use = rows.get(PolicyKey.STANDARD, on=START, office=OFFICE, area=AreaClass.URBAN)
    three = rows.get(PolicyKey.CAP_MULTIPLIER, on=START, office=OFFICE)
    assert cap_of(use, three, 1) == Money(243000)
    assert cap_of(use, three, 4) == Money(972000)


def test_a_row_without_a_document_is_refused() -> None:
    with pytest.raises(policies.PolicyDocumentError):
        place_row(a_draft(document=" "), PolicyRows([]))


_ANY = AreaClass.ANY


@pytest.mark.parametrize(
    ("key", "area", "value"),
    [
        (PolicyKey.STANDARD, AreaClass.ANY, "810"),
        (PolicyKey.CAP_MULTIPLIER, AreaClass.URBAN, "3"),
        (PolicyKey.CAP_MULTIPLIER, _ANY, "三"),
        (PolicyKey.CAP_MULTIPLIER, _ANY, "NaN"),
        (PolicyKey.CAP_MULTIPLIER, _ANY, "0"),
        (PolicyKey.CAP_MULTIPLIER, _ANY, "12.5"),
        (PolicyKey.CAP_UNIT, _ANY, "per_dog"),
        (PolicyKey.FREQUENCY_LIMIT, _ANY, "0"),
        (PolicyKey.FREQUENCY_LIMIT, _ANY, "1000"),
        (PolicyKey.FREQUENCY_LIMIT, _ANY, "1.5"),
        (PolicyKey.FREQUENCY_LIMIT, _ANY, "٣"),
        (PolicyKey.STANDARD, AreaClass.URBAN, "0"),
        (PolicyKey.STANDARD, AreaClass.URBAN, "12.345"),
    ],
)
def test_a_value_that_does_not_fit_its_key_is_refused(
    key: PolicyKey, area: AreaClass, value: str
) -> None:
    with pytest.raises(UserError):
        place_row(a_draft(key=key, area=area, value=value), PolicyRows([]))


@pytest.mark.parametrize("key", [key for key in PolicyKey if POLICY_SPECS[key].default])
def test_every_shipped_default_would_be_accepted_as_a_row(key: PolicyKey) -> None:
    draft = a_draft(key=key, area=AreaClass.ANY, value=POLICY_SPECS[key].default)
    assert place_row(draft, PolicyRows([])) is None
