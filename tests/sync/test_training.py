"""Training exchanges bundles with training, and with nobody else."""

from dataclasses import replace
from pathlib import Path

import pytest

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.partners import RoleError
from reliefdesk.services import sync
from tests.builders import BINHE, XINHUA, TestDesk, a_desk
from tests.sync.parties import (
    APART,
    Trio,
    a_bureau,
    enrol,
    exchange,
    pay_somebody,
    require_sound,
    rows_of,
    take_card,
)


def an_office(folder: Path) -> TestDesk:
    return a_desk(folder / "learner", office=XINHUA, kind=DeskKind.TRAINING, first_id=5 * APART)


def a_training_bureau(trio: Trio) -> Trio:
    district, code = a_bureau(trio.folder / "school", kind=DeskKind.TRAINING_DISTRICT)
    return replace(trio, district=district, root_code=code)


def test_a_training_office_and_its_bureau_exchange_bundles(trio: Trio) -> None:
    school, learner = a_training_bureau(trio), an_office(trio.folder)
    enrol(school, learner)
    pay_somebody(learner)
    exchange(school, learner)
    assert sync.pending(learner.context()).events == 0
    paid = rows_of(learner, "payments", "payment_id, fen, receipt_no")
    assert paid
    assert rows_of(school.district, "payments", "payment_id, fen, receipt_no") == paid
    require_sound(learner, school.district)
    learner.desk.close()
    school.district.desk.close()


def test_a_real_bureau_enrols_no_training_office(trio: Trio) -> None:
    learner = an_office(trio.folder)
    with pytest.raises(RoleError) as refused:
        enrol(trio, learner)
    assert refused.value.facts == {"role": DeskKind.TRAINING.label}
    learner.desk.close()


def test_a_training_bureau_enrols_no_real_office(trio: Trio) -> None:
    school = a_training_bureau(trio)
    with pytest.raises(RoleError):
        enrol(school, trio.a)
    school.district.desk.close()


def test_a_real_office_takes_no_card_of_a_training_bureau(trio: Trio) -> None:
    school = a_training_bureau(trio)
    learner = an_office(trio.folder)
    stranger = a_desk(trio.folder / "stranger", office=BINHE, first_id=6 * APART)
    enrol(school, learner)
    with pytest.raises(RoleError):
        take_card(school, stranger)
    for made in (learner, stranger, school.district):
        made.desk.close()
