"""A headless Chromium for pages: screenshots, console errors and accessibility."""

from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Start one browser for the whole session; `make test` installs it."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=list(ARGUMENTS), headless=True
        )
        yield started
        started.close()


@pytest.fixture
def visit(browser) -> Iterator:
    """Give a function that opens a file, offline, and fails on any console error."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    faults: list[str] = []

    def opened(path: Path, **media: str):
        page = context.new_page()
        page.on(
            "console", lambda told: faults.append(told.text) if told.type == "error" else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        if media:
            page.emulate_media(**media)
        page.goto(path.resolve().as_uri())
        return page

    yield opened
    context.close()
    assert not faults


def violations(page) -> list[str]:
    """Return what axe-core finds inaccessible in a page: rule and how many places."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {len(rule['nodes'])}" for rule in found]
