"""A file written durably is the new one whole, or the old one untouched."""

from pathlib import Path

import pytest

from reliefdesk.keys import durable


def test_the_new_content_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.slots"
    durable.write(path, b"old")
    durable.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "desk.slots"
    path.mkdir()  # cannot be replaced by a file
    with pytest.raises(OSError, match="directory"):
        durable.write(path, b"new")
    assert list(tmp_path.iterdir()) == [path]
