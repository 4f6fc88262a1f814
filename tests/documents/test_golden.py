"""Every form looks as it did when somebody last looked at it; a change is named by its region.

`make gallery GOLDEN=1` keeps new pictures after they were looked at.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.documents.application_form import application_pdf
from reliefdesk.domain.money import Money
from tests.gallery.case_forms import APPLICATION
from tests.gallery.forms import FORMS
from tests.gallery.pictures import (
    GOLDEN,
    changes,
    golden_of,
    read_golden,
    side_by_side,
    write_golden,
)

OUT = Path(__file__).resolve().parents[2] / "out" / "golden"
BYTES_MAX = 1_500_000


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_looks_as_its_golden_picture(name: str) -> None:
    golden, found = read_golden(name), golden_of(FORMS[name]())
    where = changes(golden, found)
    if where:
        OUT.mkdir(parents=True, exist_ok=True)
        side_by_side(golden, found, where).save(OUT / f"{name}.png")
    assert where == [], f"{'; '.join(map(str, where))}; see {OUT / name}.png"


def test_no_golden_picture_is_left_of_a_form_that_is_gone() -> None:
    kept = {path.name.split(".")[0] for path in GOLDEN.glob("*.png")}
    assert kept == set(FORMS)


def test_golden_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in GOLDEN.glob("*.png")) < BYTES_MAX


def test_one_other_digit_is_found_and_named(tmp_path: Path) -> None:
    write_golden("form", application_pdf(APPLICATION), tmp_path)
    other = replace(APPLICATION.request, requested=Money(290000))
    found = golden_of(application_pdf(replace(APPLICATION, request=other)))
    golden = read_golden("form", tmp_path)
    (change,) = changes(golden, found)
    assert change.page == 1
    assert 40 < change.left < change.right < 110
    assert 200 < change.top < change.bottom < 240
    assert change.bottom - change.top < 8
    sheet = side_by_side(golden, found, [change])
    assert sheet.height > 2 * found[0].height


def test_a_page_more_or_less_is_a_change() -> None:
    found = golden_of(application_pdf(APPLICATION))
    assert [change.page for change in changes(found, found[:1])] == [2]
    assert [change.page for change in changes(found[:1], found)] == [2]
    assert changes(found, found) == []
