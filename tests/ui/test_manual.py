"""The manual names what stands on screen, shows what it mentions and opens at the page in front."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTabWidget,
    QTextBrowser,
    QWidget,
)

from reliefdesk import paths
from tests.manual import WIDTH, training_window
from tests.ui.walk import operable
from ui import keymap
from ui.demo.window import DrivenWindow
from ui.district.page import DistrictPage
from ui.help.page import CHAPTERS, HelpPage, chapters
from ui.setup import training
from ui.shell import RAIL
from ui.today.page import TodayPage

FOLDER = paths.resources_dir() / "help"
_PICTURE = re.compile(r"!\[([^]]+)\]\(([^)]+)\)")
_LINK = re.compile(r"(?<!!)\[[^]]+\]\(([^)]+)\)")
_MOST_PICTURE = 100_000
_MOST_ALL = 2_500_000


@pytest.fixture(scope="module")
def window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrivenWindow]:
    """A training desk on which 演练经办 has signed in."""
    assert qapp is not None
    with training_window(tmp_path_factory.mktemp("manual") / "desk") as driven:
        driven.settle()
        driven.press("F1")
        assert "忘记口令" in driven.named("帮助内容", QTextBrowser).toPlainText()
        driven.press("Esc")
        driven.choose("操作人员", "演练经办")
        driven.fill("登录口令", training.PASSPHRASE)
        driven.press("Enter")
        today = driven.shell.window.page("today")
        assert isinstance(today, TodayPage)
        today.record_wanted.emit("setup", "")  # the steps of the first start are named too
        driven.press("Ctrl+1")
        yield driven


def _text(chapter: str) -> str:
    return (FOLDER / f"{chapter}.md").read_text("utf-8")


def _on_screen(root: QWidget) -> set[str]:
    """Every label, name, tab, line of a list and entry of a choice below a widget."""
    found = {label.text() for label in root.findChildren(QLabel)}
    found |= {widget.accessibleName() for widget in operable(root)}
    found |= {box.placeholderText() for box in root.findChildren(QLineEdit)}
    for tabs in root.findChildren(QTabWidget):
        found |= {tabs.tabText(place) for place in range(tabs.count())}
    for lines in root.findChildren(QListWidget):
        found |= {lines.item(place).text() for place in range(lines.count())}
    for choice in root.findChildren(QComboBox):
        found |= {choice.itemText(place) for place in range(choice.count())}
    return found


def _named(window: DrivenWindow) -> set[str]:
    pages = {key for key, _ in RAIL}
    found = {each.name for each in (*keymap.COMMANDS, *keymap.BOX_KEYS)}
    found |= {window.shell.window.page(key).title for key in pages}
    bureau = DistrictPage(window.shell.workplace)  # only a desk of the district has it
    return found | _on_screen(window.window) | _on_screen(bureau)


@pytest.mark.parametrize("chapter", chapters())
def test_every_name_in_a_chapter_stands_on_screen(window: DrivenWindow, chapter: str) -> None:
    wanted = set(re.findall("「([^」]+)」", _text(chapter)))
    assert wanted
    assert sorted(wanted - _named(window)) == []


@pytest.mark.parametrize("chapter", chapters())
def test_every_key_in_a_chapter_is_in_the_key_map(chapter: str) -> None:
    known = {key for each in (*keymap.COMMANDS, *keymap.BOX_KEYS) for key in each.keys}
    assert sorted(set(re.findall("`([^`]+)`", _text(chapter))) - known) == []


@pytest.mark.parametrize("chapter", chapters())
def test_a_key_named_with_its_command_is_the_key_of_that_command(chapter: str) -> None:
    pairs = {(key, each.name) for each in (*keymap.COMMANDS, *keymap.BOX_KEYS) for key in each.keys}
    told = set(re.findall("`([^`]+)`（「([^」]+)」）", _text(chapter)))
    assert sorted(told - pairs) == []


@pytest.mark.parametrize("chapter", chapters())
def test_pictures_and_chapters_that_a_chapter_leads_to_exist(chapter: str) -> None:
    for _, file in _PICTURE.findall(_text(chapter)):
        assert (FOLDER / file).is_file(), file
    for file in _LINK.findall(_text(chapter)):
        assert (FOLDER / file).is_file(), file


def test_every_picture_is_shown_and_all_are_light() -> None:
    shown = {file for chapter in chapters() for _, file in _PICTURE.findall(_text(chapter))}
    files = sorted((FOLDER / "pictures").glob("*.png"))
    assert {f"pictures/{file.name}" for file in files} == shown
    assert max(file.stat().st_size for file in files) <= _MOST_PICTURE
    assert sum(file.stat().st_size for file in files) < _MOST_ALL
    for file in files:
        with Image.open(file) as picture:
            assert picture.width <= WIDTH


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_is_chinese_but_for_keys(chapter: str) -> None:
    text = _LINK.sub("", _PICTURE.sub("", re.sub("`[^`]+`", "", _text(chapter))))
    words = set(re.findall("[A-Za-z]{2,}", text))
    assert words <= {"PDF"}, words


@pytest.mark.parametrize("key", [key for key, _ in RAIL])
def test_f1_opens_the_chapter_of_the_page_in_front(window: DrivenWindow, key: str) -> None:
    window.shell.window.show_page(key)
    window.settle()
    window.press("F1")
    page = window.shell.window.front
    assert isinstance(page, HelpPage)
    heading = _text(CHAPTERS[key]).splitlines()[0].removeprefix("# ")
    assert page.chapter == CHAPTERS[key]
    assert heading in page.browser.toPlainText()
    assert window.window.focusWidget() is page.browser
    window.press("Esc")
    front = window.shell.window.front
    assert front is not None
    assert front.key == key


def test_a_link_leads_to_another_chapter_and_nowhere_else(window: DrivenWindow) -> None:
    window.shell.window.show_page("counter")
    window.press("F1")
    browser = window.named("帮助内容", QTextBrowser)
    browser.anchorClicked.emit(QUrl("09-出错怎么办.md"))
    assert browser.toPlainText().count("程序不能办的时候") == 1
    assert "帮助：出错怎么办" in window.screen()
    before = browser.toPlainText()
    browser.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert browser.toPlainText() == before
    window.press("Esc")


def test_the_pictures_of_the_manual_are_found_by_the_page(window: DrivenWindow) -> None:
    window.shell.window.show_page("cash")
    window.press("F1")
    browser = window.named("帮助内容", QTextBrowser)
    found = browser.loadResource(2, QUrl("pictures/count.png"))
    assert found
    assert Path(browser.searchPaths()[0]) == FOLDER
    window.press("Esc")
