"""The row of other acts under the next step; only those that the stage allows.

Each act is a command with its key; a key of an act that is not offered does nothing.
"""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui import keymap, theme
from ui.counter.acts import Act

_PER_ROW = 2


class ActButtons(QWidget):
    """Buttons in rows of two; the keys work anywhere on `page`."""

    def __init__(self, page: QWidget, begin: Callable[[Act], None]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP_SMALL)
        self._begin = begin
        self._offered: tuple[Act, ...] = ()
        self._actions = {
            act: keymap.action(f"case.{act.value}", page, self._beginning(act)) for act in Act
        }
        self._buttons = {act: keymap.button(action) for act, action in self._actions.items()}
        for place, (act, action) in enumerate(self._actions.items()):
            self._grid.addWidget(self._buttons[act], *divmod(place, _PER_ROW))
            action.setVisible(False)

    def offer(self, acts: Sequence[Act]) -> None:
        """Offer these; the same acts again change nothing, so focus stays where it is."""
        wanted = tuple(acts)
        if wanted == self._offered:
            return
        self._offered = wanted
        for act in Act:
            self._grid.removeWidget(self._buttons[act])
        for place, act in enumerate(wanted):
            self._grid.addWidget(self._buttons[act], *divmod(place, _PER_ROW))
        for act, action in self._actions.items():
            action.setVisible(act in wanted)

    def _beginning(self, act: Act) -> Callable[[], None]:
        return lambda: self._begin(act)
