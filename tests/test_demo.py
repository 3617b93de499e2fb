"""The demo runs every room over one region; a small region shows that in a test."""

import re

import pytest

from tests.command_line import kirjaamo


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return where the demo wrote, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    result = kirjaamo("demo", "--clients", 30, "-o", folder)

    assert result.exit_code == 0, result.stderr
    return folder, result.output


def test_the_region_is_checked_and_reported(shown):
    folder, said = shown

    assert {p.name for p in folder.glob("report.*")} == {
        "report.json", "report.sarif", "report.xlsx",
    }  # fmt: skip
    assert "checked" in said


def test_the_region_is_migrated_and_reconciles(shown):
    folder, said = shown
    told = re.search(r"Migrated in [^:]+: ([0-9]+) documents.*differences 0;", said)

    assert told
    assert int(told[1]) > 0
    assert any((folder / "migration").rglob("*.json"))


def test_moved_documents_are_archived_and_hold(shown):
    folder, said = shown
    told = re.search(r"Archived ([0-9]+) documents .* a second\), sealed .*; 0 faults;", said)

    assert told
    assert int(told[1]) > 0
    assert list((folder / "archive" / "built" / "documents").rglob("*.xml"))
    assert (folder / "archive" / "packages" / "package-0001").is_dir()
    assert (folder / "archive" / "held.csv").exists()


def test_at_least_nine_of_ten_moved_documents_are_built(shown):
    _, said = shown
    built, held = map(int, re.search("Built ([0-9]+) documents; held ([0-9]+)", said).groups())

    assert built >= 9 * held


def test_the_staff_list_tells_registration_numbers_and_does_not_move(shown):
    folder, said = shown
    listed = (folder / "exports" / "henkilosto.csv").read_text("utf-8").splitlines()[1:]
    told = (folder / "archive" / "provenance.jsonl").read_text("utf-8")

    assert f"{len(listed)} out-of-scope" in said
    assert "author_registration" in told
    assert not any(row.split(";")[3] in told for row in listed if row.split(";")[3])


def test_the_target_of_the_migration_is_built_by_command(shown, monkeypatch, tmp_path):
    folder, _ = shown
    monkeypatch.chdir(folder)
    place = tmp_path / "built"
    done = kirjaamo("archive", "build", "migration/target", "-o", place)
    assert done.exit_code == 1, done.stderr
    assert kirjaamo("archive", "check", place).exit_code == 0

    changed = max((folder / "migration" / "target" / "relationship").rglob("*.json"))
    content = changed.read_bytes()
    changed.write_bytes(content + b" ")
    again = kirjaamo("archive", "build", "migration/target", "-o", tmp_path / "other")
    changed.write_bytes(content)
    assert again.exit_code == 2
    assert "is not as the migration wrote it" in again.stderr
    assert not (tmp_path / "other").exists()


def test_what_waits_for_an_official_list_is_told_with_the_command(shown):
    _, said = shown

    assert "kirjaamo codes import" in said


def test_the_ledger_is_filed_and_proved_without_a_cent_or_an_error(shown):
    folder, said = shown
    facts = "(?P<facts>[0-9]+) facts proved in [0-9.]+ s: [1-9][0-9]* sums and comparisons hold, 0 fail, errors 0"

    assert "0 found" in said
    assert "less the sum of the postings is 0,00\xa0€" in said
    assert re.search(f"Our own rules: {facts}", said)
    assert re.search(f"Arelle: {facts}", said)
    assert (folder / "finance" / "year.xbrl").exists()


def test_the_review_page_of_the_filing_opens(shown, visit):
    folder, _ = shown
    page = visit(folder / "finance" / "review.html")

    assert page.locator("table").count() > 0
    assert len(page.screenshot()) > 10_000


def test_the_data_are_looked_after(shown):
    folder, said = shown

    assert "places to mend" in said
    assert re.search("would close [0-9]+ of [0-9]+ open relationships", said)
    assert (folder / "care.html").exists()
    assert (folder / "care.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_second_demo_takes_the_place_of_the_first(shown):
    folder, _ = shown
    before = sorted(p.relative_to(folder) for p in (folder / "migration").rglob("*.json"))

    assert kirjaamo("demo", "--clients", 30, "-o", folder).exit_code == 0
    assert (
        sorted(p.relative_to(folder) for p in (folder / "migration").rglob("*.json")) == before
    )
