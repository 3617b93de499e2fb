"""``kirjaamo map`` as a person uses it, and what it says of a small export."""

import csv
import io
import json

import pytest

from kirjaamo.mappings.form import canonical
from tests.command_line import exports, kirjaamo, refused, workspace  # noqa: F401 - fixtures
from tests.mappings.crosswalks import EXPORT, PROFILE, TASKS, crosswalk, row

NAME = "old_service_task"


@pytest.fixture
def place(workspace):  # noqa: F811 - the fixture that was imported
    """Return a workspace with a small export and its profile."""
    (workspace / "profiles" / "old.yaml").write_text(PROFILE, "utf-8")
    (workspace / "old.csv").write_text(EXPORT, "utf-8")
    (workspace / "mappings").mkdir()
    return workspace


def put(place, *rows, name=NAME, **more):
    path = place / "mappings" / f"{name}.yaml"
    path.write_bytes(canonical(crosswalk(*rows, name=name, **more)))


def lines(*words, code=0):
    result = kirjaamo("map", *words, "--format", "csv")
    assert result.exit_code == code, (result.stdout, result.stderr)
    return list(csv.DictReader(io.StringIO(result.stdout)))


def found(*words, code):
    return {(one["mapping"], one["problem"]): one for one in lines(*words, code=code)}


def test_every_mapping_is_listed_with_its_lists_and_statuses(place):
    put(place, row("L", "24"), row("V", "20", status="proposed"))
    (place / "kirjaamo.toml").write_text('[[sources]]\nprofile = "old"\npath = "old.csv"\n')

    rows = {one["mapping"]: one for one in lines("list")}

    assert rows["service_task_2015"]["proposed"] == "22"
    assert rows[NAME]["source"] == "local:Old:service_task"
    assert (rows[NAME]["approved"], rows[NAME]["overridden"]) == ("2", "1")


def test_a_name_between_colons_is_no_picture(place):
    put(place, row("L", "24"), name="a", source="local:A:service_task")

    assert "local:A:service_task" in kirjaamo("map", "list").stdout


def test_the_rows_of_one_mapping_are_numbered(place):
    put(place, row("V", "20"), row("L", "24", unit="U1"))

    rows = lines("list", NAME)

    assert [(one["number"], one["old"], one["new"], one["unit"]) for one in rows] == [
        ("1", "L", "24", "U1"),
        ("2", "V", "20", ""),
    ]


def test_a_mapping_that_does_not_exist_is_one_sentence(place):
    sentence = refused("map", "list", "service_task_2014")

    assert sentence == (
        "There is no mapping called “service_task_2014”. Did you mean “service_task_2015”?"
    )
    assert "There is no mapping" in refused("map", "check", "--alone", "--mapping", "x")


def test_values_without_a_row_get_suggestions_with_evidence(place):
    rows = lines("suggest", "old.csv", "--mapping", NAME)

    first = {one["old"]: one for one in rows if one["rank"] in ("1", "")}
    assert set(first) == {"V", "X"}
    assert first["X"]["new"] == "10"
    assert "on the same records 100 % (old_type)" in first["X"]["evidence"]
    assert "name beside it" in first["V"]["evidence"]


def test_an_approved_mapping_of_another_list_is_evidence_and_a_proposal_is_not(place):
    other = {"name": "other", "source": "local:New:service_task"}
    put(place, row("X", "20", status="proposed"), **other)
    without = lines("suggest", "old.csv", "--mapping", NAME)
    put(place, row("X", "20"), **other)

    rows = lines("suggest", "old.csv", "--mapping", NAME)

    assert not any("approved in" in one["evidence"] for one in without)
    assert [one["new"] for one in rows if "approved in other 75" in one["evidence"]] == ["20"]


def test_no_suggestion_is_ever_applied(place):
    kirjaamo("map", "suggest", "old.csv")

    assert list((place / "mappings").iterdir()) == []
    (one,) = lines("coverage", "old.csv", "--mapping", NAME)
    assert (one["rows"], one["covered"], one["missing"], one["not_a_code"]) == (
        "7", "4", "2", "1",
    )  # fmt: skip


def test_a_check_names_rows_and_never_an_old_value(place):
    put(place, row("V", "20"), row("V", "10", unit="U2"), row("SECRET", "15"))

    problems = found("check", "old.csv", code=1)
    told = kirjaamo("map", "check", "old.csv").stdout

    assert problems[NAME, "unmapped"]["values"] == "2"
    assert problems[NAME, "local_deviation"]["places"] == "4, 5"
    assert problems[NAME, "uncertain_code"]["places"] == "3"
    assert problems[NAME, "never_used"]["places"] == "3"
    assert "SECRET" not in told
    assert "131052" not in told


def test_a_mapping_that_covers_everything_is_without_errors(place):
    path = place / "old.csv"
    path.write_text("\n".join(EXPORT.splitlines()[:3]) + "\n", "utf-8")

    problems = found("check", "old.csv", code=0)

    assert {one["severity"] for one in problems.values()} == {"warning", "note"}


def test_codes_that_are_not_in_the_list_or_not_in_force_are_errors(place):
    put(place, row("V", "99"), row("X", "10"))
    plain = found("check", "--alone", code=1)

    assert plain[NAME, "unknown_code"]["places"] == "1"
    assert (NAME, "not_in_force") not in plain


def test_a_new_code_that_is_younger_than_the_records_is_told(place):
    (place / "official.csv").write_text(
        "code,name_fi,valid_from\n10,Lastensuojelu,2016-01-01\n24,Perheet,2027-01-01\n"
    )
    assert kirjaamo("codes", "import", "official.csv", "--list", TASKS).exit_code == 0
    put(place, row("V", "24"), row("X", "10"))

    problems = found("check", "old.csv", "--on", "2026-01-01", code=1)

    assert problems[NAME, "not_in_force_then"]["records"] == "4"
    assert problems[NAME, "not_in_force"]["places"] == "2, 3"


def test_an_old_list_that_is_not_mapped_as_a_whole_is_an_error(place):
    put(place, row("Lastensuojelu", "10"), name="tasks", source="service_task_2015")

    problems = found("check", "--alone", code=1)

    assert problems["tasks", "not_total"]["values"] == "21"


def test_systems_that_map_one_value_differently_are_told(place):
    for system, new in (("A1", "10"), ("A2", "20")):
        put(place, row("LS", new), name=system, source=f"local:{system}:service_task")

    problems = found("check", "--alone", code=0)

    assert problems["A1", "several_systems"]["places"] == ""
    assert problems["A2", "several_systems"]["values"] == "1"


def test_coverage_counts_records_and_decisions_and_rounds_down(place):
    put(place, row("X", "10"), row("V", reason="a service that ended"))

    (one,) = lines("coverage", "old.csv", "--mapping", NAME)
    (system,) = lines("coverage", "old.csv", "--by", "system")
    units = lines("coverage", "old.csv", "--mapping", NAME, "--by", "unit")
    years = lines("coverage", "old.csv", "--mapping", NAME, "--by", "year")
    reasons = lines("coverage", "old.csv", "--mapping", NAME, "--by", "reason")

    assert (one["covered"], one["percent"], one["unmappable"]) == ("5", "71.4", "1")
    assert (system["decisions"], system["decisions_covered"]) == ("8", "6")
    assert system["decisions_percent"] == "75.0"
    assert [(u["unit"], u["rows"], u["covered"]) for u in units] == [
        ("U1", "2", "2"), ("U2", "3", "1"), ("U3", "2", "2"),
    ]  # fmt: skip
    assert [u["year"] for u in years] == ["2015", "2016", "2017", "2018", "2019", "2020"]
    assert ("unmappable", "a service that ended", "1") in {
        (r["outcome"], r["reason"], r["rows"]) for r in reasons
    }


def test_what_waits_is_covered_when_the_official_list_is_imported(place):
    awaited = {"new_name": "Iäkkäiden palvelut", "reason": "no number is known"}
    put(place, row("V", **awaited), row("X", "10"))
    before = lines("coverage", "old.csv", "--mapping", NAME)
    (place / "test_list.csv").write_text(
        "code,name_fi\n10,Lastensuojelu\n24,Lapsiperheiden palvelut\n999,Iäkkäiden palvelut\n",
        "utf-8",
    )
    assert kirjaamo("codes", "import", "test_list.csv", "--list", TASKS).exit_code == 0

    after = lines("coverage", "old.csv", "--mapping", NAME)

    assert [(one["waiting"], one["covered"]) for one in (*before, *after)] == [
        ("1", "5"), ("0", "6"),
    ]  # fmt: skip


def test_rows_read_are_rows_told_of_whatever_became_of_them(exports):  # noqa: F811 - a fixture
    outcomes = (
        "covered", "unmappable", "waiting", "proposed", "rejected", "missing", "unknown",
        "not_a_code",
    )  # fmt: skip

    for one in lines("coverage", exports / "a_paatokset.csv", exports / "c_rekisteri.sqlite"):
        assert int(one["rows"]) == sum(int(one[name]) for name in outcomes)


def test_coverage_is_the_same_by_list_and_by_unit(exports):  # noqa: F811 - a fixture
    source = exports / "a_paatokset.csv"

    whole = {one["mapping"]: int(one["rows"]) for one in lines("coverage", source)}
    units = lines("coverage", source, "--by", "unit")

    for name, count in whole.items():
        assert count == sum(int(one["rows"]) for one in units if one["mapping"] == name)


def test_results_can_be_json_in_a_file(place):
    result = kirjaamo("map", "coverage", "old.csv", "--format", "json", "-o", "out.json")

    assert result.stdout == ""
    names = {one["mapping"] for one in json.loads((place / "out.json").read_text("utf-8"))}
    assert NAME in names


def test_documents_have_no_codes_to_map(place):
    (place / "document.json").write_text("{}")

    assert "There is nothing to check" in refused("map", "suggest", "document.json")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_result_is_in_the_language_that_was_asked_for(place, language):
    put(place, row("V", "15"))
    words = {"fi": "uusi koodi on epävarma", "sv": "den nya koden är osäker"}

    result = kirjaamo("map", "check", "--alone", "--lang", language)

    assert words[language] in result.stdout


def test_no_name_or_identity_of_a_person_is_in_any_output(exports, tmp_path):  # noqa: F811 - a fixture
    from kirjaamo.cli.inputs import inputs

    paths = [exports / name for name in ("a_paatokset.csv", "c_rekisteri.sqlite")]
    book = tmp_path / "mapping.xlsx"
    outputs = [
        kirjaamo("map", *words, *paths, "--format", "csv").stdout.encode()
        for words in (["suggest"], ["check"], ["coverage", "--by", "unit"])
    ]
    kirjaamo("map", "workbook", *paths, "-o", book)
    import openpyxl

    cells = [
        str(one.value)
        for page in openpyxl.load_workbook(book)
        for line in page.iter_rows()
        for one in line
        if one.value is not None
    ]

    persons = set()
    for source in inputs(list(map(str, paths)), None, None).tables:
        for unit in source.units():
            frame = source.read(unit).frame
            for mapped in source.part.tables.values():
                wanted = {"client_id", "identity_code", "last_name"} & set(mapped.fields)
                for field in wanted:
                    persons |= set(frame[mapped.column(field).column].drop_nulls())
    text = b"\n".join([*outputs, "\n".join(cells).encode()]).decode()
    assert len(persons) > 50
    assert [one for one in persons if len(one) > 3 and f"\n{one}\n" in text] == []
    assert [one for one in persons if len(one) > 8 and one in text] == []
