"""The survey of documents: profile, workbook, import, status, and the plan from it."""

import csv
import datetime as dt
import io
import json
import tomllib

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.archive.survey import Row, Survey, load, settled
from kirjaamo.archive.survey.handing import settings
from kirjaamo.archive.survey.metadata import has
from kirjaamo.archive.survey.model import FILE, canonical, read, resolved
from kirjaamo.archive.survey.reading import read as read_exports
from kirjaamo.cli.inputs import inputs
from kirjaamo.errors import SettingsError
from kirjaamo.messages import use
from kirjaamo.workspace import find
from tests.classifications.lists import with_lists
from tests.command_line import exports, kirjaamo, refused, workspace  # noqa: F401 - fixtures

ON = ("--on", "2026-01-01")
SHEET = "Survey"
PROFILE = """\
system: Old
label: {fi: vanha, sv: gammal, en: old}
parts:
  - files: old_decisions*.csv
    tables:
      decision:
        fields:
          decision_id: Nr
          document_id: Doc
          client_id: Client
          service_task: {column: Task, values: {L: "10", P: "24"}}
          old_type: Type
          old_type_name: Name
          decided: Day
          unit: Unit
  - files: old_documents*.csv
    tables:
      document:
        fields:
          document_id: Doc
          client_ids: Client
          document_type: Type
          document_type_name: Name
          service_task: {column: Task, values: {L: "10", P: "24"}}
          authored: Day
          author: Author
          structure: Structure
  - files: old_entries*.csv
    tables:
      entry:
        fields:
          entry_id: Nr
          client_id: Client
          service_task: {column: Task, values: {L: "10", P: "24"}}
          event_time: Day
          author: Author
          text: Text
  - files: old_workers*.csv
    tables:
      worker:
        fields: {worker_id: Nr, unit: Unit}
limits:
  - fields: [document.service_process]
    reason: {fi: ei kenttää, sv: inget fält, en: no field}
"""
DECISIONS = """\
Nr;Doc;Client;Task;Type;Name;Day;Unit
1;D1;C1;P;T1;Päätös lapsen elatussopimuksen vahvistamisesta;2015-02-01;U1
2;D2;C2;P;T1;Päätös lapsen elatussopimuksen vahvistamisesta;2017-02-01;U1
3;;C3;131052-308T Virtanen;T2;Muu;2018-02-01;U2
"""
DOCUMENTS = """\
Doc;Client;Type;Name;Task;Day;Author;Structure
D1;C1;;;P;2015-02-01;W1;1.2.246.537.6.1506.11018.2025.2.28
D2;C2;;;P;2017-02-01;W1;
D3;C3;15007;;L;2019-01-01;W2;
D4;C4;;Vammaispalvelujen asiakassuunnitelma;V;2020-01-01;;
"""
ENTRIES = """\
Nr;Client;Task;Day;Author;Text
E1;C1;L;2019-05-01 10:00;W1;Asiakas kertoi arjesta.
E2;C1;L;2021-05-01 10:00;W1;
"""
WORKERS = "Nr;Unit\nW1;U1\nW2;U9\n"
CHILD = "Lapsiperheiden palvelutehtävä"


@pytest.fixture
def here(workspace):  # noqa: F811 - the fixture that was imported
    """Return a workspace with a small export of its own profile."""
    (workspace / "profiles" / "old.yaml").write_text(PROFILE, "utf-8")
    folder = workspace / "exports"
    for name, text in {
        "decisions": DECISIONS, "documents": DOCUMENTS, "entries": ENTRIES, "workers": WORKERS,
    }.items():  # fmt: skip
        (folder / f"old_{name}.csv").write_text(text, "utf-8")
    with (workspace / "kirjaamo.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[sources]]\npath = "exports"\nprofile = "old"\n')
    return workspace


@pytest.fixture
def made(here):
    """Return the path of a new survey workbook."""
    return workbook(here)


def workbook(folder, *words):
    result = kirjaamo("survey", "workbook", *ON, *words)
    assert result.exit_code == 0, result.stderr
    return folder / "survey.xlsx"


def bring(path):
    result = kirjaamo("survey", "import", path, *ON)
    assert result.exit_code == 0, result.stderr
    return result


def edited(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())


def cell(page, number, heading):
    columns = {one.value: one.column for one in page[1]}
    return page.cell(number, columns[heading])


def line(page, old, kind=None):
    """Return the number of the row of a local type."""
    for number in range(2, page.max_row + 1):
        told = cell(page, number, "Local type").value or ""
        if told == old and kind in {None, cell(page, number, "Kind of record").value}:
            return number
    raise LookupError(old)


def decide(page, number, **more):
    """Confirm a row of family services."""
    headings = {
        "type": "National document type", "structure": "Structure", "task": "Service task",
        "process": "Service process", "retention": "Retention", "status": "Status",
        "owner": "Owner", "reason": "Reason", "archived": "Client document",
        "confidence": "Confidence",
    }  # fmt: skip
    told = {
        "type": "11001 | Lapsiperheiden palvelupäätös", "structure": None, "process": None,
        "task": "24 | Lapsiperheiden palvelut", "retention": CHILD, "status": "approved",
        "owner": "A. Arkistonhoitaja",
    }  # fmt: skip
    for name, value in (told | more).items():
        cell(page, number, headings[name]).value = value


def decided(**more):
    def change(book):
        page = book[SHEET]
        decide(page, line(page, "T1"), **more)

    return change


def sources():
    return inputs((), None, find()).tables


def test_kinds_count_every_document_once_with_years_and_units(here):
    found = read_exports(sources())
    kinds = {(one["table"], one["old"], one["task"]): one for one in found.kinds().to_dicts()}

    assert set(kinds) == {
        ("decision", "T1", "P"), ("decision", "T2", ""), ("document", "15007", "L"),
        ("document", "Vammaispalvelujen asiakassuunnitelma", "V"), ("entry", "", "L"),
    }  # fmt: skip
    first = kinds["decision", "T1", "P"]
    assert (first["records"], first["first"], first["last"]) == (2, 2015, 2017)
    assert first["units"] == "U1 (2)"
    assert (first[has("author")], first[has("structure")]) == (2, 1)  # of its document
    assert kinds["document", "15007", "L"]["units"] == "U9 (1)"  # of its author
    assert kinds["entry", "", "L"][has("structure")] is None


def test_no_value_of_a_record_is_kept(here):
    text = str(read_exports(sources()).records.to_dicts())

    assert "131052" not in text
    assert "arjesta" not in text


def test_the_profile_shows_kinds_completeness_and_proposals(here):
    result = kirjaamo("survey", "profile", *ON, "--format", "csv")

    rows = {row["local type"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert result.exit_code == 0, result.stderr
    assert rows["T1"]["proposal"].startswith("11018 | ")
    assert rows["15007"]["proposal"].startswith("15007 | ")
    assert "the record says it" in rows["15007"]["proposal"]
    assert "service process the system cannot" in rows["15007"]["incomplete"]
    assert "structure 50 %" in rows["T1"]["incomplete"]
    assert "131052" not in result.stdout


def test_the_workbook_is_filled_with_proposals_and_approves_nothing(made):
    page = openpyxl.load_workbook(made)[SHEET]
    statuses = {cell(page, n, "Status").value for n in range(2, page.max_row + 1)}
    first = line(page, "T1")

    assert statuses <= {"proposed", None}
    assert cell(page, first, "National document type").value.startswith("11018 | ")
    assert cell(page, first, "Structure").value.startswith("1.2.246.537.6.1506.11018.")
    assert cell(page, first, "Service task").value == "24 | Lapsiperheiden palvelut"
    assert cell(page, first, "Retention").value == "Families with children"
    assert cell(page, line(page, "15007"), "Service process").value.startswith("3 | ")
    proposals = cell(page, first, "Proposals").value.split("\n")
    assert len(proposals) > 3
    assert all("·" in one for one in proposals)


def test_what_is_proposed_for_a_kind_holds_together(exports, workspace):  # noqa: F811 - the fixtures that were imported
    kirjaamo("survey", "workbook", exports, *ON, "--lang", "sv")

    def change(book):
        page = book.worksheets[1]
        words = ("Nationell handlingstyp", "Serviceuppgift", "Förvaring", "Status", "Ansvarig")
        columns = {one.value: one.column for one in page[1]}
        places = [columns[word] for word in words]
        for number in range(2, page.max_row + 1):
            if all(page.cell(number, column).value for column in places[:3]):
                page.cell(number, places[3]).value = "approved"
                page.cell(number, places[4]).value = "A. Person"

    edited(workspace / "survey.xlsx", change)
    bring(workspace / "survey.xlsx")
    outcomes = {row.outcome for row in load(find()).rows}

    assert outcomes >= {"approved", "proposed"}


def test_the_workbook_has_drop_downs_instructions_and_completeness(made):
    book = openpyxl.load_workbook(made)
    page = book[SHEET]
    rules = {str(one.sqref): one for one in page.data_validations.dataValidation}

    assert book.sheetnames[:3] == ["Instructions", "Survey", "Completeness"]
    assert book["_kirjaamo"].sheet_state == "veryHidden"
    assert len(rules) == 8
    assert all(one.formula1.startswith("_choices!") for one in rules.values())
    head = [one.value for one in book["Completeness"][1]]
    assert "author" in head
    assert any(one.value == "50 %" for row in book["Completeness"] for one in row)


def test_the_same_exports_give_the_same_bytes(here):
    first = workbook(here).read_bytes()

    assert workbook(here).read_bytes() == first


def test_what_is_confirmed_is_what_building_reads(made):
    edited(made, decided(structure="1.2.246.537.6.1506.11001.2023.9.8 | x"))
    told = bring(made)
    rows = settled(sources(), load(find())).to_dicts()
    by_key = {(row["table"], row["key"]): row for row in rows}

    assert "confirmed: 1" in told.stdout
    assert by_key["decision", "1"] == {
        "system": "Old", "table": "decision", "key": "1", "document": "D1", "document_type": "11001",
        "structure": "1.2.246.537.6.1506.11001.2023.9.8", "service_task": "24",
        "service_process": None, "retention": CHILD, "outcome": "approved",
    }  # fmt: skip
    assert by_key["entry", "E1"]["outcome"] == "proposed"
    assert by_key["entry", "E1"]["document_type"] is None
    assert ("document", "D1") not in by_key


def test_importing_twice_changes_nothing_and_the_trail_tells_once(made):
    edited(made, decided())
    bring(made)
    before = (made.parent / FILE).read_bytes()
    again = workbook(made.parent)
    bring(again)

    assert (made.parent / FILE).read_bytes() == before
    assert read(made.parent / FILE).edition == load(find()).edition


def test_words_of_every_language_are_understood(here):
    use("fi")
    kirjaamo("survey", "workbook", *ON, "--lang", "fi")

    def change(book):
        page = book.worksheets[1]
        headings = {one.value: one.column for one in page[1]}
        number = next(n for n in range(2, 9) if page.cell(n, 4).value == "T1")
        for heading, value in {
            "Tila": "Hyväksytty",
            "Vastuuhenkilö": "A",
            "Rakenne": None,
        }.items():
            page.cell(number, headings[heading]).value = value

    edited(here / "survey.xlsx", change)
    use("en")
    bring(here / "survey.xlsx")

    assert 'status: "approved"' in (here / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "column", "reason"),
    [
        ({"type": "99999 | nothing"}, "M", "is not in the code list in use"),
        ({"task": "? | Nothing"}, "O", "no class of this name without a code"),
        ({"task": "? | Iäkkäiden palvelut"}, "Q", "is for other service tasks"),
        ({"type": None}, "M", "nothing is chosen here"),
        ({"retention": None}, "Q", "nothing is chosen here"),
        ({"retention": "for ever"}, "Q", "no such retention rule"),
        ({"retention": "Permission or prohibition, newest version"}, "Q", "other kinds"),
        ({"structure": "1.2.3"}, "N", "no such structure"),
        ({"structure": "1.2.246.537.6.1506.15007.2023.9.27"}, "N", "another document type"),
        ({"owner": None}, "T", "no owner is named"),
        ({"status": "maybe"}, "R", "none of proposed, approved and rejected"),
        ({"confidence": "very"}, "S", "none of confirmed, secondary and uncertain"),
        ({"archived": "perhaps"}, "L", "neither yes nor no"),
        ({"archived": "no"}, "U", "no reason is given"),
        ({"owner": "=A1"}, "T", "holds a formula"),
        ({"task": True}, "O", "neither text nor a whole number"),
    ],
)
def test_what_is_inconsistent_is_named_by_sheet_and_cell(made, more, column, reason):
    edited(made, decided(**more))
    page = openpyxl.load_workbook(made)[SHEET]
    result = kirjaamo("survey", "import", made, *ON)

    assert result.exit_code == 2
    assert f"{SHEET}!{column}{line(page, 'T1')}: " in result.stderr
    assert reason in result.stderr
    assert not (made.parent / FILE).exists()


def merged(book):
    book[SHEET].merge_cells("M2:M3")


def removed(book):
    book[SHEET].delete_rows(2)


def twice(book):
    page = book[SHEET]
    page.append([one.value for one in page[2]])


def renamed(book):
    book[SHEET].title = "Other"


def other_column(book):
    cell(book[SHEET], 1, "Status").value = "Stage"


def changed(book):
    cell(book[SHEET], line(book[SHEET], "T1"), "Local type").value = "T9"


def unknown_row(book):
    cell(book[SHEET], 2, "Reference").value = "none"


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (merged, "Survey!M2:M3", "the cells are merged"),
        (removed, "Survey", "rows that the sheet was made with are missing: 1"),
        (twice, "Survey!A7", "stands on two rows"),
        (renamed, "Survey", "the sheet is missing"),
        (other_column, "Survey!1:1", "a column of the workbook is missing"),
        (changed, "Survey!D", "not what the sheet was made with"),
        (unknown_row, "Survey!A2", "not what the sheet was made with"),
    ],
)
def test_a_changed_workbook_is_refused_as_a_whole(made, change, place, reason):
    edited(made, change)
    result = kirjaamo("survey", "import", made, *ON)

    assert result.exit_code == 2
    assert f"  {place}" in result.stderr
    assert reason in result.stderr
    assert not (made.parent / FILE).exists()


def test_what_is_no_survey_workbook_is_refused(here):
    kirjaamo("map", "workbook", *ON)
    other = refused("survey", "import", "mapping.xlsx")
    (here / "broken.xlsx").write_bytes(b"PK\3\4 nothing")
    broken = refused("survey", "import", "broken.xlsx")
    missing = refused("survey", "import", "nothing.xlsx")

    assert "not made by “kirjaamo survey workbook”" in other
    assert "broken.xlsx cannot be read as a survey workbook" in broken
    assert "nothing.xlsx" in missing


def test_a_workbook_older_than_the_survey_does_not_undo_work(made):
    old = made.read_bytes()
    edited(made, decided())
    bring(made)
    made.write_bytes(old)

    result = kirjaamo("survey", "import", made, *ON)

    assert result.exit_code == 4
    assert "has changed since" in result.stderr


def test_kinds_that_a_workbook_does_not_show_keep_their_rows(made):
    edited(made, decided())
    bring(made)
    kirjaamo("survey", "workbook", "exports/old_entries.csv", *ON, "-o", "one.xlsx")
    bring(made.parent / "one.xlsx")

    assert ("Old", "decision", "T1", "P") in load(find()).by_key


def test_a_kind_that_is_no_document_is_left_out_with_its_reason(made):
    edited(made, decided(archived="no", reason="log of the old system", type=None))
    bring(made)
    status = kirjaamo("survey", "status", "--format", "json")

    assert load(find()).by_key["Old", "decision", "T1", "P"].outcome == "left-out"
    assert '"kinds confirmed": 1' in status.stdout


def test_a_class_without_a_number_waits_for_the_official_list(made):
    row = Row("Old", "decision", "T1", "P", "approved", document_type="11000",
              service_task_name="Iäkkäiden palvelut", retention="Iäkkäiden palvelutehtävä")  # fmt: skip
    lists = with_lists(
        {"1.2.246.537.6.1221": [{"code": "30", "name_fi": "Iäkkäiden palvelut"}]}
    )

    assert row.outcome == "waiting"
    assert resolved([row], lists).rows[0].outcome == "approved"
    assert resolved([row], lists).rows[0].service_task == "30"


def test_status_tells_what_is_left(made):
    edited(made, decided())
    bring(made)
    told = kirjaamo("survey", "status")
    left = kirjaamo("survey", "status", "--remaining", "--format", "csv")

    assert "28\u00a0% of the records are confirmed; 4 kinds wait." in told.stderr
    assert "not yet looked at" in told.stdout
    assert len(left.stdout.splitlines()) == 5
    assert ",T1," not in left.stdout


def test_the_plan_has_a_row_for_each_type_with_retention_and_secrecy(made):
    edited(made, decided(process="3 | Asiakkuuden suunnittelu", reason="agreed"))
    bring(made)
    result = kirjaamo("survey", "plan", *ON)
    rows = list(csv.DictReader(io.StringIO((made.parent / "plan.csv").read_text("utf-8-sig")),
                               delimiter=";"))  # fmt: skip
    book = openpyxl.load_workbook(made.parent / "plan.xlsx")

    assert result.exit_code == 0, result.stderr
    assert len(rows) == 1
    assert rows[0]["Service task"] == "24"
    assert rows[0]["Name of the document type"] == "Lapsiperheiden palvelupäätös"
    assert rows[0]["Records"] == "2"
    assert rows[0]["Years"] == "2015-2017"
    assert rows[0]["Kept for"] == "30 years from the closing of the matter"
    assert "born on the 8th, 18th or 28th" in rows[0]["Archived for good"]
    assert "confidence: secondary" in rows[0]["Archived for good"]
    assert rows[0]["Confirmed by"] == "A. Arkistonhoitaja"
    assert rows[0]["Form of archiving"] == "display form only"
    assert book.sheetnames == ["Plan", "Not confirmed"]
    assert book["Not confirmed"].max_row == 5
    before = (made.parent / "plan.xlsx").read_bytes()
    kirjaamo("survey", "plan", *ON)
    assert (made.parent / "plan.xlsx").read_bytes() == before


def test_the_plan_says_that_numbers_are_awaited(made):
    edited(made, decided(type="11000", task="? | Iäkkäiden palvelut", retention="Old people"))
    bring(made)
    kirjaamo("survey", "plan", *ON, "-o", "plan.csv")
    text = (made.parent / "plan.csv").read_text("utf-8-sig")

    assert "cannot be archived before the numbers are known" in text
    assert "Iäkkäiden palvelut" in text


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_confirmed_documents_are_handed_to_the_building(made):
    def change(book):
        page = book[SHEET]
        decide(page, line(page, "T1"), structure="1.2.246.537.6.1506.11001.2023.9.8")
        decide(page, line(page, "15007"), type="15007", process="3 | Asiakkuuden suunnittelu",
               archived="no", reason="copies of another system")  # fmt: skip

    edited(made, change)
    bring(made)
    result = kirjaamo("survey", "documents")

    assert result.exit_code == 1  # two documents are left out
    assert "confirmed: 2" in result.stdout
    assert "confirmed: no client document: 1" in result.stdout
    assert lines(made.parent / "documents.jsonl") == [
        {"document_id": key, "client_ids": [client], "authored": f"{day}T00:00:00", "author": "W1",
         "document_type": "11001", "structure": "1.2.246.537.6.1506.11001.2023.9.8",
         "service_task": "24"}
        for key, client, day in (("D1", "C1", "2015-02-01"), ("D2", "C2", "2017-02-01"))
    ]  # fmt: skip
    from kirjaamo.archive.building import metadata

    assert [
        row["document_id"]
        for _, row in metadata.rows("document", made.parent / "documents.jsonl")
    ] == ["D1", "D2"]


def test_settings_are_told_where_they_are_clear():
    rows = [
        Row("A", "document", old, "", "approved", document_type=kind, service_task="24",
            service_process=process)
        for old, kind, process in (("1", "15007", "3"), ("2", "15003", "3"), ("3", "15003", "4"),
                                   ("4", "11001", None))
    ]  # fmt: skip

    assert settings(Survey(tuple(rows))) == (
        "[archive.service_process]\n"
        "# 15003: confirmed with several service processes; nothing is set\n"
        '"15007" = "3"\n'
    )
    assert tomllib.loads(settings(Survey())) == {"archive": {"service_process": {}}}


def test_the_settings_are_printed_for_the_workspace(here):
    assert kirjaamo("survey", "settings").stdout == "[archive.service_process]\n"
    assert "Nothing of the survey is confirmed yet" in refused("survey", "documents")


def test_an_empty_survey_has_no_plan_and_other_forms_are_refused(made):
    assert "Nothing of the survey is confirmed yet" in refused("survey", "plan", *ON)
    edited(made, decided())
    bring(made)
    assert "neither .csv nor .xlsx" in refused("survey", "plan", *ON, "-o", "plan.pdf")


def test_without_exports_or_documents_there_is_nothing_to_survey(workspace):  # noqa: F811 - the fixture that was imported
    (workspace / "profiles" / "old.yaml").write_text(PROFILE, "utf-8")
    (workspace / "old_workers.csv").write_text(WORKERS, "utf-8")

    assert "There is nothing to check" in refused("survey", "profile")
    for command in ("profile", "workbook", "status", "plan"):
        told = refused("survey", command, "old_workers.csv", "--profile", "old")
        assert "hold no decision, document or entry" in told


def test_an_import_needs_a_workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert "needs a workspace" in refused("survey", "import", "survey.xlsx")


def test_one_unit_and_one_record_are_enough(here):
    (here / "exports" / "old_decisions.csv").write_text("\n".join(DECISIONS.splitlines()[:2]))
    result = kirjaamo("survey", "profile", "exports/old_decisions.csv", *ON)

    assert result.exit_code == 0, result.stderr
    assert "T1" in result.stdout


def test_a_broken_survey_is_one_sentence(here):
    (here / FILE).write_text("rows:\n  - {system: A, wrong: 1}\n")
    assert FILE in refused("survey", "status")
    row = "rows:\n" + 2 * '  - {system: A, table: entry, old: "", task: "", status: proposed}\n'
    (here / FILE).write_text(row)
    assert "same kind of document" in refused("survey", "status")
    with pytest.raises(SettingsError):
        read(here / "none.yaml")


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(texts, texts, texts, st.booleans(), st.sampled_from(["24", None])),
                unique_by=lambda one: one[:2], max_size=4))  # fmt: skip
def test_reading_what_was_written_gives_the_same_survey(tmp_path_factory, rows):
    made = Survey(tuple(
        Row(system, "entry", old, "", "proposed", reason=reason, archived=archived,
            service_task=task)
        for system, old, reason, archived, task in rows
    ))  # fmt: skip
    path = tmp_path_factory.mktemp("survey") / FILE
    path.write_bytes(canonical(made))

    assert read(path) == made
    assert canonical(Survey(tuple(reversed(made.rows)))) == canonical(made)


def test_every_record_of_the_samples_is_of_one_kind(exports):  # noqa: F811 - the fixture that was imported
    found = read_exports(inputs([str(exports)], None, None).tables)
    kinds = found.kinds()

    assert kinds["records"].sum() == found.records.height
    assert kinds.select(pl.struct("system", "table", "old", "task").n_unique()).item() == len(
        kinds
    )


def test_days_are_asked_for_once():
    from kirjaamo.archive.survey.sheet import used_on

    assert used_on(dt.datetime(2026, 1, 1)) == dt.date(2026, 1, 1)  # noqa: DTZ001 - as click gives it
    assert used_on(None) >= dt.date(2026, 1, 1)
