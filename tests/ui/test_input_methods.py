"""Before the application starts, Qt is told which input method can serve."""

import pytest

from ui.input_methods import FCITX4, FCITX5, prepare


@pytest.mark.parametrize("module", ["", "fcitx", "fcitx5", "xim", "FCITX"])
def test_what_the_wheel_cannot_serve_goes_through_ibus(module: str) -> None:
    environment = {"QT_IM_MODULE": module}
    assert prepare(environment, lambda _: False) == ""
    assert environment["QT_IM_MODULES"] == "fcitx;ibus"
    assert "IBUS_USE_PORTAL" not in environment


def test_fcitx5_is_reached_through_its_portal() -> None:
    environment: dict[str, str] = {}
    assert prepare(environment, lambda name: name == FCITX5) == ""
    assert environment["IBUS_USE_PORTAL"] == "1"


def test_a_true_ibus_is_left_alone() -> None:
    environment = {"QT_IM_MODULE": "ibus"}
    assert prepare(environment, lambda _: True) == ""
    assert environment == {"QT_IM_MODULE": "ibus"}


def test_a_choice_made_by_the_user_stands() -> None:
    environment = {"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "fcitx"}
    prepare(environment, lambda _: True)
    assert environment == {"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "fcitx"}


def test_fcitx4_is_named_as_unsupported() -> None:
    assert prepare({}, lambda name: name == FCITX4) == "ui.fcitx4_unsupported"
