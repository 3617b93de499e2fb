"""``kirjaamo finance check``: every defect of the sample is found, and nothing in a sound ledger."""

import csv
import datetime as dt
import json

import polars as pl
import pytest

from kirjaamo.cli.finance_ground import Ground
from kirjaamo.errors import SettingsError
from kirjaamo.finance.checking import beside, rules, running
from kirjaamo.samples.ledger import write
from tests.command_line import kirjaamo, refused

NOT_INJECTED = {"FN021"}
"""Rules without a defect: it needs a list that is known in part."""


def found_in(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return {(row["source"], row["row"], row["field"], row["rule"]) for row in rows}


class TestTruth:
    def test_every_defect_is_found_and_nothing_else(self, damaged, tmp_path, monkeypatch):
        monkeypatch.chdir(damaged)
        result = kirjaamo("finance", "check", "-q", "-o", tmp_path / "found.csv")

        assert result.exit_code == 1
        assert found_in(tmp_path / "found.csv") == found_in(damaged / "truth.csv")

    def test_every_rule_has_a_defect(self, damaged):
        told = {rule for *_, rule in found_in(damaged / "truth.csv")}

        assert told == set(rules()) - NOT_INJECTED

    def test_nothing_is_found_in_a_sound_ledger(self, sound, monkeypatch):
        monkeypatch.chdir(sound)
        result = kirjaamo("finance", "check")

        assert result.exit_code == 0, result.stdout
        assert "Nothing was found" in result.stdout
        assert "Year: 2025." in result.stderr

    @pytest.mark.parametrize("seed", [2, 3])
    def test_other_seeds_have_their_truth_too(self, tmp_path, monkeypatch, seed):
        write(tmp_path, postings=1500, seed=seed, defects=True)
        monkeypatch.chdir(tmp_path)
        kirjaamo("finance", "check", "-q", "-o", "found.csv")

        assert found_in(tmp_path / "found.csv") == found_in(tmp_path / "truth.csv")

    def test_the_same_seed_gives_the_same_bytes(self, damaged, tmp_path):
        again = write(tmp_path, postings=1500, defects=True)

        for path in again:
            there = damaged / path.relative_to(tmp_path)
            assert path.read_bytes() == there.read_bytes(), path.name

    def test_findings_of_places_hold_no_posting(self, damaged, tmp_path, monkeypatch):
        monkeypatch.chdir(damaged)
        kirjaamo("finance", "check", "-q", "-o", tmp_path / "found.json")
        findings = json.loads((tmp_path / "found.json").read_text())["findings"]
        told = {name for one in findings for name in (one["parameters"] or {})}

        assert told <= {"gap", "sum", "change", "account", "service_class", "sector", "ratio"}


class TestCommand:
    def test_of_another_year_finds_all_postings_outside_it(self, ledger):
        result = kirjaamo("finance", "check", "--year", 2024, "--select", "FN003")

        assert result.exit_code == 1
        assert "Year: 2024." in result.stderr

    def test_rules_are_chosen_and_left_out(self, damaged, monkeypatch):
        monkeypatch.chdir(damaged)
        one = kirjaamo("finance", "check", "--select", "FN004", "--format", "json")
        others = kirjaamo("finance", "check", "--ignore", "FN004", "--format", "json")

        assert {f["rule"] for f in json.loads(one.stdout)["findings"]} == {"FN004"}
        assert "FN004" not in {f["rule"] for f in json.loads(others.stdout)["findings"]}

    def test_a_rule_that_does_not_exist_is_refused(self, ledger):
        assert "Did you mean" in refused("finance", "check", "--select", "FN04")

    def test_the_least_severity_decides_how_it_ends(self, ledger):
        (ledger / "activity.csv").write_text("service_class;quantity\n2121;1\n")
        words = ("finance", "check", "-q")

        assert kirjaamo(*words).exit_code == 0
        assert kirjaamo(*words, "--fail-on", "warning").exit_code == 1

    def test_waivers_are_in_force_and_counted(self, ledger):
        (ledger / "activity.csv").write_text("service_class;quantity\n2121;1\n")
        (ledger / "waivers.csv").write_text(
            "rule;scope;reason;who;until\nFN017;*;known;M. M.;2099-12-31\n"
            "ID001;*;of another command;M. M.;2099-12-31\n"
        )
        result = kirjaamo("finance", "check", "--format", "json")

        assert json.loads(result.stdout)["findings"] == []

    def test_a_waiver_for_no_rule_is_refused(self, ledger):
        for code in ("FN999", "XX001"):
            (ledger / "waivers.csv").write_text(
                f"rule;scope;reason;who;until\n{code};*;known;M. M.;2099-12-31\n"
            )
            assert "there is no such rule" in refused("finance", "check")

    def test_a_baseline_leaves_only_what_is_new(self, damaged, tmp_path, monkeypatch):
        monkeypatch.chdir(damaged)
        kirjaamo("finance", "check", "-q", "-o", tmp_path / "old.json")
        result = kirjaamo("finance", "check", "--baseline", tmp_path / "old.json", "-q")

        assert result.exit_code == 0

    def test_a_report_may_not_take_the_place_of_the_ledger(self, ledger):
        path = ledger / "exports" / "t_paakirja_2025.csv"

        assert "one of the files to check" in refused("finance", "check", "-o", path)

    def test_works_outside_of_a_workspace(self, sound, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        path = sound / "exports" / "t_paakirja_2025.csv"
        result = kirjaamo("finance", "check", path, "--profile", sound / "profiles" / "t.yaml",
                          "--format", "json")  # fmt: skip

        states = {one["code"]: one["state"] for one in json.loads(result.stdout)["rules"]}
        assert states["FN004"] == "run"
        assert states["FN008"] == "not run"

    def test_every_rule_has_its_page(self):
        for code in rules():
            result = kirjaamo("explain", code.lower())
            assert result.exit_code == 0
            assert code in result.stdout

    def test_the_rules_are_listed(self):
        assert "FN015" in kirjaamo("rules", "list", "FN").stdout


class TestFailures:
    def test_a_rule_that_breaks_is_told_and_the_others_go_on(self, sound, monkeypatch):
        monkeypatch.chdir(sound)
        ground = Ground()

        def broken(postings):
            return postings.filter("no such column")

        rule = rules()["FN004"]
        monkeypatch.setattr(
            running, "every_rule", lambda: {"FN004": rule.__class__(**{
                **{name: getattr(rule, name) for name in rule.__dataclass_fields__},
                "check": broken,
            }), "FN001": rules()["FN001"]},
        )  # fmt: skip
        run = running.check(ground.postings, ground.mapped, ground.checked(dt.date(2026, 1, 1)))

        assert [(s.rule.code, str(s.state)) for s in run.states] == [
            ("FN004", "failed"), ("FN001", "run"),
        ]  # fmt: skip


class TestBeside:
    def test_the_previous_filing_is_summed_by_account_and_class(self, tmp_path):
        path = tmp_path / "previous.csv"
        path.write_text(
            "account;service_class;sector;amount\n4000;2121;1;1 000,50\n4000;2121;2;-0.50\n",
            "utf-8",
        )

        assert beside.previous(path).rows() == [("4000", "2121", "previous.csv", 2, 100000)]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("account;amount\n1;2\n", "line 1: the header must have the columns account;service_class;amount"),
            ("account;service_class;amount\n1;2;3\n1;2;x\n", "line 3: there is no number in this line"),
            ("account;service_class;amount\n1;2;1E5\n", "line 2: there is no number in this line"),
            ("account;service_class;amount\n1;2;3;4;5\n", "this is not CSV with semicolons"),
            ("", "this is not CSV with semicolons"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_with_a_file_is_told(self, tmp_path, content, reason):
        path = tmp_path / "previous.csv"
        path.write_text(content)

        with pytest.raises(SettingsError, match=reason.replace("(", r"\(")):
            beside.previous(path)

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(SettingsError, match="no such file"):
            beside.activity(tmp_path / "none.csv")

    def test_activities_keep_their_lines(self, tmp_path):
        path = tmp_path / "activity.csv"
        path.write_text("service_class;quantity\n2121;12,5\n", "utf-8")

        assert beside.activity(path).rows() == [("activity.csv", 2, "2121", 1250)]
        assert beside.activity(path).schema["_row"] == pl.UInt64


class TestSamples:
    def test_the_command_writes_a_workspace(self, tmp_path):
        result = kirjaamo("samples", "ledger", "--postings", 1000, "-o", tmp_path / "county")
        names = {p.name for p in (tmp_path / "county").iterdir()}

        assert result.exit_code == 0
        assert names >= {
            "kirjaamo.toml",
            "exports",
            "profiles",
            "mappings",
            "taxonomy",
            "truth.csv",
        }

    def test_the_size_is_about_what_was_asked_for(self, sound, monkeypatch):
        monkeypatch.chdir(sound)
        height = Ground().postings.frame.height

        assert 1500 <= height <= 1520
