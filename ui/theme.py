"""How everything looks: Fusion, one palette, one accent colour, one type face, even figures.

No style sheet: a global one doubles the time to start.
"""

from functools import cache

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStyleFactory, QWidget

from reliefdesk import paths
from reliefdesk.domain.problems import Level

FAMILIES = ("Noto Sans SC", "HanaMinA", "HanaMinB")
POINTS = 12
GAP, GAP_SMALL, GAP_WIDE = 12, 6, 20
ERROR_MARK, WARNING_MARK = "× ", "▲ "

ACCENT = QColor("#1f5f99")
ACCENT_SOFT = QColor("#e6eef6")
PAGE = QColor("#f5f6f7")
RAIL = QColor("#e9ecef")
PAPER = QColor("#ffffff")
INK = QColor("#1c2126")
INK_QUIET = QColor("#5a636c")
INK_DISABLED = QColor("#8a9299")
LINE = QColor("#d5dade")
ERROR, ERROR_SOFT = QColor("#a8201a"), QColor("#fdeceb")
WARNING, WARNING_SOFT = QColor("#855400"), QColor("#fdf4e0")
SUCCESS, SUCCESS_SOFT = QColor("#1e6b3a"), QColor("#e8f4ec")

_translators: list[QTranslator] = []


def apply(application: QApplication) -> None:
    """Dress the application: style, palette, type face, Chinese locale, Qt's own Chinese texts."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(palette())
    application.setFont(font())
    application.focusChanged.connect(_ring)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)
        _translators.append(translator)


def font(points: float = POINTS) -> QFont:
    """The screen face at a size in points, with figures of one width."""
    _load_faces()
    face = QFont()
    face.setFamilies(list(FAMILIES))
    face.setPointSizeF(points)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


def title_font() -> QFont:
    """For the name of a page."""
    face = font(POINTS + 4)
    face.setWeight(QFont.Weight.Bold)
    return face


def strong_font() -> QFont:
    """For the heading of a part of a page."""
    face = font()
    # The face has one weight; Qt emboldens it from Bold on, not for DemiBold.
    face.setWeight(QFont.Weight.Bold)
    return face


def palette() -> QPalette:
    """The colours of the whole program."""
    colours = QPalette()
    roles = {
        QPalette.ColorRole.Window: PAGE,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Base: PAPER,
        QPalette.ColorRole.AlternateBase: QColor("#f7f9fa"),
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.Button: QColor("#eef0f2"),
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.Highlight: ACCENT,
        QPalette.ColorRole.HighlightedText: PAPER,
        QPalette.ColorRole.ToolTipBase: PAPER,
        QPalette.ColorRole.ToolTipText: INK,
        QPalette.ColorRole.PlaceholderText: INK_DISABLED,
        QPalette.ColorRole.Link: ACCENT,
    }
    for role, colour in roles.items():
        colours.setColor(role, colour)
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        colours.setColor(QPalette.ColorGroup.Disabled, role, INK_DISABLED)
    return colours


def tint(field: QWidget, level: Level | None) -> None:
    """Tint the ground of a field that has a problem; None takes the tint away."""
    if level is None:
        field.setPalette(QPalette())
        return
    ground = ERROR_SOFT if level is Level.ERROR else WARNING_SOFT
    colours = field.palette()
    colours.setColor(QPalette.ColorRole.Base, ground)
    colours.setColor(QPalette.ColorRole.Button, ground)
    field.setPalette(colours)


def colour_text(label: QLabel, level: Level | None) -> None:
    """Write a label in the colour of a problem's level."""
    ink(label, {Level.ERROR: ERROR, Level.WARNING: WARNING}.get(level, INK) if level else INK)


def quiet(label: QLabel) -> None:
    """Write a label in the quiet ink, for what only accompanies."""
    ink(label, INK_QUIET)


def ground(widget: QWidget, colour: QColor) -> None:
    """Give a widget a ground of its own."""
    colours = widget.palette()
    colours.setColor(QPalette.ColorRole.Window, colour)
    widget.setPalette(colours)
    widget.setAutoFillBackground(True)


def accent(button: QWidget) -> None:
    """Make a button the one main step of its page."""
    colours = button.palette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        colours.setColor(group, QPalette.ColorRole.Button, ACCENT)
        colours.setColor(group, QPalette.ColorRole.ButtonText, PAPER)
    button.setPalette(colours)


def title(text: str) -> QLabel:
    """The name of a page."""
    label = QLabel(text)
    label.setFont(title_font())
    return label


def heading(text: str) -> QLabel:
    """The heading of a part of a page."""
    label = QLabel(text)
    label.setFont(strong_font())
    return label


@cache
def field_height() -> int:
    """The height of a one-line box, so that labels and masked numbers stand level with it."""
    return QLineEdit().sizeHint().height()


def line_height(widget: QWidget) -> int:
    """The height of a table row in the widget's font."""
    return widget.fontMetrics().height() + 12


def ink(label: QLabel, colour: QColor) -> None:
    """Write a label in a colour."""
    colours = label.palette()
    colours.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(colours)


def _ring(_left: QWidget | None, entered: QWidget | None) -> None:
    """Ring whatever has the cursor: Qt rings choices and buttons only after the Tab key."""
    if entered is not None:
        entered.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


@cache
def _load_faces() -> None:
    """The face from the wheel; the rare-character faces come from the system, if it has them."""
    QFontDatabase.addApplicationFont(str(paths.font_sources()[paths.SANS]))
