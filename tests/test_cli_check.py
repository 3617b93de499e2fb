"""``kirjaamo check``: formats, outputs, exit codes, choices, baseline and log."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from kirjaamo import reports, validators
from kirjaamo.rules import Kind, Rule
from tests.command_line import AS_OF, kirjaamo, refused

CLEAN = "ID002"
"""A rule that finds nothing in the file below."""


@pytest.fixture(scope="module")
def export(exports):
    return exports / "a_paatokset.csv"


def report(*words):
    result = kirjaamo("check", *words, *AS_OF, "--format", "json")

    assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", reports.FORMATS)
class TestEveryFormat:
    def test_is_written_to_the_file_with_its_ending(self, name, export, tmp_path):
        file = tmp_path / f"report{reports.FORMATS[name].suffix}"

        result = kirjaamo("check", export, *AS_OF, "-q", "-o", file)

        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr == f"Wrote {file}\n"
        assert file.stat().st_size > 500
        assert file.stat().st_mode & 0o077 == 0, "others may not read it"
        assert [p.name for p in tmp_path.iterdir()] == [file.name]

    def test_on_standard_output_has_the_bytes_of_the_file(self, name, export, tmp_path):
        file = tmp_path / f"report{reports.FORMATS[name].suffix}"
        if reports.FORMATS[name].binary:
            assert "Name a file with --output" in refused("check", export, "--format", name)
            return
        kirjaamo("check", export, *AS_OF, "-q", "-o", file)

        printed = kirjaamo("check", export, *AS_OF, "--format", name)

        if name != "text":  # which fits the terminal
            assert printed.stdout_bytes == file.read_bytes()
        assert printed.stderr == ""

    def test_gives_the_same_bytes_each_time(self, name, export, tmp_path):
        suffix = reports.FORMATS[name].suffix
        files = [tmp_path / f"{number}{suffix}" for number in (1, 2)]

        for file in files:
            kirjaamo("check", export, *AS_OF, "-q", "-o", file)

        assert files[0].read_bytes() == files[1].read_bytes()


def test_several_outputs_are_written_in_one_run(export, tmp_path):
    files = [tmp_path / name for name in ("a.json", "b.sarif", "below/c.csv")]

    result = kirjaamo("check", export, *AS_OF, *(w for f in files for w in ("-o", f)))

    assert [file.exists() for file in files] == [True, True, True]
    assert result.stdout.startswith("Kirjaamo")


def test_a_format_that_is_named_is_stronger_than_the_ending(export, tmp_path):
    kirjaamo("check", export, *AS_OF, "-q", "--format", "json", "-o", tmp_path / "report.txt")

    assert json.loads((tmp_path / "report.txt").read_text("utf-8"))["findings"]


def test_a_report_never_takes_the_place_of_an_export(exports, tmp_path):
    for name in ("a_paatokset.csv", "b_vienti.xlsx", "c_rekisteri.sqlite"):
        copy = tmp_path / name
        shutil.copy(exports / name, copy)
        before = copy.read_bytes()

        sentence = refused("check", copy, "-o", copy, "--format", "json")

        assert (
            sentence
            == f"{copy} is one of the files to check. Write the report to another file."
        )
        assert copy.read_bytes() == before


def test_a_report_may_go_to_a_device(export):
    result = kirjaamo("check", export, *AS_OF, "-q", "-o", "/dev/null", "--format", "json")

    assert result.exit_code == 1
    assert Path("/dev/null").is_char_device()


class TestExitCodes:
    def test_nothing_found_ends_with_zero(self, export):
        clean = next(
            c for c in ("LC022", CLEAN) if not report(export, "--select", c)["findings"]
        )

        assert kirjaamo("check", export, *AS_OF, "--select", clean).exit_code == 0

    def test_findings_end_with_one(self, export):
        assert kirjaamo("check", export, *AS_OF).exit_code == 1

    @pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1)])
    def test_the_least_severity_that_counts_is_chosen(self, export, fail_on, code):
        result = kirjaamo("check", export, *AS_OF, "--select", "CL006", "--fail-on", fail_on)

        assert result.exit_code == code

    def test_a_rule_that_fails_ends_with_three(self, export, monkeypatch):
        def check(value):
            return value.cast(pl.Int64, strict=True) > 0

        known = validators.get("ID001")
        broken = dataclass_with(known, check)
        monkeypatch.setattr(validators, "rules", lambda: {"ID001": broken})

        result = kirjaamo("check", export, *AS_OF, "--format", "json")

        assert result.exit_code == 3
        assert json.loads(result.stdout)["rules"][0]["state"] == "failed"


def dataclass_with(rule, check):
    import dataclasses

    assert rule.kind is Kind.COLUMN
    assert isinstance(rule, Rule)
    return dataclasses.replace(rule, check=check)


def test_rules_are_chosen_and_left_out(export):
    found = report(export, "--select", "ID,DQ007", "--ignore", "ID014")

    codes = {rule["code"] for rule in found["rules"]}
    assert {"ID001", "DQ007"} <= codes
    assert not codes & {"ID014", "LC001", "DQ001"}


def test_the_day_of_the_check_decides_what_is_in_the_future(export):
    def future(day):
        result = kirjaamo(
            "check", export, "--as-of", day, "--select", "LC019", "--format", "json"
        )
        return len(json.loads(result.stdout)["findings"])

    assert future("2000-01-01") > future("2026-01-01")


def test_a_baseline_leaves_only_what_is_new(export, tmp_path):
    baseline = tmp_path / "first.json"
    kirjaamo("check", export, *AS_OF, "-q", "-o", baseline, "--select", "ID")

    same = kirjaamo("check", export, *AS_OF, "--select", "ID", "--baseline", baseline)
    more = report(export, "--baseline", baseline)

    assert same.exit_code == 0
    assert more["findings"]
    assert not [f for f in more["findings"] if f["rule"].startswith("ID")]


@pytest.mark.parametrize("content", ["", "[]", '{"findings": [{"rule": 1}]}', '{"a": 1}'])
def test_a_baseline_that_is_no_report_is_refused(content, export, tmp_path):
    baseline = tmp_path / "first.json"
    baseline.write_text(content)

    sentence = refused("check", export, "--baseline", baseline)

    assert sentence.startswith(f"{baseline}: the baseline must be an earlier report")


def test_a_baseline_that_is_missing_is_refused(export, tmp_path):
    sentence = refused("check", export, "--baseline", tmp_path / "none.json")

    assert "there is no such file or folder" in sentence


def test_the_log_is_one_json_object_on_each_line(export):
    result = kirjaamo("check", export, *AS_OF, "--quiet", "--verbose")

    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [event["event"] for event in events] == ["check started", "check ended"]
    assert events[1]["findings"] > 0


def test_quiet_prints_nothing(export):
    result = kirjaamo("check", export, *AS_OF, "--quiet")

    assert (result.stdout, result.stderr) == ("", "")


def test_files_of_a_folder_that_are_not_read_are_named(exports):
    result = kirjaamo("check", exports, *AS_OF, "--quiet", "--select", "ID002")

    assert result.stderr == "Not read, no profile fits: a_truth.csv, b_truth.csv, c_truth.csv\n"


def test_a_profile_may_be_a_file(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "system: M\nlabel: {fi: m, sv: m, en: m}\nparts:\n  - files: 'p*.csv'\n"
        "    tables: {client: {fields: {client_id: Nr, identity_code: Code}}}\n"
    )
    (tmp_path / "p.csv").write_text("Nr;Code\n1;nonsense\n")

    found = report(tmp_path / "p.csv", "--profile", tmp_path / "mine.yaml", "--select", "ID001")

    assert [(f["source"], f["row"], f["column"]) for f in found["findings"]] == [
        ("p.csv", 2, "Code")
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_summary_speaks_the_language_that_was_asked_for(export, language, golden):
    result = kirjaamo("check", export, *AS_OF, "--select", "ID", "--lang", language)

    words = {"fi": "Löydökset", "sv": "Observationer", "en": "Findings"}
    assert result.exit_code == 1
    assert words[language] in result.stdout
