"""Extracts: every cent is filed once, or nothing is filed and one sentence says why."""

import dataclasses

import msgspec
import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kirjaamo.errors import KirjaamoError
from kirjaamo.finance.checking import beside
from kirjaamo.finance.datapoints.errors import (
    NoDimensionError,
    NoPlaceError,
    SignatureError,
    TwoValuesError,
)
from kirjaamo.finance.datapoints.placing import signed
from kirjaamo.finance.extracting import telling
from kirjaamo.finance.extracting.errors import (
    MissingMandatoryError,
    NothingToFileError,
    NoWholeNumberError,
    UnknownPointError,
)
from kirjaamo.finance.extracting.filing import extract
from kirjaamo.finance.extracting.values import unit_of
from kirjaamo.finance.mapping.errors import UnmappedError
from kirjaamo.finance.postings.errors import (
    OtherCurrencyError,
    OutsideYearError,
    UnreadableError,
)
from kirjaamo.finance.writing import write as write_filing
from kirjaamo.samples.ledger import chart
from tests.finance.ledgers import mapped, terms

INCOME = "MET(malli_met:md1)|malli_dim:PAL(malli_PA:y20)|malli_dim:SEK(malli_SE:y0)|malli_dim:TIL(malli_TI:y39)"
CELL = "MET(malli_met:md1)|malli_dim:PAL(malli_PA:x2121)|malli_dim:SEK(malli_SE:x1)|malli_dim:TIL(malli_TI:x{})"


@pytest.fixture
def made(settings, points):
    """Return what makes an extract of rows."""

    def make(*rows, activity=None, **more):
        finance = msgspec.structs.replace(settings, **more.pop("finance", {}))
        return extract(mapped(*rows), terms(finance, points, **more), activity)

    make.points = points
    return make


def values(extracted):
    facts = extracted.filing.facts
    return dict(zip(facts["signature"], facts["value"], strict=True))


class TestFacts:
    def test_are_one_for_each_data_point(self, made):
        found = values(made({"cents": 100}, {"cents": 250}, {"account": "4300", "cents": 5}))

        assert found[CELL.format(4000)] == "3.50"
        assert found[CELL.format(4300)] == "0.05"

    def test_have_the_sign_of_their_account(self, made):
        found = values(
            made({"account": "3005", "cents": -700}, {"account": "4090", "cents": -50})
        )

        assert found[CELL.format(3005)] == "7.00"
        assert found[CELL.format(4090)] == "0.50"
        assert found[INCOME] == "7.50"

    def test_of_totals_follow_the_hierarchies(self, made):
        found = values(
            made({"account": "4000", "cents": 1000}, {"account": "3005", "cents": -300})
        )

        assert found[INCOME] == "-7.00"

    def test_of_nought_are_filed_and_empty_ones_are_not(self, made):
        extracted = made({"cents": 100}, {"cents": -100}, {"account": "4300"})
        found = values(extracted)

        assert found[CELL.format(4000)] == "0.00"
        assert CELL.format(4110) not in found
        assert (
            dict(telling.summary(extracted).select("line", "count").rows())[
                "noughts of postings"
            ]
            == 1
        )

    def test_of_the_settings_are_filled_in(self, made):
        found = values(made({}, until=9))

        assert found["MET(malli_met:si5)"] == "9000001-1"
        assert found["MET(malli_met:di6)"] == "2025-01-01"
        assert found["MET(malli_met:di7)"] == "2025-09-30"

    def test_of_percentages_have_their_unit(self, made):
        facts = made({}, finance={"facts": {"MET(malli_met:pi4)": "0.8000"}}, incomplete=True)
        row = facts.filing.facts.filter(pl.col("signature") == "MET(malli_met:pi4)").row(0)

        assert row == ("MET(malli_met:pi4)", "2025-12-31", "xbrli:pure", "4", "0.8000")

    def test_run_from_the_start_of_the_year_to_the_last_month(self, made):
        rows = [{"period": f"2025-{month:02}", "cents": 100} for month in range(13)]
        extracted = made(*rows, until=6)

        assert values(extracted)[CELL.format(4000)] == "7.00"
        assert extracted.chosen.later.height == 6
        assert set(extracted.filing.facts["period"]) == {"2025-06-30"}

    def test_count_activities_by_class(self, made, tmp_path):
        path = tmp_path / "activity.csv"
        path.write_text("service_class;quantity\n2121;12\n2121;3\n2131;1\n", "utf-8")
        extracted = made({}, activity=beside.activity(path))
        clients = "MET(malli_met:ii3)|malli_dim:PAL(malli_PA:x2121)"
        row = extracted.filing.facts.filter(pl.col("signature") == clients).row(0)

        assert row == (clients, "2025-12-31", "xbrli:pure", "0", "15")

    def test_of_postings_without_a_code_may_have_a_member_of_their_own(self, made, settings):
        sector = msgspec.structs.replace(settings.dimensions["sector"], empty="malli_SE:x6")
        dimensions = {**settings.dimensions, "sector": sector}
        found = values(made({"sector": None}, finance={"dimensions": dimensions}))

        assert found[CELL.format(4000).replace("SE:x1", "SE:x6")] == "1.00"

    def test_of_codes_with_a_member_of_another_name(self, made, settings):
        account = msgspec.structs.replace(
            settings.dimensions["account"], members={"9999": "malli_TI:x4000"}
        )
        dimensions = {**settings.dimensions, "account": account}
        found = values(made({"account": "9999"}, {}, finance={"dimensions": dimensions}))

        assert found[CELL.format(4000)] == "2.00"

    @pytest.mark.parametrize(
        ("metric", "expected"),
        [("x_met:md1", ("iso4217:EUR", "2")), ("x_met:ii3", ("xbrli:pure", "0")),
         ("x_met:pi4", ("xbrli:pure", "4")), ("x_met:si5", ("", "")), ("x_met:di6", ("", ""))],
    )  # fmt: skip
    def test_have_the_unit_of_their_metric(self, metric, expected):
        assert unit_of(metric) == expected


def stopped(make, *rows, error, **more):
    with pytest.raises(error) as raised:
        make(*rows, **more)
    return str(raised.value)


class TestPrevious:
    def test_an_instance_gives_the_sums_of_its_codes(self, made, settings, tmp_path):
        account = msgspec.structs.replace(
            settings.dimensions["account"], members={"9999": "malli_TI:x4300"}
        )
        finance = msgspec.structs.replace(
            settings,
            dimensions={**settings.dimensions, "account": account},
            namespaces={
                f"malli_{name}": f"http://{name}" for name in ("met", "dim", "TI", "PA", "SE")
            },
        )
        rows = [{"cents": 100}, {"cents": 50, "sector": "2"}, {"account": "9999", "cents": 7},
                {"account": "3005", "cents": -30}]  # fmt: skip
        path = tmp_path / "filing.xbrl"
        write_filing(path, extract(mapped(*rows), terms(finance, made.points)).filing)
        found = beside.previous(path, finance)

        assert sorted(found.rows()) == [
            ("3005", "2121", "filing.xbrl", 1, 30),
            ("4000", "2121", "filing.xbrl", 1, 150),
            ("9999", "2121", "filing.xbrl", 1, 7),
        ]

    def test_settings_without_dimensions_find_no_codes(self, made, settings, tmp_path):
        names = {f"malli_{name}": f"http://{name}" for name in ("met", "dim", "TI", "PA", "SE")}
        path = tmp_path / "filing.xbrl"
        finance = msgspec.structs.replace(settings, namespaces=names)
        write_filing(path, extract(mapped({}), terms(finance, made.points)).filing)
        bare = msgspec.structs.replace(settings, dimensions={})

        assert beside.previous(path, bare)["national_account"].to_list() == [None]


class TestErrors:
    def test_a_sum_without_a_place_names_its_codes_and_its_size(self, made):
        said = stopped(made, {}, {"account": "1700", "cents": 123456}, error=NoPlaceError)

        assert "Account 1700, service class 2121, sector 1: 1\xa0234,56\xa0€" in said
        assert "1 sums" in said

    def test_a_posting_without_a_class_has_no_place(self, made):
        said = stopped(made, {"service_class": None}, {"sector": None}, error=NoPlaceError)

        assert "2 sums" in said
        assert "\N{EN DASH}" in said

    def test_an_amount_that_cannot_be_read_stops_everything(self, made):
        said = stopped(made, {}, {"cents": None}, error=UnreadableError)

        assert "1 postings" in said
        assert "t.csv, row 3" in said

    def test_a_period_that_cannot_be_read_stops_everything(self, made):
        stopped(made, {"period": None}, error=UnreadableError)

    def test_mixed_currencies_stop_everything(self, made):
        said = stopped(made, {}, {"currency": "SEK"}, error=OtherCurrencyError)

        assert "not in euros" in said

    @pytest.mark.parametrize("period", ["2024-12", "2026-01", "2024-00"])
    def test_a_posting_outside_the_year_stops_everything(self, made, period):
        said = stopped(made, {}, {"period": period}, error=OutsideYearError)

        assert "outside the year 2025" in said

    def test_an_unmapped_cost_centre_stops_with_the_sum_and_the_rows(self, made):
        rows = [{"service_class": None, "cost_centre": "11", "cents": n} for n in (100, -30)]
        said = stopped(made, {}, *rows, error=UnmappedError)

        assert "2 postings are not mapped: 0,70\xa0€ net, 1,30\xa0€ in all" in said
        assert "t.csv:3, t.csv:4" in said

    def test_only_the_first_rows_are_named(self, made):
        rows = [{"service_class": None, "cost_centre": "11"}] * 12
        said = stopped(made, *rows, error=UnmappedError)

        assert "t.csv:11 …" in said
        assert "t.csv:12" not in said

    def test_a_year_without_postings_is_an_error(self, made):
        assert "2025" in stopped(made, error=NothingToFileError)
        stopped(made, {"period": "2025-12"}, until=11, error=NothingToFileError)

    def test_a_data_point_with_two_values_is_an_error(self, made, settings):
        facts = {**settings.facts, CELL.format(4000): "1.00"}
        said = stopped(made, {}, finance={"facts": facts}, error=TwoValuesError)

        assert CELL.format(4000) in said

    def test_one_data_point_written_in_two_ways_is_an_error(self, made):
        facts = {"MET(malli_met:si5)": "a", " MET(malli_met:si5)": "b"}
        stopped(made, {}, finance={"facts": facts}, error=TwoValuesError, incomplete=True)

    def test_a_data_point_of_another_version_is_an_error(self, made):
        said = stopped(made, {}, finance={"facts": {"MET(malli_met:si9)": "x"}},
                       error=UnknownPointError)  # fmt: skip

        assert "malli-datapoints.sqlite" in said

    def test_a_signature_that_is_none_is_an_error(self, made):
        stopped(made, {}, finance={"facts": {"si5": "x"}}, error=SignatureError)

    @pytest.mark.parametrize("name", ["metric", "dimensions"])
    def test_settings_without_a_taxonomy_are_an_error(self, made, name):
        empty = {} if name == "dimensions" else ""
        said = stopped(made, {}, finance={name: empty}, error=NoDimensionError)

        assert f"“{name}”" in said

    def test_mandatory_data_points_without_a_value_are_listed(self, made):
        said = stopped(made, {}, finance={"facts": {}}, error=MissingMandatoryError)

        assert "3 mandatory data points" in said
        assert "100001" in said

    def test_incomplete_filings_are_made_when_asked_for(self, made):
        extracted = made({}, finance={"facts": {}}, incomplete=True)

        assert set(extracted.missing["id"]) == {"100001", "100002", "100003"}

    def test_mandatory_amounts_are_filed_as_nought_when_asked_for(self, made, points, settings):
        more = points.frame.with_columns(
            mandatory=pl.col("mandatory") | (pl.col("signature") == CELL.format(4110))
        )
        other = dataclasses.replace(points, frame=more)
        asked = terms(settings, other, zeros=True)
        found = extract(mapped({}), asked)

        assert values(found)[CELL.format(4110)] == "0.00"
        assert found.zeros == 1
        with pytest.raises(MissingMandatoryError):
            extract(mapped({}), dataclasses.replace(asked, zeros=False))

    def test_a_quantity_with_a_fraction_is_an_error(self, made, tmp_path):
        path = tmp_path / "activity.csv"
        path.write_text("service_class;quantity\n2121;1,5\n", "utf-8")
        said = stopped(made, {}, activity=beside.activity(path), error=NoWholeNumberError)

        assert "2121" in said

    def test_no_error_is_more_than_a_sentence_or_two(self, made):
        for rows in ([{"cents": None}], [{"currency": "SEK"}], [{"account": "1"}]):
            with pytest.raises(KirjaamoError) as raised:
                made(*rows)
            assert str(raised.value).endswith(
                "Nothing was written."
            ) or "nothing was written" in str(raised.value)


ACCOUNTS = [code for code in chart.names("TIL") if not code.startswith("48")]
rows = st.lists(
    st.fixed_dictionaries(
        {
            "account": st.sampled_from(ACCOUNTS),
            "service_class": st.sampled_from(list(chart.names("PAL"))),
            "sector": st.sampled_from(list(chart.names("SEK"))),
            "cents": st.integers(-(10**12), 10**12),
            "period": st.integers(0, 12).map("2025-{:02}".format),
        }
    ),
    min_size=1,
    max_size=40,
)
quick = hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class TestLaws:
    @given(rows=rows)
    @quick
    def test_no_cent_is_lost(self, rows, settings, points):
        extracted = extract(mapped(*rows), terms(settings, points, incomplete=True))
        own = extracted.placed.filter("own")["hundredths"].sum()
        filed = extracted.chosen.filed

        credit = filed["national_account"].str.starts_with("3") | filed[
            "national_account"
        ].is_in(chart.REVERSED)
        by_hand = sum(
            -cents if is_credit else cents
            for cents, is_credit in zip(filed["cents"], credit, strict=True)
        )
        assert own == by_hand
        assert extracted.difference == 0
        assert filed.height == len(rows)

    @given(rows=rows, seed=st.randoms(use_true_random=False))
    @quick
    def test_the_order_of_postings_does_not_matter(self, rows, seed, settings, points):
        shuffled = rows.copy()
        seed.shuffle(shuffled)
        asked = terms(settings, points, incomplete=True)
        first, second = (extract(mapped(*r), asked) for r in (rows, shuffled))

        assert first.filing.facts.equals(second.filing.facts)

    @given(rows=rows)
    @quick
    def test_the_total_of_everything_is_income_less_costs(self, rows, settings, points):
        extracted = extract(mapped(*rows), terms(settings, points, incomplete=True))
        found = values(extracted).get(INCOME, "0.00")

        assert round(float(found) * 100) == -sum(row["cents"] for row in rows)

    @given(rows=rows)
    @quick
    def test_every_posting_belongs_to_one_fact(self, rows, settings, points):
        extracted = extract(mapped(*rows), terms(settings, points, incomplete=True))
        found = telling.rows(extracted)
        own = extracted.placed.filter("own")["signature"]

        assert found.height == len(rows)
        assert set(found["signature"]) == set(own)

    def test_the_signature_of_a_row_is_the_one_that_is_filed(self, settings, points):
        codes = pl.DataFrame({"account": ["4000"], "service_class": ["2121"], "sector": ["1"]})

        assert signed(codes, settings.metric, settings.dimensions).to_list() == [
            CELL.format(4000)
        ]
        assert CELL.format(4000) in set(points.frame["signature"])
