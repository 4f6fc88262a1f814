"""Claims about the counter with a list of the district: a hit is seen early, with its date."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reliefdesk.domain.cases import Finding
from reliefdesk.services import tokens
from tests.builders import P01, P02
from tests.sync.parties import Trio, a_trio, desk_id, exchange, pay_somebody, send, take
from tests.ui.real_page import Stage, on_stage
from tests.ui.test_counter_intake import a_counter, fill_in
from ui.counter.fields import put_text


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """An office that paid somebody, and another that holds the list of that day."""
    made = a_trio(tmp_path)
    pay_somebody(made.a)
    exchange(made, made.a)
    tokens.issue(made.district.context("系统己"), desk_id(made.b))
    take(made.b, send(made, made.district, made.b))
    yield made
    made.district.desk.close()


@pytest.fixture
def stage(qtbot: QtBot, trio: Trio) -> Iterator[Stage]:
    """The other office's window."""
    trio.a.desk.close()
    with on_stage(qtbot, trio.b) as opened:
        yield opened


def test_a_hit_is_said_before_the_form_is_complete_with_the_date_of_the_list(stage: Stage) -> None:
    page = a_counter(stage)
    page.intake.begin(P01.number)
    put_text(page.form.person.grid.field("name"), P01.name)
    stage.settle()
    said = page.form.eligibility.reasons.text()
    assert "× 他处本年度已救助（2021年3月，1000元以上至2000元）" in said
    assert "2021年3月10日的已救助名单" in said


def test_whoever_is_not_in_the_list_meets_the_rules_and_the_list_is_named(stage: Stage) -> None:
    page = a_counter(stage)
    fill_in(page, stage, number=P02.number, name=P02.name, phone="")
    assert Finding.MEETS.label in page.form.eligibility.finding.text()
    assert "✓ 区里2021年3月10日的已救助名单中没有" in page.form.eligibility.reasons.text()


def test_an_office_without_a_list_is_warned_and_not_stopped(qtbot: QtBot, trio: Trio) -> None:
    trio.b.desk.close()
    with on_stage(qtbot, trio.a) as stage:
        page = a_counter(stage)
        fill_in(page, stage, number=P02.number, name=P02.name, phone="")
        assert "！ 本机没有区里的已救助名单" in page.form.eligibility.reasons.text()
        assert Finding.MEETS.label in page.form.eligibility.finding.text()
