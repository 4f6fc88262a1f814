"""The check verbs: what machines read, what people read, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reliefdesk.cli import main

Capture = pytest.CaptureFixture[str]


def told(capture: Capture, *argv: str) -> tuple[int, dict[str, object]]:
    code = main(["check", *argv, "--json"])
    return code, json.loads(capture.readouterr().out)


def test_a_good_number_is_told_with_kind_birth_and_sex(capsys: Capture) -> None:
    code, facts = told(capsys, "id", "６４０１８１１９８５０６１７９９７６")
    assert code == 0
    assert facts == {
        "kind": "citizen",
        "typed": "６４０１８１１９８５０６１７９９７６",
        "number": "640181198506179976",
        "compared": "640181198506179976",
        "birth": "1985-06-17",
        "sex": "male",
        "problems": [],
    }


def test_a_wrong_number_is_told_with_every_problem_and_exits_with_one(capsys: Capture) -> None:
    code, facts = told(capsys, "id", "640181198506719976")
    problems = facts["problems"]
    assert isinstance(problems, list)
    assert code == 1
    assert [(found["code"], found["level"]) for found in problems] == [
        ("identity.day", "error"),
        ("identity.check_digit", "error"),
    ]
    assert facts["birth"] is None


def test_a_retired_area_code_only_warns(capsys: Capture) -> None:
    code, facts = told(capsys, "id", "152801196909159972")
    problems = facts["problems"]
    assert isinstance(problems, list)
    assert (code, problems[0]["level"], problems[0]["code"]) == (
        0,
        "warning",
        "identity.area_retired",
    )


def test_an_old_number_is_told_with_its_form_of_today(capsys: Capture) -> None:
    code, facts = told(capsys, "id", "620102781121951")
    assert (code, facts["number"], facts["compared"]) == (
        0,
        "620102781121951",
        "620102197811219512",
    )


def test_a_name_is_masked_and_a_character_without_a_face_is_named(capsys: Capture) -> None:
    assert told(capsys, "name", "张䶮")[1]["masked"] == "张*"
    code, facts = told(capsys, "name", "张🦀")
    assert (code, facts["without_glyph"]) == (1, ["🦀"])


def test_phones_and_cards_only_warn(capsys: Capture) -> None:
    assert told(capsys, "phone", "138 0000 0001")[1]["masked"] == "138****0001"
    code, facts = told(capsys, "card", "6217000000000000013")
    problems = facts["problems"]
    assert isinstance(problems, list)
    assert (code, problems[0]["level"]) == (0, "warning")


def test_a_division_is_named_even_when_retired(capsys: Capture) -> None:
    assert told(capsys, "division", "150302003")[1]["name"] == "内蒙古自治区乌海市海勃湾区新华街道"
    assert told(capsys, "division", "152801")[1]["retired"] is True
    assert told(capsys, "division", "999999")[0] == 1


def test_people_read_the_place_and_the_sentence(capsys: Capture) -> None:
    assert main(["check", "id", "152801196909159972"]) == 0
    out = capsys.readouterr().out
    assert "内蒙古自治区巴彦淖尔盟临河市" in out
    assert "请核对：第1–6位的地区代码152801已经停用" in out


def test_a_passport_has_no_birth_day_and_no_sex(capsys: Capture) -> None:
    assert told(capsys, "id", "E12345678")[1]["sex"] is None
    assert main(["check", "id", "E12345678"]) == 0
    assert "出生日期：（不详）" in capsys.readouterr().out


def test_an_amount_is_told_in_fen_figures_and_words(capsys: Capture) -> None:
    assert told(capsys, "amount", "2430") == (
        0,
        {"fen": 243000, "figures": "2,430.00", "words": "人民币贰仟肆佰叁拾元整"},
    )
    assert main(["check", "amount", "-2430"]) == 0
    assert "（红字）人民币贰仟肆佰叁拾元整" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["12.345", "abc", ""])
def test_a_refused_amount_is_one_sentence_on_stderr(text: str, capsys: Capture) -> None:
    assert main(["check", "amount", text, "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.endswith("。\n")


def test_a_due_day_counts_moved_rest_days(capsys: Capture) -> None:
    due = ("due", "--from", "2021-09-17", "--workdays", "10")
    assert told(capsys, *due) == (0, {"due": "2021-10-08"})
    assert main(["check", *due]) == 0
    assert capsys.readouterr().out == "2021年10月8日\n"


def test_a_due_day_in_a_year_without_a_table_is_refused(capsys: Capture) -> None:
    assert main(["check", "due", "--from", "2026-12-30", "--workdays", "5", "--json"]) == 2
    assert "节假日表缺失：没有2027年" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv", [["check"], ["nothing"], ["check", "due", "--from", "x", "--workdays", "1"]]
)
def test_bad_usage_exits_with_two(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(argv)
    assert exit_.value.code == 2


def test_bad_usage_is_said_in_chinese_and_quotes_what_was_typed(capsys: Capture) -> None:
    for argv, said in (
        (["check"], "命令没有写全，还缺：WHAT"),
        (["nothing"], "没有这个命令：nothing"),
        (["check", "due", "--from", "x", "--workdays", "1"], "这个值读不懂：x"),
        (["check", "amount", "1", "2"], "命令里有看不懂的部分：2"),
        (["check", "due", "--from"], "--from 后面要跟一个值"),
    ):
        with pytest.raises(SystemExit):
            main(argv)
        assert said in capsys.readouterr().err


def test_a_red_amount_has_its_minus_before_the_sign(capsys: Capture) -> None:
    assert main(["check", "amount", "--", "-2430"]) == 0
    assert capsys.readouterr().out.startswith("-￥2,430.00\n")


def test_a_desk_that_is_not_there_is_said_before_any_passphrase(
    capsys: Capture, tmp_path: Path
) -> None:
    assert main(["verify", str(tmp_path / "nowhere")]) == 2
    assert "这里没有办理点文件" in capsys.readouterr().err


def test_checking_a_number_loads_no_window() -> None:
    script = (
        "import sys; from reliefdesk.cli import main; main(['check', 'amount', '1']);"
        "sys.exit(any(name.startswith(('PySide6', 'ui')) for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)  # noqa: S603 - our own interpreter
    assert done.returncode == 0, done.stderr


def test_the_window_loads_neither_the_verbs_nor_what_opens_a_desk() -> None:
    script = (
        "import sys; import reliefdesk.cli; import ui.start;"
        "heavy = ('reliefdesk.verbs', 'reliefdesk.desk', 'sqlcipher3', 'sqlite_utils', 'reportlab',"
        " 'cryptography', 'msgspec');"
        "sys.exit(' '.join(name for name in heavy if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)  # noqa: S603 - our own interpreter
    assert (done.returncode, done.stderr) == (0, b"")
