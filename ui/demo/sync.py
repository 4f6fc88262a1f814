"""The end of the day: a bundle to the training bureau, its import, and the answer read back.

Three visits to two windows; what travels between them is the folder that stands for the stick.
"""

from dataclasses import dataclass
from pathlib import Path

from reliefdesk import wording
from reliefdesk.domain.streams import BundleState
from ui.demo.album import Album
from ui.demo.window import DrivenWindow
from ui.setup import training

SLIP = "移交单.pdf"


@dataclass(slots=True, kw_only=True)
class Exchange:
    """Plays with the stick `stick`, an existing folder; pictures and the slip go to `album`."""

    stick: Path
    album: Album

    def send(self, office: DrivenWindow) -> None:
        """Make the bundle, write it, print its slip, and note who took it."""
        self._plug_in(office)
        self.album.picture(office, "待报送")
        office.press("F8")
        self.album.picture(office, "已写入并核对")
        office.press("Ctrl+P")
        self.album.picture(office, "移交单")
        office.save_as(self.album.out / SLIP, "F6")
        office.press("Esc", "F5")
        office.fill("收件人", "演练收件人")
        office.press("Ctrl+Enter")
        _require_state(office, BundleState.HANDED_OVER)
        self.album.picture(office, "已移交")

    def receive(self, bureau: DrivenWindow) -> None:
        """See what the stick would change, take it in; the answer goes on the same stick."""
        sign_in(bureau)
        self._plug_in(bureau)
        self.album.picture(bureau, "区民政局")
        bureau.press("F6")
        self.album.picture(bureau, "导入计划")
        bureau.press("F8")
        self.album.picture(bureau, "已导入并写好回执")

    def read_answer(self, office: DrivenWindow) -> None:
        """Read the acknowledgement: the bundle counts as received, line by line."""
        sign_in(office)
        self._plug_in(office)
        office.press("F6")
        self.album.picture(office, "回执")
        office.press("F8")
        _require_state(office, BundleState.ACKNOWLEDGED)
        self.album.picture(office, "已回执")
        office.press("F4")
        self.album.picture(office, "逐条认定")

    def _plug_in(self, window: DrivenWindow) -> None:
        window.press("Ctrl+9")
        window.answer_dialog(self.stick, "Ctrl+O")
        window.select("U盘", wording.text("sync_page.folder"))


def _require_state(office: DrivenWindow, state: BundleState) -> None:
    """Look until the only bundle has this state; raises NotOnScreenError."""

    def seen() -> bool | None:
        return any(state.label in row for row in office.table("数据包")) or None

    office.wait(seen, wanted=state.label)


def sign_in(window: DrivenWindow) -> None:
    """Sign the registrar in."""
    window.choose("操作人员", "演练经办")
    window.fill("登录口令", training.PASSPHRASE)
    window.press("Enter")
