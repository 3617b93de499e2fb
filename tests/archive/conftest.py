"""Keys and certificates of the archive's tests; made once for the session."""

import datetime as dt

import pytest

from kirjaamo.archive.signing import Key, Trust
from tests.archive.authority import issue

AT = dt.datetime(2026, 3, 5, 7, 20, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def authority():
    """Return a certificate authority."""
    return issue("Test authority", ca=True)


@pytest.fixture(scope="session")
def between(authority):
    """Return an authority below the authority."""
    return issue("Test authority below", authority, ca=True)


@pytest.fixture(scope="session")
def seal(authority):
    """Return the key of a system's seal."""
    made = issue("Test seal", authority)
    return Key(made.private, made.certificate)


@pytest.fixture(scope="session")
def professional(between):
    """Return the key of a professional; its authority stands below another."""
    made = issue("Test professional", between)
    return Key(made.private, made.certificate, (between.certificate,))


@pytest.fixture(scope="session")
def trust(authority, between):
    """Return whom the tests believe."""
    return Trust((authority.certificate,), (between.certificate,))


@pytest.fixture
def at():
    """Return the time of signing."""
    return AT
