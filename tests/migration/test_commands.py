"""The commands of a migration, as a person types them."""

import re

import openpyxl
import pytest

from tests.command_line import kirjaamo
from tests.migration.conftest import tree


@pytest.fixture
def here(place, monkeypatch):
    monkeypatch.chdir(place)
    return place


def migrate(*words):
    return kirjaamo("migrate", *words)


def test_a_migration_from_plan_to_acceptance(here):
    planned = migrate("plan", "--stage", "test", "--as-of", "2026-01-01", "--limit", 6)
    done = migrate("run")
    bytes_ = tree(here / "migration/test")
    again = migrate("run")
    reconciled = migrate("reconcile", "--protocol", "p.xlsx", "--sample", 1)
    page = migrate("reconcile", "--protocol", "p.html", "--indicators")
    accepted = migrate("accept", "--statement", "all is well")
    verified = migrate("audit", "verify")
    refused = migrate("rollback")

    assert planned.exit_code == done.exit_code == reconciled.exit_code == 0, reconciled.stderr
    assert "would move" in planned.stderr
    assert "Run 1 (test) is done" in done.stdout
    assert again.stdout == done.stdout
    assert tree(here / "migration/test") == bytes_
    assert "Differences: 0." in reconciled.stderr
    assert page.exit_code == accepted.exit_code == verified.exit_code == 0
    assert re.search(r"Head of the audit trail: [0-9a-f]{64}", verified.stdout)
    assert (refused.exit_code, "is accepted" in refused.stderr) == (4, True)
    assert "Signature" in (here / "p.html").read_text()
    book = openpyxl.load_workbook(here / "p.xlsx", read_only=True)
    assert book.sheetnames == ["Protocol", "Fields"]
    book.close()


def test_what_was_held_is_shown_by_place_and_rule_only(here):
    migrate("plan", "--stage", "test", "--as-of", "2026-01-01", "--only", "system=C")
    migrate("run")
    left = migrate("audit", "show", "--run", 1, "--format", "csv").stdout
    trail = migrate("audit", "export").stdout
    status = migrate("status").stdout + migrate("status", "--run", 1).stdout
    undone = migrate("rollback")
    same = migrate("diff", 1, 1, "--format", "csv").stdout

    told = left + trail + status
    assert "no-known-number" in left
    assert re.findall(r"[0-9]{6}[-+A][0-9]{3}[0-9A-Y]", told) == []
    assert "rolled back" in undone.stdout
    assert len(same.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["run"], 2, "cannot be read"),
        (["resume"], 2, "no such run"),
        (["status", "--run", "7"], 2, "no such run"),
        (["plan", "--only", "x"], 2, "selects nothing"),
        (["reconcile", "--protocol", "p.docx"], 2, "must end with .xlsx or .html"),
        (["diff", "1", "2"], 2, "no such run"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words, code, sentence, here):
    result = migrate(*words)

    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_without_a_workspace_nothing_is_migrated(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    result = migrate("plan")

    assert (result.exit_code, "kirjaamo init" in result.stderr) == (2, True)
