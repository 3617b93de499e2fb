"""What every test starts from: English messages, and the plugins of the suite."""

import os

import pytest
from hypothesis import settings

from kirjaamo import messages

pytest_plugins = ["tests.browser", "tests.command_line", "tests.golden_files", "tests.postgres"]

settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("KIRJAAMO_HYPOTHESIS", "ci"))


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    """Speak English unless a test asks for another language."""
    monkeypatch.setenv("KIRJAAMO_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    messages.use("en")
    yield
    messages.use("en")
