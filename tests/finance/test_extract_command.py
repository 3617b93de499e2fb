"""``kirjaamo finance extract`` as finance staff use it: a whole filing, or none and one sentence."""

import json
import sqlite3

import pytest

from tests.command_line import kirjaamo, refused

EXTRACT = ("finance", "extract", "--year", 2025)


def settings(ledger, old, new):
    path = ledger / "kirjaamo.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def stopped(ledger, *words, code=2):
    """Run an extract that must write nothing, and return its sentence."""
    result = kirjaamo(*EXTRACT, "-o", "out.xbrl", "--table", "out.csv", *words)

    assert result.exit_code == code, (result.stdout, result.stderr)
    assert "Traceback" not in result.stderr
    assert not [path.name for path in ledger.glob("*out*")]
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


class TestFiling:
    def test_files_a_ledger(self, ledger):
        result = kirjaamo(*EXTRACT, "-o", "out.xbrl", "--table", "out.csv")

        assert result.exit_code == 0, result.stderr
        assert "Filing of 2025-12-31" in result.stdout
        lines = {line.rpartition("  ")[0].strip(): line for line in result.stdout.splitlines()}
        assert any(line.startswith("facts less postings") and line.endswith("0.00")
                   for line in lines.values())  # fmt: skip
        assert (ledger / "out.xbrl").read_text("utf-8").count("<xbrli:unit ") == 2

    def test_again_gives_the_same_bytes(self, ledger):
        for name in ("a", "b"):
            kirjaamo(
                *EXTRACT, "-o", f"{name}.xbrl", "-o", f"{name}.json", "--table", f"{name}.csv"
            )

        for ending in ("xbrl", "json", "csv"):
            one, other = ((ledger / f"{name}.{ending}").read_bytes() for name in "ab")
            assert one == other

    def test_the_table_is_the_previous_filing_of_the_next(self, ledger):
        kirjaamo(*EXTRACT, "-o", "out.xbrl", "--table", "out.csv")
        settings(ledger, '"previous.csv"', '"out.csv"')
        result = kirjaamo("finance", "check", "--select", "FN016", "--format", "json")

        assert result.exit_code == 0
        assert json.loads(result.stdout)["findings"] == []

    def test_an_instance_is_the_previous_filing_too(self, ledger):
        kirjaamo(*EXTRACT, "-o", "out.xbrl")
        settings(ledger, '"previous.csv"', '"out.xbrl"')
        same = kirjaamo("finance", "check", "--select", "FN016", "--format", "json")
        kirjaamo(*EXTRACT, "--until", 6, "-o", "half.xbrl")
        settings(ledger, '"out.xbrl"', '"half.xbrl"')
        settings(ledger, "[finance]\n", '[finance]\nchange_euros = "1"\n')
        other = kirjaamo("finance", "check", "--select", "FN016", "--format", "json")

        assert json.loads(same.stdout)["findings"] == []
        assert json.loads(other.stdout)["findings"]

    def test_the_review_shows_rows_of_the_ledger_and_what_changed(self, ledger):
        kirjaamo(*EXTRACT, "--until", 6, "-o", "half.xbrl")
        result = kirjaamo(*EXTRACT, "-o", "review.html", "--previous", "half.xbrl")
        page = (ledger / "review.html").read_text("utf-8")

        assert result.exit_code == 0, result.stderr
        assert "t_paakirja_2025.csv" in page
        plain = kirjaamo(*EXTRACT, "-o", "plain.html")
        assert plain.exit_code == 0
        assert page != (ledger / "plain.html").read_text("utf-8")

    def test_a_page_is_not_written_beside_an_instance_that_cannot_be(self, ledger):
        settings(
            ledger,
            "[finance.dimensions.account]",
            '[finance.namespaces]\nother = "http://x"\n\n[finance.dimensions.account]',
        )
        said = refused(*EXTRACT, "-o", "review.html", "-o", "out.xbrl")

        assert "has no namespace" in said
        assert not (ledger / "review.html").exists()

    def test_a_quarter_is_cumulative(self, ledger):
        result = kirjaamo(*EXTRACT, "--until", 3, "-o", "out.xbrl", "--format", "csv",
                          "--as-of", "2025-04-15")  # fmt: skip
        told = {
            line.split(",")[0]: line.split(",")[1] for line in result.stdout.splitlines()[1:]
        }

        assert result.exit_code == 0, result.stderr
        assert int(told["after the last month"]) > 0
        assert "<xbrli:instant>2025-03-31<" in (ledger / "out.xbrl").read_text("utf-8")

    def test_the_audit_trail_tells_what_was_filed_from_what(self, ledger):
        kirjaamo(*EXTRACT, "-o", "out.xbrl")
        with sqlite3.connect(ledger / "ledger.sqlite") as base:
            (facts,) = base.execute(
                "SELECT facts FROM audit_trail WHERE event = 'financial report written'"
            ).fetchone()
        base.close()

        assert set(json.loads(facts)["sources"]) == {
            "t_paakirja_2025.csv", "u_talous_2025.xlsx[Tapahtumat]",
        }  # fmt: skip

    def test_data_points_come_from_the_dpm_database_too(self, ledger):
        path = ledger / "taxonomy" / "malli-dpm.sqlite"
        result = kirjaamo(*EXTRACT, "-o", "dpm.xbrl", "--datapoints", path)
        kirjaamo(*EXTRACT, "-o", "out.xbrl")

        assert result.exit_code == 0, result.stderr
        assert (ledger / "dpm.xbrl").read_bytes() == (ledger / "out.xbrl").read_bytes()

    def test_data_points_of_a_table_have_no_totals(self, ledger):
        path = ledger / "taxonomy" / "malli-datapoints.csv"
        words = (*EXTRACT, "-o", "out.xbrl", "--datapoints", path)

        assert kirjaamo(*words).exit_code == 1
        assert (
            "\ntotals                                     0\n"
            in kirjaamo(*words, "--incomplete").stdout
        )

    def test_filing_works_without_a_workspace_ledger_in_finnish(self, ledger):
        result = kirjaamo(*EXTRACT, "-o", "out.xbrl", "--lang", "fi")

        assert result.exit_code == 0
        assert "facts less postings" not in result.stdout


class TestErrors:
    """One clear sentence, and nothing written."""

    def test_errors_of_the_check_stop_it(self, ledger):
        path = ledger / "exports" / "t_paakirja_2025.csv"
        text = path.read_text("utf-8-sig")
        line = next(one for one in text.splitlines() if one.startswith("T000002"))
        path.write_text(text.replace(line, line.replace("T000002", "T-ODD"), 1), "utf-8")
        said = stopped(ledger, code=1)

        assert "FN004 (2)" in said
        assert "Nothing was written." in said

    def test_errors_that_are_waived_do_not(self, ledger):
        self.test_errors_of_the_check_stop_it(ledger)
        (ledger / "waivers.csv").write_text(
            "rule;scope;reason;who;until\nFN004;*;known;M. M.;2099-12-31\n"
        )

        assert kirjaamo(*EXTRACT, "-o", "out.xbrl").exit_code == 0

    def test_warnings_are_told_and_do_not_stop_it(self, ledger):
        (ledger / "activity.csv").write_text("service_class;quantity\n2121;1\n")
        result = kirjaamo(*EXTRACT, "-o", "out.xbrl")

        assert result.exit_code == 0
        assert "The check found warnings and notes: FN017" in result.stderr

    def test_scientific_form(self, ledger):
        path = ledger / "exports" / "t_paakirja_2025.csv"
        lines = path.read_text("utf-8-sig").splitlines()
        cells = lines[9].split(";")
        cells[7:9] = ["1,5E+05", ""]
        lines[9] = ";".join(cells)
        path.write_text("\n".join(lines), "utf-8")

        assert "t_paakirja_2025.csv, row 10" in stopped(ledger)

    def test_mixed_currencies(self, ledger):
        path = ledger / "exports" / "t_paakirja_2025.csv"
        path.write_text(path.read_text("utf-8-sig").replace(";EUR;", ";SEK;", 1), "utf-8")

        assert "1 postings are not in euros" in stopped(ledger)

    def test_postings_outside_the_year(self, ledger):
        result = refused("finance", "extract", "--year", 2024, "-o", "out.xbrl")

        assert "outside the year 2024" in result

    @pytest.mark.parametrize("business_id", ["9000001-2", "", "x"])
    def test_an_unknown_business_id(self, ledger, business_id):
        settings(ledger, 'business_id = "9000001-1"', f'business_id = "{business_id}"')

        assert "business identity code" in stopped(ledger)
        assert kirjaamo(*EXTRACT, "-o", "out.xbrl", "--business-id", "9000001-1").exit_code == 0

    def test_two_values_for_one_data_point(self, ledger):
        settings(ledger, '"MET(malli_met:si5)" = "{business_id}"',
                 '"MET(malli_met:ii3)|malli_dim:PAL(malli_PA:x2121)" = "5"')  # fmt: skip

        assert "would get two values" in stopped(ledger)

    def test_data_points_of_another_version(self, ledger):
        settings(ledger, 'version = "malli-2026-01"', 'version = "malli-2027-01"')
        said = stopped(ledger)

        assert "malli-2026-01" in said
        assert "malli-2027-01 was asked for" in said

    def test_data_points_that_are_none(self, ledger):
        (ledger / "taxonomy" / "malli-datapoints.sqlite").write_bytes(b"no database")

        assert "malli-datapoints.sqlite" in stopped(ledger)

    def test_data_points_that_nobody_named(self, ledger):
        settings(ledger, 'datapoints = "taxonomy/malli-datapoints.sqlite"\n', "")

        assert "--datapoints" in stopped(ledger)

    def test_a_code_without_a_place(self, ledger):
        settings(ledger, 'member = "malli_SE:x{code}"', 'member = "malli_SE:z{code}"')
        said = stopped(ledger)

        assert "have no place in any table" in said

    def test_a_prefix_without_a_namespace(self, ledger):
        settings(
            ledger,
            "[finance.dimensions.account]",
            '[finance.namespaces]\nother = "http://x"\n\n[finance.dimensions.account]',
        )

        assert "has no namespace" in stopped(ledger)

    @pytest.mark.parametrize("content", [b"no zip", b"PK\x05\x06" + bytes(18)])
    def test_a_taxonomy_package_that_is_none(self, ledger, content):
        (ledger / "taxonomy" / "malli-taxonomy.zip").write_bytes(content)

        assert "malli-taxonomy.zip" in stopped(ledger)

    def test_mandatory_data_points(self, ledger):
        settings(ledger, '"MET(malli_met:si5)" = "{business_id}"\n', "")

        assert "100001" in stopped(ledger, code=1)
        result = kirjaamo(*EXTRACT, "-o", "out.xbrl", "--incomplete")
        assert result.exit_code == 1
        assert "Mandatory and missing: 100001" in result.stderr
        assert (ledger / "out.xbrl").exists()

    def test_an_unknown_form(self, ledger):
        assert ".doc" in refused(*EXTRACT, "-o", "out.doc")

    def test_a_folder_that_cannot_be_written(self, ledger):
        (ledger / "file").write_text("")

        assert "file" in refused(*EXTRACT, "-o", ledger / "file" / "out.xbrl")

    def test_a_ledger_with_every_defect(self, damaged, tmp_path, monkeypatch):
        monkeypatch.chdir(damaged)
        said = refused(*EXTRACT, "-o", tmp_path / "out.xbrl")

        assert "cannot be read" in said
        assert not (tmp_path / "out.xbrl").exists()
