"""No journey may reach a printer of the machine it runs on."""

import pytest


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name a print server that nobody runs: the machine then has no printer."""
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
