"""Makes typing Chinese possible: chooses Qt's input method plug-in before the application starts.

The wheel has an ibus plug-in, none for fcitx and no XIM: the usual QT_IM_MODULE=fcitx would leave
only Latin letters, without a warning. fcitx5 speaks ibus through its portal; fcitx4 does not.
"""

from collections.abc import Callable, MutableMapping

FCITX5 = "org.fcitx.Fcitx5"
FCITX4 = "org.fcitx.Fcitx"
_UNSERVED = frozenset({"", "fcitx", "fcitx5", "xim"})


def prepare(environment: MutableMapping[str, str], on_bus: Callable[[str], bool]) -> str:
    """Set the environment up; returns the wording key of a note for the operator, or nothing.

    `on_bus` answers whether a name is owned on the session bus.
    """
    if environment.get("QT_IM_MODULES"):
        return ""
    if environment.get("QT_IM_MODULE", "").lower() not in _UNSERVED:
        return ""
    environment["QT_IM_MODULES"] = "fcitx;ibus"
    if on_bus(FCITX5):
        # Only fcitx5 answers there; a true ibus-daemon must be spoken to directly.
        environment["IBUS_USE_PORTAL"] = "1"
        return ""
    return "ui.fcitx4_unsupported" if on_bus(FCITX4) else ""


def session_bus_asker(environment: MutableMapping[str, str]) -> Callable[[str], bool]:
    """Ask the session bus who is there; without a bus nobody is."""
    if not environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return lambda _: False

    def on_bus(name: str) -> bool:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - most starts need not ask

        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "reliefdesk-start")
        interface = bus.interface() if bus.isConnected() else None
        return interface is not None and bool(interface.isServiceRegistered(name).value())

    return on_bus
