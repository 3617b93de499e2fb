"""Rule tables, readiness, sheets to sign, the log policy, and the commands of ``kirjaamo access``."""

import datetime as dt
import io
import json

import openpyxl
import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo import messages
from kirjaamo.audit.access import (
    employees,
    log_policy,
    rule_table,
    sensitive,
    signing_off,
    trail,
)
from kirjaamo.audit.access.errors import TableFormError
from kirjaamo.audit.access.ground import Terms
from kirjaamo.classifications import Codes
from kirjaamo.errors import SettingsError
from kirjaamo.samples import access
from tests.audit.records import AS_OF, system
from tests.browser import violations
from tests.command_line import kirjaamo, refused

DAY = ("--as-of", "2025-12-31")
HEADER = ";".join(rule_table.COLUMNS)


def of(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    access.write(tmp_path, workers=90, seed=1, defects=0.3)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".yaml"])
def test_a_template_is_read_as_it_is_written(suffix, tmp_path):
    path = tmp_path / f"rules{suffix}"
    with path.open("wb") as stream:
        rule_table.write_template(stream, suffix)
    rows = rule_table.read(path)

    assert rows["role"].to_list() == ["sosiaalityöntekijä", "sosiaaliohjaaja"]
    assert rows["service_task"].to_list() == ["10", "24"]
    assert rows["need"].to_list() == ["required", "allowed"]
    assert rows["valid_from"].to_list() == [dt.date(2026, 1, 1)] * 2
    assert rows["valid_to"].null_count() == 2


def test_a_workbook_of_excel_has_numbers_and_days_in_its_cells(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(list(rule_table.COLUMNS))
    book.active.append(
        ["ohjaaja", 10, 3, None, None, dt.datetime(2026, 1, 1), dt.date(2026, 2, 1)]
    )
    book.active.append([None] * 8)
    book.save(tmp_path / "rules.xlsx")
    (row,) = rule_table.read(tmp_path / "rules.xlsx").rows(named=True)

    assert (row["service_task"], row["service_process"], row["need"]) == ("10", "3", "allowed")
    assert (row["valid_from"], row["valid_to"]) == (dt.date(2026, 1, 1), dt.date(2026, 2, 1))


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("rules.csv", "", "line 1"),
        ("rules.csv", "role;service_task\nohjaaja;10\n", "service_process"),
        ("rules.csv", f"{HEADER}\n;10;;;;;;\n", "line 2: the row names no role"),
        ("rules.csv", f"{HEADER}\nohjaaja;;;;;;;\n", "names no service task"),
        ("rules.csv", f"{HEADER}\nohjaaja;10;;;perhaps;;;\n", "neither allowed nor required"),
        ("rules.csv", f"{HEADER}\na;10;;;;31.2.2026;;\n", "valid_from is no day"),
        ("rules.csv", f"{HEADER}\na;10;;;;1.2.2026;31.1.2026;\n", "ends before it begins"),
        ("rules.csv", f'{HEADER}\n"a;10\n', "cannot be read as a table"),
        ("rules.csv", b"\xff\xfe\x00role", "table"),
        ("rules.xlsx", "no workbook", "cannot be read as a table"),
        ("rules.yaml", "- role: [", "line"),
        ("rules.yaml", "role: ohjaaja", "array"),
        ("rules.yaml", "- {role: ohjaaja}", "names no service task"),
    ],
)
def test_a_broken_rule_table_is_refused_with_its_place(name, content, part, tmp_path):
    with pytest.raises(SettingsError) as error:
        rule_table.read(of(tmp_path / name, content))

    assert part in str(error.value)
    assert "ohjaaja" not in str(error.value)


def test_a_rule_table_of_another_form_missing_or_huge_is_refused(tmp_path, monkeypatch):
    with pytest.raises(TableFormError):
        rule_table.read(tmp_path / "rules.pdf")
    with pytest.raises(SettingsError, match=r"rules\.csv"):
        rule_table.read(tmp_path / "rules.csv")
    monkeypatch.setattr(rule_table, "LARGEST", 10)
    with pytest.raises(SettingsError, match="larger"):
        rule_table.read(of(tmp_path / "rules.csv", HEADER))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_a_rule_table_or_one_sentence(tmp_path_factory, text):
    path = of(tmp_path_factory.mktemp("t") / "rules.csv", f"{HEADER}\n{text}")
    try:
        rows = rule_table.read(path)
    except SettingsError:
        return
    assert rows["role"].null_count() == 0


def employed(**more):
    return {"worker_id": "T1", "last_name": "Virtanen", "first_names": "Matti", "unit": "Y1",
            "position": "ohjaaja", "registration_number": "99123", "card": True, "reader": True,
            "can_sign": True, "valid_from": dt.date(2024, 1, 1), "valid_to": None, **more}  # fmt: skip


UNITS = [{"unit_id": "Y1", "name": "Pohjoinen", "valid_from": None, "valid_to": None}]
RIGHTS = [
    {"worker_id": "T1", "service_task": "10", "service_process": "3", "unit": "Y1",
     "valid_from": None, "valid_to": dt.date(2026, 6, 30)},
]  # fmt: skip


ENDED = RIGHTS[0] | {"valid_to": dt.date(2025, 1, 1)}


def rows_of(*workers, rights=RIGHTS):
    made = system(worker=list(workers), unit=UNITS, access_right=rights)
    return employees.employees([made], Terms(AS_OF))


def test_an_employee_with_everything_is_ready():
    (row,) = rows_of(employed()).rows(named=True)

    assert (row["unit"], row["rights"], row["findings"], row["ready"]) == (
        "Pohjoinen",
        1,
        [],
        True,
    )
    assert employees.right_name(row["held"][0], Codes()) == (
        "10 Lastensuojelu, 3 Asiakkuuden suunnittelu, Y1, until 2026-06-30"
    )


@pytest.mark.parametrize(
    ("more", "ready"),
    [
        ({"card": False}, False),
        ({"reader": None}, None),
        ({"registration_number": None}, False),
        ({"valid_to": dt.date(2025, 1, 1)}, False),
    ],
)
def test_what_is_lacking_or_not_known_is_not_ready(more, ready):
    (row,) = rows_of(employed(**more)).rows(named=True)

    assert row["ready"] is ready


def test_who_has_left_and_has_no_right_is_no_employee():
    assert rows_of(employed(valid_to=dt.date(2025, 1, 1)), rights=[ENDED]).height == 0


def test_what_an_export_does_not_tell_is_not_known():
    made = system(worker=[{"worker_id": "T1"}], access_right=RIGHTS)
    rows = employees.employees([made], Terms(AS_OF))

    (cells,) = employees.cells(rows, ("unit", "card", "ready"), Codes())
    assert cells == ["", "not known", "not known"]


HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>\u202e\u200b'


def test_hostile_names_are_harmless_in_a_sheet_to_sign(visit, tmp_path):
    rows = rows_of(employed(last_name=HOSTILE, first_names="\x1b[31m", unit="<b>Y9</b>"))
    path = tmp_path / "sign.html"
    path.write_bytes(signing_off.page(rows, HOSTILE, AS_OF, Codes()))
    stream = io.BytesIO()
    signing_off.write(rows, stream, AS_OF, Codes())

    assert visit(path).locator("main script, main b").count() == 0
    assert b"<script>alert" not in path.read_bytes()
    book = openpyxl.load_workbook(stream)
    assert all(cell.data_type != "f" for row in book["001"].iter_rows() for cell in row)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_sheet_to_sign_is_accessible_and_has_a_part_for_each_unit(language, visit, tmp_path):
    messages.use(language)
    rows = rows_of(employed(), employed(worker_id="T2", unit=None))
    path = tmp_path / "sign.html"
    path.write_bytes(signing_off.page(rows, "Kaskivuori", AS_OF, Codes()))
    page = visit(path)

    assert violations(page) == []
    assert page.locator("section.unit").count() == 2
    assert page.locator("section.unit .signature tr").count() == 6
    assert "Virtanen Matti" in page.content()


def test_the_workbook_has_a_sheet_for_each_unit_to_decide_in():
    stream = io.BytesIO()
    signing_off.write(rows_of(employed()), stream, AS_OF, Codes())
    book = openpyxl.load_workbook(stream)

    assert book.sheetnames == ["001", "Findings"]
    texts = [cell.value for row in book["001"].iter_rows() for cell in row if cell.value]
    assert {"Pohjoinen", "Virtanen Matti", "Supervisor", "Signature", "Choice"} <= set(texts)
    (choice,) = book["001"].data_validations.dataValidation
    assert "rights are correct" in choice.formula1


def test_the_log_policy_says_what_nobody_has_told(tmp_path):
    (tmp_path / "log-policy.yaml").write_text(
        yaml.safe_dump(
            [{
                "subject": {"fi": "Luovutuslokit", "sv": "Utlämningsloggar", "en": "Logs of disclosures"},
                "answers": {"kept": {"answer": "Päätös 4/2026", "source": "tietosuojavastaava"}},
            }]
        ),
        "utf-8",
    )  # fmt: skip
    shipped, own = (
        log_policy.table(log_policy.read(None)),
        log_policy.table(log_policy.read(tmp_path)),
    )
    kept = pl.col("Question") == "How long is it kept?"

    assert shipped.height == own.height == 4 * len(log_policy.QUESTIONS)
    assert (
        shipped.filter(kept)["Answer"].to_list()
        == ["not known: the organisation decides and writes it down"] * 4
    )
    assert "Päätös 4/2026" in own.filter(kept)["Answer"].to_list()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_log_policy_speaks_every_language(language):
    english = log_policy.table(log_policy.read(None))
    messages.use(language)
    told = log_policy.table(log_policy.read(None))

    assert told.height == english.height
    assert set(told.to_series(2)).isdisjoint(english.to_series(2))


def test_sensitive_tasks_are_data_with_sources_and_a_workspace_has_its_own(tmp_path):
    shipped = sensitive.read(None)
    (tmp_path / sensitive.FILE).write_text(
        "- {code: '20', name: {fi: V, sv: V, en: V}, reason: {fi: x, sv: x, en: x}, "
        "source: decision, confidence: confirmed}\n"
    )

    assert {one.code for one in shipped} == {"10", "15"}
    assert all(one.source and one.reason.fi for one in shipped)
    assert [one.code for one in sensitive.read(tmp_path)] == ["20"]


def test_a_trail_is_json_lines_from_where_a_collector_was():
    entries = [
        {"number": n, "at": "2026-01-01T00:00:00+00:00", "who": "aino", "event": "run",
         "facts": '{"rows":5}', "previous": "0" * 64, "hash": str(n) * 64}
        for n in (1, 2, 3)
    ]  # fmt: skip
    lines = [json.loads(line) for line in trail.lines(entries, 1).splitlines()]

    assert [line["number"] for line in lines] == [2, 3]
    assert lines[0]["facts"] == {"rows": 5}
    assert set(lines[0]) == {"number", "@timestamp", "program", "user", "event", "facts", "previous", "hash"}  # fmt: skip


def test_the_check_finds_and_reports(workspace):
    result = kirjaamo("access", "check", *DAY, "-o", "report.json", "-o", "report.xlsx")

    assert result.exit_code == 1
    assert "AR008" in result.stdout
    told = json.loads((workspace / "report.json").read_text("utf-8"))
    assert {one["rule"] for one in told["findings"]} >= {"AR001", "AR008", "AR010"}
    assert "KT00" not in (workspace / "report.json").read_text("utf-8")
    assert kirjaamo("access", "check", *DAY, "--baseline", "report.json", "-q").exit_code == 0
    one = kirjaamo("access", "check", *DAY, "--select", "AR013", "--fail-on", "error")
    assert one.exit_code == 0


def test_without_a_rule_table_its_rules_are_not_run(workspace):
    (workspace / "access" / "rules.csv").unlink()
    result = kirjaamo("access", "check", *DAY)

    assert "there is no rule table" in result.stdout
    named = kirjaamo("access", "check", *DAY, "--rules", "none.csv")
    assert named.exit_code == 2


def test_a_service_task_that_nobody_knows_is_told(workspace):
    with (workspace / "access" / "rules.csv").open("a") as file:
        file.write("ohjaaja;01;;;;;;\n")

    lines = (workspace / "access" / "rules.csv").read_text("utf-8").count("\n")
    assert f"the code list lacks: lines {lines}." in kirjaamo("access", "check", *DAY).stderr


def test_readiness_names_nobody_without_reveal(workspace):
    plain = kirjaamo("access", "readiness", *DAY)
    by_unit = kirjaamo("access", "readiness", "--by", "unit", "--format", "csv", *DAY)

    assert plain.exit_code == by_unit.exit_code == 0
    assert "KT0001" not in plain.stdout + by_unit.stdout
    assert by_unit.stdout.startswith("Unit,Employees,")
    assert not (workspace / "ledger.sqlite").exists()
    named = kirjaamo("access", "readiness", "--reveal", *DAY)
    assert "KT0001" in named.stdout
    exported = kirjaamo("access", "export")
    assert json.loads(exported.stdout)["event"] == "access-readiness"
    assert "KT0001" not in exported.stdout
    kirjaamo("access", "export", "-o", "trail.jsonl", "--after", "1")
    assert (workspace / "trail.jsonl").read_bytes() == b""


def test_sheets_to_sign_are_written_and_logged(workspace):
    result = kirjaamo(
        "access", "sign-off", *DAY, "-o", "s.html", "-o", "s.xlsx", "--unit", "KY01"
    )

    assert result.exit_code == 0
    assert "KT00" in (workspace / "s.html").read_text("utf-8")
    assert json.loads(kirjaamo("access", "export").stdout)["facts"]["files"] == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("access", "sign-off", "-o", "s.pdf"), "neither"),
        (("access", "sign-off", "-o", "s.html", "--unit", "Nowhere"), "Nowhere"),
        (("access", "check", "--select", "AR999"), "AR999"),
        (("access", "template", "-o", "t.pdf"), ".yaml"),
        (("access", "check", "--format", "xlsx"), "--output"),
        (("access", "check", "exports/kvh_yksikot.csv", "--rules", "x.pdf"), "x.pdf"),
    ],
)
def test_what_cannot_be_done_is_refused(words, part, workspace):
    assert part in refused(*words)


def test_thresholds_of_the_workspace_are_held_to(workspace):
    with (workspace / "kirjaamo.toml").open("a") as file:
        file.write("\n[access.thresholds.AR012]\nat_most = 9\n")

    result = kirjaamo("access", "check", *DAY)
    assert "AR012" not in result.stdout.partition("Findings")[2].partition("What to do")[0]
    with (workspace / "kirjaamo.toml").open("a") as file:
        file.write("most = 9\n")
    assert "most" in refused("access", "check")


def test_a_template_takes_the_place_of_nothing(workspace):
    assert kirjaamo("access", "template").exit_code == 4
    (workspace / "access" / "rules.csv").unlink()
    assert kirjaamo("access", "template").exit_code == 0
    assert kirjaamo("access", "template", "-o", "t.xlsx").exit_code == 0


def test_lists_and_policies_are_shown(workspace):
    assert "Child protection" in kirjaamo("access", "sensitive").stdout
    assert "not known" in kirjaamo("access", "log-policy").stdout
    assert "AR008" in kirjaamo("explain", "AR008").stdout
    assert "AR014" in kirjaamo("rules", "list", "AR").stdout


def test_an_export_without_rights_is_refused(workspace, tmp_path):
    path = tmp_path / "empty"
    path.mkdir()
    (path / "a_kirjaukset.csv").write_text("X\n")
    refused("access", "check", str(path))


def test_the_sample_is_written_by_its_command(tmp_path):
    result = kirjaamo("samples", "access", "--workers", "40", "-o", tmp_path / "out")

    assert result.exit_code == 0
    assert (tmp_path / "out" / "truth.csv").exists()
