"""A failure of the program is logged without any data and said in one plain sentence."""

from pathlib import Path

import pytest

from reliefdesk.clock import FixedClock
from tests.builders import MORNING
from ui.crash import LOG_NAME, CrashReport, redacted

SECRET = "640181198506179976"


def broken() -> ValueError:
    try:
        int(SECRET + "x")
    except ValueError as error:
        return error
    raise AssertionError


def test_the_log_names_kind_and_place_but_no_value() -> None:
    text = redacted(broken())
    assert "ValueError" in text
    assert "test_crash.py" in text
    assert SECRET not in text


def test_the_window_says_a_sentence_and_the_log_stands(tmp_path: Path) -> None:
    said: list[str] = []
    report = CrashReport(tmp_path / "logs", FixedClock(MORNING), said.append)
    report.report(broken())
    assert LOG_NAME in said[0]
    log = (tmp_path / "logs" / LOG_NAME).read_text("utf-8")
    assert log.startswith("2021-03-10 09:00:00 ValueError")
    assert SECRET not in log


def test_a_failure_before_the_window_is_said_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    CrashReport(tmp_path / "logs", FixedClock(MORNING), lambda _: None).report(broken())
    said = capsys.readouterr().err
    assert LOG_NAME in said
    assert SECRET not in said


def test_without_a_place_for_the_log_the_sentence_is_still_said(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file", "utf-8")
    said: list[str] = []
    CrashReport(tmp_path / "logs", FixedClock(MORNING), said.append).report(broken())
    assert said[0]
    assert LOG_NAME not in said[0]


def test_the_cause_of_a_failure_is_named_too() -> None:
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError(SECRET) from broken()
    assert "after ValueError" in redacted(caught.value)
