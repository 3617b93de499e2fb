"""Mapping of ledgers: first come, first served; nothing is dropped; euros are counted."""

import datetime as dt

import openpyxl
import polars as pl
import pytest

from kirjaamo.finance.mapping import STATES
from kirjaamo.finance.mapping.applying import decided
from kirjaamo.finance.mapping.coverage import WORDS, coverage
from kirjaamo.finance.mapping.errors import UnmappedError
from kirjaamo.mappings import Crosswalk, local
from tests.command_line import kirjaamo, refused
from tests.finance.ledgers import mapped
from tests.mappings.crosswalks import frame, row


def crosswalk(source, target, *rows):
    name = f"x_{source}_{target}"
    return {name: Crosswalk(name, local("X", source), target, frame(list(rows)))}


def codes(found):
    names = ("national_account", "national_class", "national_sector")
    return found.select(names).rows()


class TestCodes:
    def test_without_a_mapping_are_national_already(self):
        assert codes(mapped({})) == [("4000", "2121", "1")]

    def test_with_a_mapping_are_local(self):
        walks = crosswalk("account", "account", row("400000", "4000"))
        found = mapped({"account": "400000"}, {"account": "4000"}, crosswalks=walks)

        assert found["national_account"].to_list() == ["4000", None]
        assert found["account_status"].to_list() == ["approved", "missing"]

    def test_of_a_cost_centre_fill_what_the_posting_does_not_state(self):
        walks = crosswalk("cost_centre", "service_class", row("11", "2131")) | crosswalk(
            "cost_centre", "sector", row("11", "3")
        )
        found = mapped(
            {"service_class": None, "sector": None, "cost_centre": "11"},
            {"cost_centre": "11"},
            crosswalks=walks,
        )

        assert codes(found) == [("4000", "2131", "3"), ("4000", "2121", "1")]

    def test_of_one_unit_or_of_some_months_hold_there_alone(self):
        walks = crosswalk(
            "cost_centre",
            "service_class",
            row("11", "2131", valid_to=dt.date(2025, 6, 30)),
            row("11", "2180", valid_from=dt.date(2025, 7, 1)),
        )
        found = mapped(
            *({"service_class": None, "cost_centre": "11", "period": f"2025-{m}"}
              for m in ("00", "06", "07")),
            crosswalks=walks,
        )  # fmt: skip

        assert found["national_class"].to_list() == ["2131", "2131", "2180"]

    def test_of_each_system_have_their_own_mapping(self):
        walks = crosswalk("account", "account", row("4", "4000"))
        found = mapped({"account": "4"}, {"account": "4", "system": "Y"}, crosswalks=walks)

        assert found["national_account"].to_list() == ["4000", "4"]
        assert found["account_status"].to_list() == ["approved", "national"]

    def test_of_no_posting_are_none(self):
        assert codes(mapped()) == []


class TestDecisions:
    def test_what_is_filed_nowhere_is_left_out_with_its_reason(self):
        walks = crosswalk("account", "account", row("1", None, reason="balance sheet"),
                          row("4", "4000"))  # fmt: skip
        found = mapped({"account": "1"}, {"account": "4"}, crosswalks=walks)

        assert decided(found)["account"].to_list() == ["4"]
        assert found["account_reason"][0] == "balance sheet"

    @pytest.mark.parametrize("status", ["proposed", "rejected"])
    def test_what_nobody_approved_stops(self, status):
        walks = crosswalk("account", "account", row("4", "4000", status=status))

        with pytest.raises(UnmappedError):
            decided(mapped({"account": "4"}, crosswalks=walks))


class TestCoverage:
    def test_is_told_in_euros_by_field_and_state(self):
        walks = crosswalk("account", "account", row("4", "4000"),
                          row("1", None, reason="balance sheet"))  # fmt: skip
        found = coverage(
            mapped(
                {"account": "4", "cents": 600}, {"account": "4", "cents": -200},
                {"account": "1", "cents": -100}, {"account": "9", "cents": 100},
                crosswalks=walks,
            )
        ).filter(pl.col("field") == "account")  # fmt: skip

        assert found.drop("field").rows() == [
            ("approved", "", 1, 2, "4.00", "8.00", 80.0),
            ("missing", "", 1, 1, "1.00", "1.00", 10.0),
            ("unmappable", "balance sheet", 1, 1, "-1.00", "1.00", 10.0),
        ]

    def test_of_nothing_is_nothing(self):
        assert coverage(mapped()).is_empty()

    def test_every_state_has_its_word(self):
        assert set(WORDS) == set(STATES)

    def test_ends_with_1_when_something_is_undecided(self, ledger):
        assert kirjaamo("finance", "coverage").exit_code == 0
        (ledger / "mappings" / "u_cost_centre_sector.yaml").unlink()
        result = kirjaamo("finance", "coverage", "--format", "csv")

        assert result.exit_code == 1
        assert "sector,missing" in result.stdout


class TestWorkbook:
    def test_decides_what_stops_an_extract(self, ledger):
        """Take a mapping away, decide it anew in the workbook, and file."""
        for name in ("t_cost_centre_service_class", "u_cost_centre_service_class"):
            (ledger / "mappings" / f"{name}.yaml").unlink()
        assert "not mapped" in refused("finance", "extract", "-o", "out.xbrl")

        name = "t_cost_centre_service_class"
        assert kirjaamo("map", "workbook", "-o", "m.xlsx").exit_code == 0
        book = openpyxl.load_workbook("m.xlsx")
        for sheet in (name, name.replace("t_", "u_", 1)):
            headings = [cell.value for cell in book[sheet][1]]
            column = {heading: place for place, heading in enumerate(headings, 1)}
            for line in range(2, book[sheet].max_row + 1):
                for heading, value in (
                    ("New value", "2121 | x"), ("Status", "approved"),
                    ("Confidence", "confirmed"), ("Owner", "M. M."),
                ):  # fmt: skip
                    book[sheet].cell(line, column[heading]).value = value
        book.save("m.xlsx")
        done = kirjaamo("map", "import", "m.xlsx")
        assert done.exit_code == 0, done.stderr

        assert kirjaamo("map", "check", "--mapping", name).exit_code == 0
        assert kirjaamo("finance", "coverage").exit_code == 0

    def test_rows_that_sum_others_have_no_code_to_map(self, ledger):
        result = kirjaamo("map", "check", "--format", "csv")

        assert "values that occur have no row" not in result.stdout
