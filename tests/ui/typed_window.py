"""A window with the name box and the number box that tells each text; ends when its input does.

Run as a program: the input method is prepared exactly as the real start does it.
"""

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reliefdesk import paths
from ui import input_methods
from ui.widgets.text_fields import NameField, NumberField


def main() -> int:
    """Show the boxes, say which window they are in, follow `name` and `number` on the input."""
    environment = paths.environment()
    input_methods.prepare(environment, input_methods.session_bus_asker(environment))
    application = QApplication([])
    window = QWidget()
    layout = QVBoxLayout(window)
    boxes = {"name": NameField(), "number": NumberField()}
    for name, box in boxes.items():
        layout.addWidget(box)
        box.textChanged.connect(lambda text, name=name: _say({name: text}))
    window.show()

    def follow() -> None:
        order = sys.stdin.readline().strip()
        if order in boxes:
            boxes[order].setFocus()
            _say({"focus": order})
        else:
            application.quit()

    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    orders.activated.connect(follow)
    _say({"window": int(window.winId())})
    return application.exec()


def _say(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
