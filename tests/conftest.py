"""What every test stands on: Qt without a screen, and user folders that belong to the run alone."""

import os

import pytest
from hypothesis import settings

# Before anyone imports Qt; a run under Xvfb names its own platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("reliefdesk", deadline=None, print_blob=True)
settings.load_profile("reliefdesk")


@pytest.fixture(autouse=True, scope="session")
def _own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test may see or touch the desks of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    os.environ["RELIEFDESK_HOME"] = str(home / "desks")
    os.environ["RELIEFDESK_LOGS"] = str(home / "logs")
