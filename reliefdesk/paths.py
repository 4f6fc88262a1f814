"""Where things lie on this machine: the only place that reads the environment or derives a path.

Each place can be moved by an argument or by a RELIEFDESK_… variable; the argument wins.
"""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Protocol

import pylopdf_fonts_zh_cn

SERIF = "ReliefDeskSerifSC-Regular"
SANS = "ReliefDeskSansSC-Regular"
"""PostScript names of the faces for paper; the converted files are called `<name>.ttf`."""


class Place(Protocol):
    """A place with a default, moved by its argument or its variable."""

    def __call__(self, place: Path | None = None) -> Path:
        """The path as it holds now."""


_DEBIAN_RARE_FONTS = Path("/usr/share/fonts/truetype/hanazono")
_RARE_FONT_FILES = ("HanaMinA.ttf", "HanaMinB.ttf")


def environment() -> MutableMapping[str, str]:
    """The process's environment, for the few who must prepare it for a library (Qt input)."""
    return os.environ


def has_display() -> bool:
    """Whether a window could be shown: always on Windows, elsewhere with X11 or Wayland."""
    if sys.platform == "win32":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def resources_dir(place: Path | None = None) -> Path:
    """Wording, calendars, divisions and pictures that travel with the program."""
    return _chosen(place, "RELIEFDESK_RESOURCES", _program_dir() / "resources")


def wording_dir(place: Path | None = None) -> Path:
    """The sentences that people read, one TOML file per noun."""
    return _chosen(place, "RELIEFDESK_WORDING", resources_dir() / "wording")


def font_sources() -> dict[str, Path]:
    """The outlines as published (CFF, good for the screen), by the name of the paper face."""
    return {SERIF: pylopdf_fonts_zh_cn.serif_path(), SANS: pylopdf_fonts_zh_cn.sans_path()}


def fonts_dir(place: Path | None = None) -> Path:
    """The converted TrueType faces for paper.

    They lie inside the Python environment that set-up made, so a stamped environment has them.
    """
    default = Path(sys.prefix) / "share" / "reliefdesk" / "fonts"
    return _chosen(place, "RELIEFDESK_FONTS", default)


def font_file(name: str, place: Path | None = None) -> Path:
    """The converted file of one paper face, `SERIF` or `SANS`."""
    return fonts_dir(place) / f"{name}.ttf"


def rare_fonts(place: Path | None = None) -> tuple[Path, ...]:
    """The faces for rare characters that exist here, in the order to try; empty when none do."""
    folder = _chosen(place, "RELIEFDESK_RARE_FONTS", _DEBIAN_RARE_FONTS)
    return tuple(path for name in _RARE_FONT_FILES if (path := folder / name).is_file())


def default_desk_dir(place: Path | None = None) -> Path:
    """The root folder of the desks of this user; each desk has a folder of its own below it."""
    return _chosen(place, "RELIEFDESK_HOME", _user_dir() / "desks")


def training_desk_dir(place: Path | None = None) -> Path:
    """The folder of the training desk (演练), apart from every desk that pays real money."""
    return default_desk_dir(place) / "training"


def training_bureau_dir(place: Path | None = None) -> Path:
    """The folder of the training bureau (演练区民政局)."""
    return default_desk_dir(place) / "training-bureau"


def log_dir(place: Path | None = None) -> Path:
    """Where the redacted log files go."""
    return _chosen(place, "RELIEFDESK_LOGS", _user_dir() / "logs")


def machine_mark() -> str:
    """A text that tells this machine from another, so that a copied desk is noticed; "" unknown.

    It never leaves the desk.
    """
    named = os.environ.get("RELIEFDESK_MACHINE")
    return named if named is not None else _machine_id()


def _machine_id() -> str:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - stands on Windows only

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, "SOFTWARE\\Microsoft\\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    try:
        return Path("/etc/machine-id").read_text("ascii").strip()
    except OSError:
        return ""


def _chosen(place: Path | None, variable: str, default: Path) -> Path:
    if place is not None:
        return place
    named = os.environ.get(variable)
    return Path(named) if named else default


def _program_dir() -> Path:
    return Path(__file__).resolve().parent.parent


def _user_dir() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "ReliefDesk"
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "reliefdesk"
