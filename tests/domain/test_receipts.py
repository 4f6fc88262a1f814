"""Receipt numbers: one series a year, no gap, and only the acts that a state allows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.receipts import (
    SERIAL_MAX,
    ReceiptSeries,
    ReceiptState,
    ReceiptStateError,
    require_receipt_state,
    series_faults,
    series_for,
)
from reliefdesk.errors import BugError

DAY = date(2021, 3, 10)
SERIES = ReceiptSeries(prefix="XJ", office="150302003", year=2021)
ALLOWED = {
    "打印": {"issued", "printed", "signed", "filed"},
    "登记签领": {"printed"},
    "归档": {"signed"},
    "作废": {"issued", "printed"},
    "红冲": {"signed", "filed"},
    "补发": {"signed", "filed"},
}


def test_a_number_names_type_office_year_and_serial() -> None:
    assert series_for(DeskKind.OFFICE, "150302003", DAY) == SERIES
    assert SERIES.number(1) == "XJ-150302003-2021-000001"


def test_a_training_desk_counts_in_its_own_series() -> None:
    assert series_for(DeskKind.TRAINING, "150302003", DAY).number(7) == "YL-150302003-2021-000007"


@pytest.mark.parametrize("serial", [0, -1, SERIAL_MAX + 1])
def test_a_serial_that_does_not_fit_is_a_bug(serial: int) -> None:
    with pytest.raises(BugError):
        SERIES.number(serial)


@given(st.integers(1, SERIAL_MAX), st.integers(1, SERIAL_MAX))
def test_numbers_sort_as_their_serials_do(one: int, other: int) -> None:
    assert (SERIES.number(one) < SERIES.number(other)) == (one < other)


@pytest.mark.parametrize("act", ALLOWED)
@pytest.mark.parametrize("state", ReceiptState)
def test_an_act_fits_only_its_states(act: str, state: ReceiptState) -> None:
    if state.value in ALLOWED[act]:
        require_receipt_state("XJ", state, act)
    else:
        with pytest.raises(ReceiptStateError):
            require_receipt_state("XJ", state, act)


@given(st.integers(0, 40), st.randoms(use_true_random=False))
def test_a_whole_series_in_any_order_has_no_fault(count: int, shuffler: object) -> None:
    numbers = [(SERIES, serial) for serial in range(1, count + 1)]
    shuffler.shuffle(numbers)  # type: ignore[attr-defined]
    assert series_faults(numbers) == ()


@given(st.integers(2, 40), st.data())
def test_a_missing_number_is_named(count: int, data: st.DataObject) -> None:
    missing = data.draw(st.integers(1, count - 1))
    numbers = [(SERIES, serial) for serial in range(1, count + 1) if serial != missing]
    (fault,) = series_faults(numbers)
    assert (fault.expected, fault.found) == (missing, missing + 1)


def test_a_doubled_number_is_named_and_every_year_counts_from_one() -> None:
    later = ReceiptSeries(prefix="XJ", office="150302003", year=2022)
    faults = series_faults([(SERIES, 1), (SERIES, 1), (later, 1)])
    assert [(fault.series, fault.expected, fault.found) for fault in faults] == [(SERIES, 2, 1)]


def test_towns_and_streets_are_told_apart_by_their_code() -> None:
    assert Office(code="150303103", name="拉僧庙镇").is_town
    assert not Office(code="150302003", name="新华街道").is_town
