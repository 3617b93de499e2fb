"""``kirjaamo codes`` as a person uses it."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kirjaamo.cli import main
from kirjaamo.workspace import FILE
from tests.classifications.test_importing import XML
from tests.classifications.test_update import OID, server  # noqa: F401 - a fixture


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs a command in a workspace."""
    (tmp_path / FILE).write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)

    def runner(*words, language="en"):
        return CliRunner().invoke(main, ["codes", *map(str, words), "--lang", language])

    yield runner
    from kirjaamo import messages

    messages.use("en")


@pytest.fixture
def imported(run, tmp_path):
    """Put an own edition of a list into the workspace."""
    (tmp_path / "export.xml").write_text(XML, "utf-8")
    return run("import", "export.xml", "--list", OID, "--retrieved", "2026-01-05")


def test_every_list_is_listed_in_csv(run):
    result = run("list", "--format", "csv")

    rows = {row["code_list"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert result.exit_code == 0
    assert rows["service_task"]["codes"] == "4"
    assert rows["service_task"]["uncertain"] == "1"
    assert rows["matter"]["edition"] == "no codes built in"


def test_a_list_is_shown_with_what_one_must_know_of_it(run):
    result = run("show", "service_task")

    assert "Lastensuojelu" in result.stdout
    assert "not complete" in result.stderr
    assert "Iäkkäiden palvelut" in result.stderr


def test_a_list_is_shown_in_finnish_to_a_finn(run):
    result = run("show", "service_task", language="fi")

    assert "Sosiaalihuolto - Palvelutehtävä" in result.stdout
    assert "nimi suomeksi" in result.stdout
    assert "ei ole täydellinen" in result.stderr


def test_a_list_without_codes_says_how_to_get_them(run):
    result = run("show", "1.2.246.537.6.1265")

    assert result.exit_code == 0
    assert "kirjaamo codes import" in result.stderr


def test_only_codes_in_force_on_a_day_are_shown(run):
    early = run("show", "service_task_2015", "--on", "2015-03-31", "--format", "json")
    late = run("show", "service_task_2015", "--on", "2015-04-01", "--format", "json")

    assert json.loads(early.stdout) == []
    assert len(json.loads(late.stdout)) == 22


def test_lookup_gives_scores_as_json(run):
    result = run("lookup", "lapsiperheet", "--list", "service_task", "--format", "json")

    first = json.loads(result.stdout)[0]
    assert (first["code"], first["code_list"]) == ("24", "service_task")
    assert 75 <= first["score"] <= 100


def test_lookup_on_a_day_leaves_out_what_was_not_in_force(run):
    words = ["lookup", "Kotipalvelut", "--format", "json", "--on"]

    assert [hit["score"] for hit in json.loads(run(*words, "2020-01-01").stdout)][:1] == [100]
    assert all(
        hit["code_list"] != "service_task_2015"
        for hit in json.loads(run(*words, "2014-01-01").stdout)
    )


def test_a_result_goes_to_the_file_asked_for(run, tmp_path):
    result = run("show", "outcome_kind", "--format", "csv", "-o", "out.csv")

    assert result.stdout == ""
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("code,name_fi,name_sv")


def test_an_import_overrides_the_built_in_list(run, imported, tmp_path):
    assert imported.exit_code == 0
    assert "Codes stored: 2." in imported.stderr
    assert "not known: 1" in imported.stderr
    assert (
        tmp_path / "classifications" / "outcome_kind" / "2026-01-05" / "codes.csv"
    ).is_file()
    listed = run("list", "--format", "csv").stdout
    assert 'outcome_kind,1.2.246.537.6.1248,Kind of outcome of a decision,2,2,0,0,yes,"2026-01-05, own"' in listed  # fmt: skip


def test_a_file_import_takes_columns_and_says_when_it_is_partial(run, tmp_path):
    (tmp_path / "own.csv").write_text("Tunnus,Nimi\n1,Yksi\n", "utf-8")
    words = ["import", "own.csv", "--list", "1.2.3.4", "--column", "code=Tunnus"]

    result = run(*words, "--column", "name_fi=Nimi", "--partial", "--source", "oma luettelo")

    assert result.exit_code == 0
    assert "not complete" in run("show", "1.2.3.4").stderr


def test_a_column_without_a_name_is_refused(run, tmp_path):
    (tmp_path / "own.csv").write_text("code\n1\n", "utf-8")

    assert run("import", "own.csv", "--list", OID, "--column", "code").exit_code == 2


def test_nothing_is_imported_outside_a_workspace(run, tmp_path):
    (tmp_path / FILE).unlink()
    (tmp_path / "own.csv").write_text("code\n1\n", "utf-8")

    result = run("import", "own.csv", "--list", OID)

    assert result.exit_code == 2
    assert "kirjaamo init" in result.stderr


@pytest.mark.usefixtures("imported")
def test_the_difference_from_the_built_in_list_is_shown(run):
    result = run("diff", "outcome_kind")

    assert result.exit_code == 0
    assert "2025-05-20 → 2026-01-05" in result.stdout
    assert "dates changed" not in result.stdout
    two = run("diff", OID, "2026-01-05", "2025-05-20", "--format", "json")
    assert json.loads(two.stdout) == []


def test_a_list_with_one_edition_has_nothing_to_compare(run):
    result = run("diff", OID, language="sv")

    assert result.exit_code == 0
    assert "endast den medföljande versionen" in result.stderr


def test_words_are_translated_for_eyes_and_stay_for_programs(run):
    assert "epävarma" in run("show", "service_task", language="fi").stdout
    assert "uncertain" in run("show", "service_task", "--format", "csv", language="fi").stdout


def test_an_edition_that_is_not_there_is_named(run):
    result = run("diff", OID, "2025-05-20", "2025-05-21")

    assert result.exit_code == 2
    assert "2025-05-21" in result.stderr
    assert run("diff", OID, "2025-05-20").exit_code == 2


def test_an_update_fetches_whole_lists_into_the_workspace(run, server):  # noqa: F811 - the fixture
    result = run("update", "outcome_kind", "--base-url", server.settings().base_url)

    assert result.exit_code == 0
    assert "Codes stored: 1202." in result.stderr
    assert json.loads(run("show", OID, "--format", "json").stdout)[0]["code"] == "0001"


def test_an_update_that_fails_for_one_list_writes_none(run, server, tmp_path):  # noqa: F811 - the fixture
    result = run("update", OID, "language", "--base-url", server.settings().base_url)

    assert result.exit_code == 2
    assert "1.2.246.537.5.40175" in result.stderr
    assert not (tmp_path / "classifications").exists()


def test_without_names_the_lists_of_the_record_model_are_fetched(run, server):  # noqa: F811 - the fixture
    result = run("update", "--base-url", server.settings().base_url)

    assert result.exit_code == 2
    assert "1.2.246.537.5.1" in result.stderr  # the first of them; this server has it not
