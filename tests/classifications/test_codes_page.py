"""The page about code lists says what the lists say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_lists_make_it():
    command = [sys.executable, "-m", "cogapp", "--check", "docs/codes.md"]

    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


def test_the_page_names_every_command():
    from kirjaamo.cli.codes import codes

    page = (ROOT / "docs" / "codes.md").read_text("utf-8")

    for name in codes.commands:
        assert f"kirjaamo codes {name}" in page
