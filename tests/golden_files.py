"""Golden files: long outputs kept beside the tests, rewritten by ``pytest --update-golden``."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files; review them"
    )


@pytest.fixture
def golden(request):
    """Return a function that compares bytes with the golden file of a name."""

    def compare(name, content):
        path = FOLDER / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.exists(), f"no golden file {name}: run pytest --update-golden"
        assert content.decode() == path.read_bytes().decode()

    return compare
