"""The code lists with the test lists among them, once for all tests."""

import pytest

from tests.recordmaps import material


@pytest.fixture(scope="session")
def codes(tmp_path_factory):
    """Return the built-in code lists and the test lists."""
    return material.write_lists(tmp_path_factory.mktemp("lists"))
