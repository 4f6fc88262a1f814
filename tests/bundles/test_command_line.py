"""The verbs `bundle inspect` and `bundle verify`: for people, for machines, and their refusals."""

import json
from pathlib import Path

import pytest

from reliefdesk.bundles.key_file import KeyFileError, KeyFileUnreadableError, read_key_file
from reliefdesk.cli import main
from tests.bundles import forge
from tests.bundles.bad_kinds import flipped
from tests.bundles.forge import LINES, OFFICE, STRANGER, Forge
from tests.bundles.parties import a_plan, sealed

Capture = pytest.CaptureFixture[str]
MADE = sealed(LINES, a_plan())


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with a bundle and the key file of the district."""
    (tmp_path / MADE.name).write_bytes(MADE.content)
    (tmp_path / "key").write_text(forge.KEY_FILE, "ascii")
    return tmp_path


def test_inspect_tells_machines_what_the_outside_says(stick: Path, capsys: Capture) -> None:
    assert main(["bundle", "inspect", str(stick / MADE.name), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "name": MADE.name,
        "office": "150302003",
        "number": 7,
        "size": MADE.size,
        "fingerprint": MADE.fingerprint,
        "sha256": MADE.sha256,
    }


def test_inspect_tells_people_the_same(stick: Path, capsys: Capture) -> None:
    assert main(["bundle", "inspect", str(stick / MADE.name)]) == 0
    out = capsys.readouterr().out
    assert "单位代码：150302003\n包号：7\n" in out
    assert MADE.fingerprint in out


def test_verify_tells_range_sums_and_head(stick: Path, capsys: Capture) -> None:
    argv = ["bundle", "verify", str(stick / MADE.name), "--key", str(stick / "key")]
    assert main([*argv, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["first"], facts["last"], facts["count"]) == (1, 5, 5)
    assert facts["head"] == forge.chain(LINES)[-1]
    assert facts["manifest_id"] == MADE.manifest_id
    assert facts["created_at"] == "2021-03-10T01:00:00Z"
    assert facts["events"][1] == {"event": "CashPaid", "count": 3, "fen": 1000, "amount": "10.00"}
    assert main(argv) == 0
    out = capsys.readouterr().out
    assert "第1号至第5号，共5条" in out
    assert "CashPaid：3条，10.00元" in out
    assert out.endswith("数据包完整，签名属实。\n")


def test_a_refusal_is_one_sentence_and_exit_code_two(stick: Path, capsys: Capture) -> None:
    damaged = stick / "damaged.AGE"
    damaged.write_bytes(Forge(file=flipped(-1)).made())
    assert main(["bundle", "verify", str(damaged), "--key", str(stick / "key")]) == 2
    assert capsys.readouterr().err.startswith("文件已损坏")
    assert main(["bundle", "inspect", str(stick / "key")]) == 2
    assert capsys.readouterr().err == "这不是本系统的数据包。请核对选中的文件。\n"


def test_a_key_file_names_one_recipient_and_any_number_of_senders(tmp_path: Path) -> None:
    path = tmp_path / "key"
    more = f"# sender s1 {STRANGER.public.signing} 150302007 other 2\n# recipient 150302 old\n"
    path.write_text(forge.KEY_FILE + more, "ascii")
    read = read_key_file(path)
    assert [(row.office, row.epoch) for row in read.known.rows] == [
        ("150302003", 1),
        ("150302007", 2),
    ]
    assert read.me.devices == frozenset({"device-district", "old"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-2"),
        ("AGE-SECRET-KEY-", "# "),
        ("# sender s1", "# a sender"),
        ("# recipient", "# nobody"),
        (OFFICE.public.signing, OFFICE.public.signing[1:]),
        (f"{forge.OFFICE_DEVICE} 1", f"{forge.OFFICE_DEVICE} one"),
        (f"{forge.OFFICE_DEVICE} 1", f"{forge.OFFICE_DEVICE} 0"),
        ("# Keys", "# 密钥"),
        ("# Keys", "# recipient 150303 other\n# Keys"),
    ],
)
def test_a_key_file_that_lacks_something_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "key"
    path.write_text(forge.KEY_FILE.replace(old, new), "utf-8")
    with pytest.raises(KeyFileError):
        read_key_file(path)


def test_a_key_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnreadableError):
        read_key_file(tmp_path / "nothing")
