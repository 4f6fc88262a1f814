"""A series names its numbers in one spelling, and its check sees every gap and double."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.receipts import ReceiptSeries, series_faults, series_for
from reliefdesk.errors import BugError

SERIES = series_for(DeskKind.OFFICE, "150302003", date(2021, 3, 10))


def test_numbers_carry_type_office_year_and_six_digits() -> None:
    assert SERIES.number(1) == "XJ-150302003-2021-000001"
    assert SERIES.number(999_999) == "XJ-150302003-2021-999999"


@pytest.mark.parametrize("serial", [0, -1, 1_000_000])
def test_a_serial_outside_the_six_digits_is_a_bug(serial: int) -> None:
    with pytest.raises(BugError):
        SERIES.number(serial)


@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_a_whole_series_in_any_order_has_no_fault(count: int, chance: object) -> None:
    serials = list(range(1, count + 1))
    chance.shuffle(serials)  # type: ignore[attr-defined]
    assert series_faults((SERIES, serial) for serial in serials) == ()


@given(st.integers(2, 50), st.data())
def test_a_missing_and_a_doubled_number_are_both_named(count: int, data: st.DataObject) -> None:
    lost = data.draw(st.integers(1, count - 1))
    serials = [serial for serial in range(1, count + 1) if serial != lost]
    (gap,) = series_faults((SERIES, serial) for serial in serials)
    assert (gap.expected, gap.found) == (lost, lost + 1)
    (double,) = series_faults((SERIES, serial) for serial in [*range(1, count + 1), count])
    assert (double.expected, double.found) == (count + 1, count)


def test_each_year_and_office_counts_for_itself() -> None:
    later = ReceiptSeries(prefix="XJ", office="150302003", year=2022)
    other = ReceiptSeries(prefix="XJ", office="150302007", year=2021)
    assert series_faults([(SERIES, 1), (later, 1), (other, 1)]) == ()
