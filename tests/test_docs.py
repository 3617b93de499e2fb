"""Docs and docstrings must say what the code does."""

import doctest
import importlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from cogapp import Cog

from kirjaamo import records
from kirjaamo.reports import FORMATS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
    "package-dir"
]
STARTED = ("__main__.py", "schema/env.py", "proof/worker.py")
"""Modules that run as they are imported: by Python, by Alembic, as a process of their own."""
MODULES = sorted(
    ".".join([package, *path.relative_to(ROOT / folder).with_suffix("").parts])
    for package, folder in FOLDERS.items()
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "__init__.py" and not path.as_posix().endswith(STARTED)
)
TUTORIAL = ROOT / "docs/tutorial.md"


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_generated_parts_are_current(page, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)

    assert Cog().main(["cog", "--check", str(page)]) == 0, (
        "run: make docs" + capsys.readouterr().out
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_index_names_every_page():
    index = (ROOT / "docs/README.md").read_text("utf-8")

    assert [
        p.name for p in PAGES[1:] if f"({p.name})" not in index and p.name != "README.md"
    ] == []


def test_the_front_page_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def test_every_table_and_format_has_its_place_in_the_docs():
    pages = {page.name: page.read_text("utf-8") for page in PAGES}

    assert [t for t in records.tables() if f"\n## {t}: " not in pages["records.md"]] == []
    assert [f for f in FORMATS if f"\n| `{f}` |" not in pages["reports.md"]] == []


def commands(text):
    """Yield each command of the console blocks with the lines that it shows."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        command, shown = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            elif line.startswith("> "):
                command += "\n" + line[2:]
            else:
                shown.append(line)
        yield command, shown


def test_the_tutorial_shows_what_a_person_gets(tmp_path):
    """Every line that is shown occurs in the output, in this order; … stands for anything."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}
    folder = tmp_path
    for command, shown in commands(TUTORIAL.read_text("utf-8")):
        if command.startswith("cd "):
            folder /= command[3:]
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

        assert done.returncode in ((0, 1) if "check" in command else (0,)), done.stdout
        parts = [re.escape(part) for part in "\n".join(shown).split("…")]
        assert re.search(".*".join(parts), _stripped(done.stdout), re.DOTALL), command


def _stripped(text):
    return "\n".join(line.rstrip() for line in text.splitlines())
