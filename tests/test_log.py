"""The log keeps what went wrong and strikes out whom it was about."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.log import (
    FILE_BYTES_MAX,
    FILE_NAME,
    STRUCK_OUT,
    RedactingFormatter,
    redact,
    start_log,
    stop_log,
)

SECRETS = [
    "640181198506179976",
    "64010420000229998X",
    "６４０１８１１９８５０６１７９９７６",
    "620102781121951",
    "640181 19850617 9976",
    "13812345678",
    "138-1234-5678",
    "0473-2012345",
    "04732012345",
    "6217000000000000012",
    "6217 0000 0000 0000 012",
    "H12345678",
    "E12345678",
    "CAN110181080301",
]


@pytest.fixture
def log_folder(tmp_path: Path) -> Iterator[Path]:
    handler = start_log(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_log(handler)


def written(folder: Path) -> str:
    return (folder / FILE_NAME).read_text("utf-8")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_number_that_leads_to_a_person_is_struck_out(secret: str) -> None:
    assert redact(f"号码：{secret}，请核对") == f"号码：{STRUCK_OUT}，请核对"


@pytest.mark.parametrize(
    "text",
    [
        "XJ-150302003-2021-000001 issued",
        "AJ-150302003-2021-000123 accepted",
        "2021-03-10 09:00:00,123 row 42 of 10000",
        "243000 fen",
        "0190a3e7b4c87d3f9a1b2c3d4e5f6071",
    ],
)
def test_what_names_no_person_stays(text: str) -> None:
    assert redact(text) == text


@given(st.text(), st.sampled_from(SECRETS), st.text())
def test_no_surrounding_text_lets_a_number_through(before: str, secret: str, after: str) -> None:
    assert secret not in redact(f"{before} {secret} {after}")


def test_named_people_are_struck_out_longest_name_first(log_folder: Path) -> None:
    people = {"names": ("测试", "测试甲", "")}
    logging.getLogger("reliefdesk.cases").info("%s met %s", "测试甲", "测试", extra=people)
    assert f"{STRUCK_OUT} met {STRUCK_OUT}" in written(log_folder)


def test_a_traceback_is_kept_without_the_number_in_it(log_folder: Path) -> None:
    number = "640181198506179976"
    try:
        int(f"{number}测试甲")
    except ValueError:
        logging.getLogger("reliefdesk").exception("read %s", number, extra={"names": ["测试甲"]})
    text = written(log_folder)
    assert "Traceback" in text
    assert "ValueError" in text
    assert number not in text
    assert "测试甲" not in text


def test_the_log_rotates(log_folder: Path) -> None:
    for _ in range(3):
        logging.getLogger("reliefdesk").warning("x" * (FILE_BYTES_MAX // 2))
    assert (log_folder / f"{FILE_NAME}.1").exists()


def test_a_folder_that_cannot_be_written_means_no_log_and_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    handler = start_log(blocked / "logs")
    logging.getLogger("reliefdesk").warning("still running")
    stop_log(handler)
    assert isinstance(handler, logging.NullHandler)


def test_a_record_that_cannot_be_written_is_not_printed(
    log_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("reliefdesk").info("%d", "640181198506179976")
    assert "640181198506179976" not in capsys.readouterr().err
    assert log_folder.exists()


def test_the_formatter_serves_a_record_without_names() -> None:
    record = logging.LogRecord("n", logging.INFO, "", 0, "电话 13812345678", (), None)
    assert RedactingFormatter("%(message)s").format(record) == f"电话 {STRUCK_OUT}"
    assert sys.exc_info() == (None, None, None)
