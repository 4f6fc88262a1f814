"""Every place can be moved: an argument wins over a variable, a variable over the default."""

from pathlib import Path

import pytest

from reliefdesk import paths


@pytest.mark.parametrize(
    ("place", "variable"),
    [
        (paths.resources_dir, "RELIEFDESK_RESOURCES"),
        (paths.wording_dir, "RELIEFDESK_WORDING"),
        (paths.fonts_dir, "RELIEFDESK_FONTS"),
        (paths.default_desk_dir, "RELIEFDESK_HOME"),
        (paths.log_dir, "RELIEFDESK_LOGS"),
    ],
)
def test_an_argument_wins_over_a_variable(
    monkeypatch: pytest.MonkeyPatch, place: paths.Place, variable: str, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "named"))
    assert place() == tmp_path / "named"
    assert place(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv(variable)
    assert place().is_absolute()


def test_desks_lie_under_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("RELIEFDESK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.default_desk_dir() == tmp_path / "reliefdesk" / "desks"


def test_the_training_desk_lies_apart(tmp_path: Path) -> None:
    assert paths.training_desk_dir(tmp_path) == tmp_path / "training"


def test_rare_fonts_are_only_those_that_exist(tmp_path: Path) -> None:
    assert paths.rare_fonts(tmp_path) == ()
    (tmp_path / "HanaMinB.ttf").touch()
    assert paths.rare_fonts(tmp_path) == (tmp_path / "HanaMinB.ttf",)


def test_the_resources_travel_with_the_program() -> None:
    assert (paths.wording_dir() / "bug.toml").is_file()
    assert all(source.is_file() for source in paths.font_sources().values())
