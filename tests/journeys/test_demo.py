"""The demo plays the main job by itself and leaves papers that agree with each other."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.window import pdf_text

PATIENCE_S = 120


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play once for all claims, into a folder where an earlier run left things."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "99-alt.png").write_bytes(b"old")
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", "reliefdesk.cli", "demo", "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert str(folder / "工作台账.pdf") in done.stdout
    return folder


def test_the_receipt_names_number_and_amount_in_words(out: Path) -> None:
    (receipt,) = out.glob("YL-*.pdf")
    text = pdf_text(receipt)
    assert "YL-150302003-2021-000001" in text
    assert "人民币贰仟元整" in text


def test_the_ledger_pays_what_the_cash_journal_gives_out(out: Path) -> None:
    ledger, journal = pdf_text(out / "工作台账.pdf"), pdf_text(out / "现金日记账.pdf")
    assert "AJ-150302003-2021-000001".replace("-", "") in ledger.replace("-", "")
    assert "2,000.00" in ledger
    assert "本期支出￥2,000.00" in journal.replace("¥", "￥")
    assert "已签领1" in pdf_text(out / "号码去向.pdf")


def test_the_slip_names_what_went_to_the_training_bureau(out: Path) -> None:
    slip = pdf_text(out / "移交单.pdf")
    assert "海勃湾区民政局" in slip
    assert "人民币贰仟元整" in slip
    # The demo itself fails unless the bureau took it in and the office read that it did.
    assert list(out.glob("*-已导入并写好回执.png"))
    assert list(out.glob("*-已回执.png"))


def test_every_step_has_a_picture_of_its_own(out: Path) -> None:
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) >= 15
    assert "99-alt.png" not in {picture.name for picture in pictures}
    seen = set()
    for picture in pictures:
        with Image.open(picture) as opened:
            assert opened.size == (1366, 768)
            colours = opened.convert("RGB").getcolors(maxcolors=2**20)
            assert colours is not None
            assert len(colours) > 50, picture.name
            seen.add(opened.tobytes())
    assert len(seen) == len(pictures)


def test_what_is_not_ours_stays(out: Path) -> None:
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", "reliefdesk.cli", "demo", "--out", str(blocked / "out")],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 1
    assert "演示结果不能写入" in done.stderr
