"""The command ``kirjaamo samples documents``."""

import csv
import json
import zipfile

import pytest
from click.testing import CliRunner

from kirjaamo.cli import main
from kirjaamo.documents.reading import documents as read
from kirjaamo.samples.documents.mutations import rules
from tests.samples.making import DECISION


def run(*arguments):
    return CliRunner().invoke(main, ["samples", "documents", *map(str, arguments)])


def truth(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_folder_has_a_file_for_every_document(tmp_path):
    result = run(DECISION, "--count", 3, "-o", tmp_path)

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{DECISION}_{number}.json" for number in (1, 2, 3)
    ]


def test_damaged_documents_come_with_their_truth(tmp_path):
    run("Hakemus", "--mutate", 1, "-o", tmp_path)

    rows = truth(tmp_path / "truth.csv")
    names = {path.name for path in tmp_path.glob("*.json")}
    assert {row["document"] for row in rows} == names
    assert {row["rule"] for row in rows} <= set(rules().values())


@pytest.mark.parametrize("form", ["folder", "jsonl", "zip"])
def test_the_same_seed_gives_the_same_bytes(form, tmp_path):
    places = [tmp_path / name / "made" for name in "ab"]

    for place in places:
        place.parent.mkdir()
        run("Sopimus", "--mutate", 0.5, "--count", 2, "--format", form, "-o", place)

    first, second = (
        {p.relative_to(place.parent): p.read_bytes() for p in place.parent.rglob("*.*")}
        for place in places
    )
    assert first == second
    assert first


def test_truth_names_documents_as_a_check_does(tmp_path):
    for form, name in (("jsonl", "made.jsonl"), ("zip", "made.zip")):
        run(11050, "--mutate", 1, "--count", 2, "--format", form, "-o", tmp_path / name)

        shown = {(raw.source, str(raw.number)) for raw in read(tmp_path / name)}
        rows = truth(tmp_path / "made.truth.csv")
        assert {(row["document"], row["line"]) for row in rows} == shown


def test_a_type_is_its_current_version(tmp_path):
    run(11050, "--format", "zip", "-o", tmp_path / "made.zip")

    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        assert archive.namelist() == [f"{DECISION}_1.json"]


def test_all_is_every_current_structure(tmp_path):
    result = run(
        "--all", "--fill", "required", "--format", "jsonl", "-o", tmp_path / "all.jsonl"
    )

    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 202
    assert all(len(json.loads(line)) == 1 for line in lines)
    assert "wording is not bundled" in result.stderr


def test_an_unknown_structure_is_named(tmp_path):
    result = run("Päätöss", "-o", tmp_path)

    assert result.exit_code == 2
    assert "Päätös" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_structure_must_be_named():
    result = run()

    assert result.exit_code == 2
    assert "--all" in result.stderr
