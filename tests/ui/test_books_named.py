"""Each box, button and table of the book pages is called as it reads; each action has a key."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import a_desk, an_accepted_case
from tests.ui import walk
from tests.ui.real_page import on_stage
from ui.cash.page import CashPage
from ui.ledger.page import LedgerPage
from ui.policies.page import PoliciesPage
from ui.today.page import TodayPage

PAGES = (TodayPage, LedgerPage, CashPage, PoliciesPage)


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.key)
def test_names_and_keys(
    kind: type[TodayPage | LedgerPage | CashPage | PoliciesPage], qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_desk(tmp_path / "desk")
    an_accepted_case(made)
    with on_stage(qtbot, made, name="系统己") as stage:
        page = kind(stage.workplace)
        stage.show(page)
        assert walk.misnamed(page) == []
        assert walk.keyless(page) == []
