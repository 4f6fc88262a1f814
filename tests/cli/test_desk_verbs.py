"""The verbs about a desk: verify, backup, restore-check; plain text, JSON and exit codes."""

import json
from pathlib import Path

import pytest

from reliefdesk import cli, verbs
from tests.builders import PASSPHRASE, a_desk, an_approved_case


@pytest.fixture
def closed_desk(tmp_path: Path) -> Path:
    made = a_desk(tmp_path / "desk")
    an_approved_case(made)
    made.desk.close()
    (tmp_path / "secret").write_text(PASSPHRASE, "utf-8")
    return tmp_path


def run(*arguments: str, secret: Path) -> int:
    return cli.main([*arguments, "--passphrase-file", str(secret)])


def test_verify_says_line_by_line_that_a_desk_holds(
    closed_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", str(closed_desk / "desk"), secret=closed_desk / "secret") == verbs.DONE
    told = capsys.readouterr().out
    assert "校验通过" in told
    assert "测试甲" not in told


def test_verify_names_a_head_from_paper_that_the_journal_no_longer_reaches(
    closed_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = f"9999:{'a' * 64}"
    desk, secret = str(closed_desk / "desk"), closed_desk / "secret"
    assert run("verify", desk, "--head", head, "--json", secret=secret) == verbs.WRONG
    told = json.loads(capsys.readouterr().out)
    assert told["good"] is False
    assert any("9999" in line["text"] for line in told["lines"] if not line["good"])


def test_a_head_that_is_none_is_refused(
    closed_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, secret = str(closed_desk / "desk"), closed_desk / "secret"
    assert run("verify", desk, "--head", "12", secret=secret) == cli.REFUSED
    assert capsys.readouterr().err.count("\n") == 1


def test_a_wrong_passphrase_opens_nothing(
    closed_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = closed_desk / "wrong"
    wrong.write_text("不是这个口令", "utf-8")
    assert run("verify", str(closed_desk / "desk"), secret=wrong) == cli.REFUSED
    assert run("verify", str(closed_desk / "desk"), secret=closed_desk / "none") == cli.REFUSED
    assert "口令" in capsys.readouterr().err


def test_a_backup_is_checked_as_a_restore_would_open_it_without_changing_a_byte(
    closed_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, folder = closed_desk / "secret", closed_desk / "backups"
    desk = str(closed_desk / "desk")
    assert run("backup", desk, "--to", str(folder), secret=secret) == verbs.DONE
    path = Path(capsys.readouterr().out.strip())
    before = path.read_bytes()
    assert run("restore-check", str(path), secret=secret) == verbs.DONE
    assert path.read_bytes() == before
    assert sorted(folder.iterdir()) == sorted((path, path.with_suffix(".slots")))


def test_an_account_may_be_named(closed_desk: Path) -> None:
    desk, wrong = str(closed_desk / "desk"), closed_desk / "secret"
    assert run("verify", desk, "--account", "系统己", secret=wrong) == verbs.DONE
    assert run("verify", desk, "--account", "经办甲", secret=wrong) == cli.REFUSED


def test_the_passphrase_may_come_through_a_pipe(
    closed_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (closed_desk / "secret").open(encoding="utf-8") as piped:
        monkeypatch.setattr("sys.stdin", piped)
        assert cli.main(["verify", str(closed_desk / "desk")]) == verbs.DONE
