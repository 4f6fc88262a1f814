"""The pictures and papers a demo leaves in its folder, numbered in the order of the day."""

from dataclasses import dataclass
from pathlib import Path

from ui.demo.window import DrivenWindow


@dataclass(slots=True, kw_only=True)
class Album:
    """`out` is an existing folder; `count` pictures lie in it so far."""

    out: Path
    count: int = 0

    def picture(self, window: DrivenWindow, title: str) -> None:
        """Add what the window looks like now."""
        self.count += 1
        window.picture(self.out / f"{self.count:02}-{title}.png")
