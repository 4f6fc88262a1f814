"""What the tests of the place 报送 share: a page on a real desk, and a folder that is the stick."""

from dataclasses import dataclass
from pathlib import Path

from reliefdesk.services import sticks
from reliefdesk.services.sticks import Taken
from tests.builders import PINS
from tests.sync.parties import Trio
from tests.ui.real_page import Stage
from tests.ui.vouchers_scene import put
from ui.sync.page import SyncPage


@dataclass
class Scene:
    """A page with one stick in."""

    stage: Stage
    page: SyncPage
    stick: Path

    def act(self, name: str) -> None:
        """Give a command of the page and wait."""
        action = self.page.acts[f"sync.{name}"]
        assert action.isEnabled(), name
        action.trigger()
        self.settle()

    def fill(self, **texts: str) -> None:
        """Type into the boxes of the open form."""
        for name, text in texts.items():
            put(self.page.form.grid.field(name), text)

    def confirm(self, second: str = "") -> None:
        """Confirm the form, with the PIN of a second person where it asks for one."""
        if second:
            self.fill(officer0=second, officer0_pin=PINS[second])
        self.page.form.confirm()
        self.settle()

    def settle(self) -> None:
        """Wait until desk and page are quiet."""
        for _ in range(3):
            self.stage.settle()

    def files(self) -> set[str]:
        """What lies on the stick, apart from its marker."""
        return {path.name for path in self.stick.iterdir()} - {"RELIEFDESK.TXT"}


def a_scene(stage: Stage, stick: Path) -> Scene:
    """Show the page with a folder as the only stick."""
    stick.mkdir(exist_ok=True)
    page = SyncPage(stage.workplace)
    scene = Scene(stage=stage, page=page, stick=stick)
    stage.show(page)
    page.use_folder(stick)
    scene.settle()
    return scene


def answer(trio: Trio, stick: Path) -> Taken:
    """The district takes in what lies on the stick and writes its answer there."""
    context = trio.district.context()
    planned = sticks.plan(context, [stick])
    return sticks.take(context, planned, sticks.look(context, stick)).result
