"""An office words its forms on the 系统 page, through the real window."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from reliefdesk.domain.form_settings import CaseForm, MoneyForm
from tests.builders import PASSPHRASE, a_desk
from tests.ui.real_shell import RealShell, a_shell
from tests.ui.walk import misnamed
from ui.system.forms_panel import FormsPanel
from ui.system.page import SystemPage


@pytest.fixture
def real(qtbot: QtBot, tmp_path: Path) -> Iterator[RealShell]:
    a_desk(tmp_path / "desk").desk.close()
    with a_shell(qtbot, tmp_path / "desk") as shell:
        shell.sign_in("系统己", PASSPHRASE)
        shell.shell.window.show_page("system")
        shell.settle()
        yield shell


def the_panel(real: RealShell) -> FormsPanel:
    page = real.shell.window.page("system")
    assert isinstance(page, SystemPage)
    page.open_part("forms")
    real.settle()
    return page.forms


def choose(real: RealShell, form: CaseForm | MoneyForm) -> FormsPanel:
    panel = the_panel(real)
    panel.form.choose(form.value)
    panel.form.edited.emit()
    real.settle()
    return panel


def test_the_boxes_show_what_is_in_force(real: RealShell) -> None:
    panel = choose(real, CaseForm.PLEDGE)
    assert panel.head.text() == "社会救助诚信承诺书"
    assert panel.copies.text() == "街道（镇）存档"
    assert "没有图片" in panel.picture.text()


def test_a_form_offers_only_what_it_prints(real: RealShell) -> None:
    for form, shown in (
        (MoneyForm.RECEIPT, set()),
        (MoneyForm.CASH_JOURNAL, {"footer", "copies", "picture"}),
        (CaseForm.PLEDGE, {"contact", "footer", "copies", "picture"}),
    ):
        panel = choose(real, form)
        boxes = {
            "contact": panel.contact,
            "footer": panel.footer,
            "copies": panel.copies,
            "picture": panel.choose_button,
        }
        assert {name for name, box in boxes.items() if box.isVisible()} == shown
        assert panel.head.isVisible()


def test_a_wording_is_saved_from_a_day_on(real: RealShell) -> None:
    panel = choose(real, CaseForm.PLEDGE)
    panel.head.setText("诚信承诺书（新版）")
    panel.copies.setText("存档、本人留存")
    panel.go()
    real.settle()
    assert "已保存" in real.said()
    panel.since.set_day(date(2020, 1, 1))
    panel.since.edited.emit()
    real.settle()
    assert panel.head.text() == "社会救助诚信承诺书"


def test_an_optional_part_is_a_box_to_tick(real: RealShell) -> None:
    panel = choose(real, CaseForm.APPLICATION)
    panel.parts["community"].setChecked(True)
    panel.go()
    real.settle()
    panel = choose(real, CaseForm.PUBLICITY)
    assert list(panel.parts) == ["amount"]
    panel = choose(real, CaseForm.APPLICATION)
    assert panel.parts["community"].isChecked()


def test_an_empty_title_is_refused_and_what_was_typed_stays(real: RealShell) -> None:
    panel = choose(real, CaseForm.PLEDGE)
    panel.head.setText(" ")
    panel.unit.setText("新华街道党群服务中心")
    panel.go()
    real.settle()
    assert "标题不能这样填写" in real.said()
    assert panel.unit.text() == "新华街道党群服务中心"


def test_a_picture_is_chosen_kept_and_dropped(real: RealShell, tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGB", (200, 30), (180, 20, 20)).save(out, "png")
    (tmp_path / "单位.png").write_bytes(out.getvalue())
    panel = choose(real, CaseForm.PLEDGE)
    panel.read_picture(tmp_path / "单位.png")
    panel.go()
    real.settle()
    panel = choose(real, CaseForm.PLEDGE)
    assert f"{len(out.getvalue())} 字节" in panel.picture.text()
    panel.drop_button.click()
    assert "没有图片" in panel.picture.text()


def test_everything_of_the_part_is_named(real: RealShell) -> None:
    assert misnamed(choose(real, CaseForm.APPLICATION)) == []
