"""A printer as CUPS tells of it: the commands themselves, on a search path of their own."""

import stat
from pathlib import Path

IDLE = "printer 前台 is idle.  enabled since Mon"
EMPTY = "printer 前台 is idle.\n\tAlerts: media-empty-error"


def command(folder: Path, name: str, script: str) -> None:
    """Put a command of the shell into a folder."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


class Queue:
    """A printer as CUPS tells of it; `came` are the papers that came out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "out").mkdir()
        self.says(IDLE)
        command(folder, "lpstat", f'cat "{folder}/listed"')
        command(
            folder, "lp", f'cat > "{folder}/out/$(date +%s%N)"; echo "request id is Q-1 (1 file)"'
        )

    def says(self, listed: str) -> None:
        """Let lpstat answer so."""
        (self.folder / "listed").write_text(listed + "\n", "utf-8")

    @property
    def came(self) -> list[bytes]:
        """What was printed, in order."""
        return [path.read_bytes() for path in sorted((self.folder / "out").iterdir())]
