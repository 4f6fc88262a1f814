"""A folder on another computer is known by the table of mounts."""

from pathlib import Path

import pytest

from reliefdesk.storage import mounts, opening
from tests.storage.floats import KEY

TABLE = """\
/dev/sda1 / ext4 rw 0 0
srv:/home /home nfs4 rw 0 0
//srv/share /mnt/My\\040Share cifs rw 0 0
/dev/sdb1 /home/clerk/local ext4 rw 0 0
odd line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/desk", "ext4"),
        ("/home/clerk/desk", "nfs4"),
        ("/home/clerk/local/desk", "ext4"),
        ("/homework", "ext4"),
        ("/mnt/My Share/desk", "cifs"),
    ],
)
def test_the_deepest_mount_counts(folder: str, kind: str) -> None:
    assert mounts.file_system_of(Path(folder), TABLE) == kind


def test_no_table_names_nothing() -> None:
    assert mounts.file_system_of(Path("/a"), "") == ""


def test_a_desk_on_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"srv:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(mounts, "_MOUNT_TABLE", table)  # no share can be had here
    with pytest.raises(mounts.NetworkShareError) as refused:
        opening.create_desk_file(tmp_path / "desk", KEY)
    assert refused.value.facts == {"kind": "nfs4"}
    assert list((tmp_path / "desk").iterdir()) == []
