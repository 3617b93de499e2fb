import datetime as dt
import io
import json

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from kirjaamo.classifications.structures import Structures, comparing, pages, templates
from kirjaamo.cli import main
from kirjaamo.messages import use
from tests.structures.national import small, write

LIBRARY = Structures()
DECISION = "1.2.246.537.6.1506.11053.2024.11.5"


@pytest.fixture(autouse=True)
def _english(monkeypatch, tmp_path):
    monkeypatch.setenv("KIRJAAMO_LANG", "en")
    monkeypatch.chdir(tmp_path)
    yield
    use("en")


def run(*words):
    return CliRunner().invoke(main, ["structures", *map(str, words)])


def table(*words):
    return pl.read_csv(run(*words, "--format", "csv").stdout_bytes, infer_schema=False)


def test_the_list_shows_what_is_in_force_and_all_shows_every_version():
    current, every = table("list"), table("list", "--all")

    assert (current.height, every.height) == (202, 263)
    assert set(current["status"]) == {"current"}


def test_the_list_can_be_narrowed_by_type_subject_and_day():
    decisions = table("list", "--type", "päätös")
    early = table("list", "--on", "2020-12-31")
    child = table("list", "--subject", "lastensuojelun")

    assert set(decisions["type"]) == {"Päätös"}
    assert set(early["valid_from"]) == {"2020-04-07"}
    assert all("Lastensuojelun" in subject for subject in child["subject"])


def test_a_structure_is_shown_as_a_tree_with_cardinalities_codes_and_lists():
    text = run("show", "11053").stdout

    assert text.startswith(f"Vammaispalvelupäätös  {DECISION}\n")
    assert "├── Asiakas  1..*\n" in text
    assert "Ratkaisun laji  1..1 code" in text
    assert "1.2.246.537.6.1248 " in text


def test_a_tree_shows_codes_and_conditions_in_swedish():
    text = run("show", "1", "--lang", "sv").stdout

    assert text.startswith("Klientrelationshandling  1.2.246.537.6.1505.1.2023.6.1\n")
    assert "på villkor" in text
    assert "FI Suomi; SV Ruotsi" in text


def test_a_colour_terminal_gets_the_same_words():
    found = LIBRARY.facts(DECISION)
    plain = pages.tree(found, lambda _: None, width=160, colour=False)
    coloured = pages.tree(found, lambda _: None, width=160, colour=True)

    assert "\x1b[" in coloured
    assert "\x1b[" not in plain


def test_a_document_type_and_a_day_choose_the_version():
    assert "1.2.246.537.6.1505.1.2022.1.10" in run("show", "1", "--on", "2022-02-01").stdout


def test_fields_come_as_a_table_in_every_form():
    as_text = run("fields", DECISION).stdout
    as_json = json.loads(run("fields", DECISION, "--format", "json").stdout)
    as_csv = table("fields", DECISION)

    assert "vammaispalvelupaatos/asiakas" in as_text
    assert len(as_json) == as_csv.height == 95
    assert as_json[0]["occurs"] == "1..*"


def test_a_name_is_found_and_differences_are_listed():
    found = table("find", "asiointikieli", "--limit", "2")
    old, new = "1.2.246.537.6.1505.1.2020.4.7", "1.2.246.537.6.1505.1.2023.6.1"
    changes = table("diff", old, new)

    assert found["name"][0] == "Asiointikieli"
    assert found.height == 2
    assert set(changes["change"]) == {"added", "removed", "changed"}
    assert table("diff", old, old).is_empty()


def test_words_of_differences_are_in_the_language_in_use():
    use("fi")
    one = comparing.Difference(comparing.Change.CHANGED, "a", "kind", "datetime", "text")
    two = comparing.Difference(comparing.Change.CHANGED, "a", "hidden", "yes", "no")

    rows = pages.differences([one, two]).rows()

    assert rows[0] == ("muutettu", "a", "esitysmuoto", "päivä ja kellonaika", "teksti")
    assert rows[1] == ("muutettu", "a", "piilotettu", "kyllä", "ei")


@pytest.mark.parametrize("oid", LIBRARY.versions()["oid"].to_list()[::9])
def test_an_empty_document_has_every_field_once(oid):
    structure = LIBRARY.facts(oid)
    document = json.loads(templates.as_json(structure))

    assert list(document) == [structure.root]
    assert [*_paths(document)][1:] == [field.path for field in structure.fields]


def _paths(node, path=""):
    for key, value in node.items():
        one = value[0] if isinstance(value, list) else value
        here = f"{path}/{key}".lstrip("/")
        yield here
        if isinstance(one, dict) and not one.keys() & {"value", "code"}:
            yield from _paths(one, here)


def test_a_paper_form_has_a_line_for_every_field():
    text = run("template", DECISION, "--format", "text").stdout.splitlines()

    assert text[0] == "Vammaispalvelupäätös"
    assert len(text) == 3 + 95
    assert "  Sukunimi (1..1, name): ____" in text


def test_a_workbook_offers_the_codes_and_is_the_same_every_time(tmp_path):
    words = ("template", "1", "--on", "2025-01-01", "--format", "xlsx", "--output")
    for name in ("a.xlsx", "b.xlsx"):
        assert run(*words, tmp_path / name).exit_code == 0
    content = (tmp_path / "a.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    form = book.worksheets[0]
    row = next(
        row for row in range(4, form.max_row + 1) if form.cell(row, 1).value == "Asiointikieli"
    )
    offered = [rule for rule in form.data_validations.dataValidation if f"G{row}" in rule.sqref]

    assert content == (tmp_path / "b.xlsx").read_bytes()
    assert form.cell(3, 7).value == "Value"
    assert offered[0].formula1 == f"codes!$A${row}:$B${row}"
    assert [cell.value for cell in book["codes"][row][:2]] == ["FI Suomi", "SV Ruotsi"]
    assert book["codes"].sheet_state == "hidden"


def test_a_mistyped_structure_is_one_sentence_with_a_hint():
    result = run("show", "11949")

    assert result.exit_code == 2
    assert result.stderr == (
        "Error: There is no document structure called “11949”. Did you mean “11049”?\n"
    )


def test_national_definitions_are_imported_into_a_folder(tmp_path):
    write(tmp_path / "in", small())
    result = run("import", tmp_path / "in", "--output", tmp_path / "out")

    assert result.exit_code == 0
    assert "Imported 1 structures, 4 fields" in result.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "1.2.246.537.6.1506.77001.2024.3.1.json",
        "fixed_texts.json",
        "index.csv",
    ]


def test_importing_without_a_workspace_or_a_folder_says_what_to_do(tmp_path):
    write(tmp_path / "in", small())
    result = run("import", tmp_path / "in")

    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_structures_imported_into_a_workspace_are_used_there(tmp_path, monkeypatch):
    assert CliRunner().invoke(main, ["init", str(tmp_path / "ws")]).exit_code == 0
    write(tmp_path / "in", small())
    monkeypatch.chdir(tmp_path / "ws")

    assert run("import", tmp_path / "in").exit_code == 0
    assert "1 Yksi; 2 Kaksi" in run("show", "77001").stdout
    assert CliRunner().invoke(main, ["codes", "list"]).exit_code == 0


def test_only_versions_in_force_on_the_day_are_kept():
    frame = pages.in_force(LIBRARY.versions(), dt.date(2023, 6, 1))

    assert frame.filter(pl.col("code") == "1")["oid"].to_list() == [
        "1.2.246.537.6.1505.1.2023.6.1"
    ]
