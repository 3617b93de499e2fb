"""Postings: every Finnish form of a number and of a period, and sources of every kind."""

import io
import sqlite3

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.finance.postings import as_euros, euros, shown
from kirjaamo.finance.postings.errors import NoPostingsError
from kirjaamo.finance.postings.numbers import cents
from kirjaamo.finance.postings.reading import read
from kirjaamo.finance.postings.summary import summary, table
from kirjaamo.sources import profile as profiles
from kirjaamo.sources.formats import open_source
from kirjaamo.sources.periods import main_year, period
from kirjaamo.sources.profile import Amounts, Forms
from tests.command_line import kirjaamo, refused

SPACES = (" ", "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}")
MINUSES = ("-", "\N{MINUS SIGN}", "\N{EN DASH}")


def read_one(text, decimal="comma", euros_each=1):
    frame = pl.DataFrame({"a": [text]}, schema={"a": pl.String})
    found = frame.select(cents(pl.col("a"), Forms(decimal=decimal), euros_each).alias("x"))
    return tuple(found["x"][0].values())


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("0", 0),
            ("12", 1200),
            ("12,5", 1250),
            ("12,34", 1234),
            ("12.34", 1234),
            ("1234567,89", 123456789),
            ("1 234 567,89", 123456789),
            ("1.234.567,89", 123456789),
            ("-12,34", -1234),
            ("12,34-", -1234),
            ("12,34 -", -1234),
            ("(12,34)", -1234),
            ("+12,34", 1234),
            ("- 12,34", -1234),
            ("12,34 €", 1234),
            ("12,34 EUR", 1234),
            (" 12,34 ", 1234),
            ("999999999999,99", 99999999999999),
        ],
    )
    def test_are_read(self, text, expected):
        assert read_one(text) == (expected, False)

    @pytest.mark.parametrize(
        "text",
        ["1,5E+05", "1e3", "1.500", "1,234,567", "12,34-€-", "--5", "(5", "(-5)", "5)", "12,,3",
         "1 23", "12 34,5", ",5", "5,", "noin 5", "5 000 0", "\N{ARABIC-INDIC DIGIT FIVE}",
         "1234567890123", "NaN", "inf", "0x10", "5 SEK"],
    )  # fmt: skip
    def test_that_mean_nothing_or_two_things_are_not_read(self, text):
        assert read_one(text) == (None, False)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("0,004", 0),
            ("0,005", 1),
            ("-0,005", -1),
            ("0,0049999", 0),
            ("1,235", 124),
            ("1234.5600000000001", 123456),
            ("0.30000000000000004", 30),
        ],
    )
    def test_with_more_decimals_are_rounded_half_away_from_zero(self, text, expected):
        assert read_one(text) == (expected, True)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("12", (1200000, False)),
            ("0,00001", (1, False)),
            ("0,000005", (1, True)),
            ("0,0000049", (0, True)),
            ("(1,5)", (-150000, False)),
        ],
    )
    def test_in_thousands_of_euros(self, text, expected):
        assert read_one(text, euros_each=1000) == expected

    @pytest.mark.parametrize(
        ("text", "expected"), [("1,234.56", 123456), ("1234.5", 123450), ("1 234.50", 123450)]
    )
    def test_with_a_decimal_point(self, text, expected):
        assert read_one(text, "point") == (expected, False)

    @pytest.mark.parametrize("text", ["1,5", "1.234,56", "1,23.4"])
    def test_with_a_comma_where_a_point_is_due_are_not_read(self, text):
        assert read_one(text, "point") == (None, False)

    @given(
        number=st.integers(-(10**14) + 1, 10**14 - 1),
        space=st.sampled_from(["", *SPACES, "."]),
        minus=st.sampled_from([*MINUSES, "after", "brackets"]),
        sign=st.sampled_from(["", " €", "EUR"]),
    )
    def test_in_every_form_mean_the_same(self, number, space, minus, sign):
        size = f"{euros(abs(number)):,.2f}".replace(".", ";").replace(",", space)
        size = size.replace(";", ",")
        negative = {"after": f"{size}-", "brackets": f"({size})"}.get(minus, minus + size)

        assert read_one((negative if number < 0 else size) + sign) == (number, False)

    @given(st.integers(-(10**13), 10**13))
    def test_written_as_euros_are_read_as_the_same_cents(self, number):
        text = pl.select(as_euros(pl.lit(number, pl.Int64))).item()

        assert read_one(text, "point") == (number, False)
        assert read_one(shown(number)) == (number, False)
        assert text == f"{euros(number):.2f}"

    def test_that_are_nothing_stay_nothing(self):
        assert read_one(None) == (None, False)
        assert pl.select(as_euros(pl.lit(None, pl.Int64))).item() is None


class TestPeriods:
    @pytest.mark.parametrize(
        "text",
        ["2025-03", "2025-03-31", "2025/03", "202503", "03/2025", "3/2025", "03.2025", "3.2025",
         "31.3.2025", "2025-03-31 00:00:00", "2025-03-31T12:00:00"],
    )  # fmt: skip
    def test_are_read_in_every_usual_form(self, text):
        frame = pl.DataFrame({"p": [text]})

        assert frame.select(period(pl.col("p"), "", Amounts(), pl.lit(""))).item() == "2025-03"

    @pytest.mark.parametrize("text", ["2025-13", "2025", "maaliskuu", "25-03", "2025-3-", ""])
    def test_that_are_none_are_not_read(self, text):
        frame = pl.DataFrame({"p": [text]})

        assert frame.select(period(pl.col("p"), "", Amounts(), pl.lit(""))).item() is None

    def test_of_the_profile_come_alone(self):
        frame = pl.DataFrame({"p": ["03/2025", "2025-03"]})
        found = frame.select(period(pl.col("p"), "%m/%Y", Amounts(), pl.lit("")))

        assert found.to_series().to_list() == ["2025-03", None]

    def test_year_is_that_of_most_postings(self):
        frame = pl.DataFrame({"period": ["2024-12", "2025-01", "2025-02", None]})

        assert main_year(frame) == 2025
        assert main_year(frame.head(0)) == 0


LABEL = "label: {fi: Kirja, sv: Bok, en: Book}"
FIELDS = "{document_no: Nr, period: Kausi, account: Tili, cost_centre: Kp}"


def profile(tmp_path, amounts="", fields=FIELDS, **facts):
    part = {"files": "'*'", **facts}
    lines = "\n".join(f"    {name}: {value}" for name, value in part.items())
    path = tmp_path / "profile.yaml"
    path.write_text(
        f"system: T\n{LABEL}\nparts:\n  - tables:\n      posting:\n        fields: {fields}\n"
        f"        amounts: {{{amounts}}}\n{lines}\n",
        "utf-8",
    )
    return profiles.read(path)


def of_csv(tmp_path, lines, amounts="", fields=FIELDS):
    path = tmp_path / "kirja.csv"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return read(open_source(str(path), [profile(tmp_path, amounts, fields)]))


def amounts_of(postings):
    return postings.frame["cents"].to_list()


WITH_AMOUNT = FIELDS[:-1] + ", amount: Summa}"


class TestSources:
    def test_with_columns_of_debit_and_credit(self, tmp_path):
        found = of_csv(
            tmp_path,
            ["Nr;Kausi;Tili;Kp;Debet;Kredit", "1;2025-01;4000;11;1 000,50;", "1;2025-01;2530;;;1 000,50",
             "2;2025-01;4000;11;5,00;2,00", "2;2025-01;4000;11;;", "3;2025-01;4000;11;-5,00;", "3;2025-01;4000;11;x;1,00"],
            "debit: Debet, credit: Kredit",
        )  # fmt: skip

        assert amounts_of(found) == [100050, -100050, 300, None, -500, None]

    def test_with_a_letter_for_the_side(self, tmp_path):
        found = of_csv(
            tmp_path,
            ["Nr;Kausi;Tili;Kp;Summa;DK", "1;2025-01;4;1;5,00;D", "1;2025-01;4;1;5,00;k",
             "1;2025-01;4;1;5,00;C", "1;2025-01;4;1;5,00;X", "1;2025-01;4;1;5,00;"],
            "side: DK",
            WITH_AMOUNT,
        )  # fmt: skip

        assert amounts_of(found) == [500, -500, -500, None, None]

    def test_in_thousands_with_words_for_the_opening_balance(self, tmp_path):
        found = of_csv(
            tmp_path,
            ["Nr;Kausi;Tili;Kp;Summa", ";Avaus;1700;;1,5", ";2025-01;1700;;0,0000049"],
            "euros: 1000, opening: [Avaus]",
            WITH_AMOUNT,
        )

        assert found.frame["period"].to_list() == ["2025-00", "2025-01"]
        assert amounts_of(found) == [150000, 0]
        assert found.frame["rounded"].to_list() == [False, True]

    def test_that_run_from_the_start_of_the_year_become_periods(self, tmp_path):
        lines = ["Nr;Kausi;Tili;Kp;Summa", ";2025-00;4000;11;7,00", ";2025-01;4000;11;10,00",
                 ";2025-02;4000;11;25,00", ";2025-02;4300;11;1,00", ";2025-03;4000;11;20,00",
                 ";2026-01;4000;11;3,00", ";2025-03;4300;11;x"]  # fmt: skip
        found = of_csv(tmp_path, lines, "running: cumulative", WITH_AMOUNT)

        assert amounts_of(found) == [700, 1000, 1500, 100, -500, 300, None]

    def test_running_sums_keep_the_sum_of_the_year(self, tmp_path):
        lines = [
            "Nr;Kausi;Tili;Kp;Summa",
            *(f";2025-{m:02};4000;11;{m * m},00" for m in range(1, 13)),
        ]
        found = of_csv(tmp_path, lines, "running: cumulative", WITH_AMOUNT)

        assert sum(amounts_of(found)) == 14400

    def test_with_rows_that_sum_others(self, tmp_path):
        found = of_csv(
            tmp_path,
            ["Nr;Kausi;Tili;Kp;Summa", "1;2025-01;4300;11;5,00", ";;43**;;5,00"],
            "subtotal: '^([0-9]{2})[*]{2}$'",
            WITH_AMOUNT,
        )

        assert amounts_of(found) == [500]
        assert found.subtotals.select("begins", "cents", "_row").rows() == [("43", 500, 3)]

    def test_rows_that_say_nothing_are_no_postings(self, tmp_path):
        found = of_csv(
            tmp_path,
            ["Nr;Kausi;Tili;Kp;Summa", "1;2025-01;4300;11;5,00", ";;;;", ";2025-01;;;"],
            "",
            WITH_AMOUNT,
        )

        assert found.frame["_row"].to_list() == [2]

    def test_without_a_period_or_an_amount_are_read_as_far_as_they_go(self, tmp_path):
        found = of_csv(tmp_path, ["Tili", "4300"], "", "{account: Tili}")

        assert found.frame.select("account", "period", "cents", "currency").row(0) == (
            "4300", None, None, "EUR",
        )  # fmt: skip

    def test_of_workbooks_name_the_row_a_person_sees(self, tmp_path):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            sheet = book.add_worksheet("T")
            sheet.write_row(1, 0, ["Nr", "Kausi", "Tili", "Kp", "Summa"])
            sheet.write_row(2, 0, ["1", "01/2025", "4000", "11", 1234.56])
            sheet.write_row(3, 0, ["1", "01/2025", "2530", "", -0.1 - 0.2])
        path = tmp_path / "kirja.xlsx"
        path.write_bytes(stream.getvalue())
        mapped = profile(tmp_path, "", WITH_AMOUNT, sheet="T", skip_rows=1)
        found = read(open_source(str(path), [mapped]))

        assert found.frame.select("_source", "_row", "cents", "rounded").rows() == [
            ("kirja.xlsx[T]", 3, 123456, False), ("kirja.xlsx[T]", 4, -30, False),
        ]  # fmt: skip

    def test_of_databases_are_read_by_their_url(self, tmp_path):
        path = tmp_path / "erp.sqlite"
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE kirja (Nr, Kausi, Tili, Kp, Summa)")
            rows = [
                ("1", "2025-01", "4000", "11", 1234.5),
                ("1", "2025-01", "2530", None, "-1234,50"),
            ]
            base.executemany("INSERT INTO kirja VALUES (?, ?, ?, ?, ?)", rows)
        base.close()
        mapped = profile(tmp_path, "", WITH_AMOUNT, sheet="kirja")
        found = read(open_source(f"sqlite:///{path}", [mapped]))

        assert sorted(amounts_of(found)) == [-123450, 123450]

    def test_without_postings_are_an_error(self):
        with pytest.raises(NoPostingsError):
            read([])


class TestSummary:
    def test_tells_every_system_and_period_and_all(self, tmp_path):
        found = of_csv(
            tmp_path,
            ["Nr;Kausi;Tili;Kp;Summa", "1;2025-02;4;;5,005", "1;2025-01;4;;-5,00",
             "1;2025-01;4;;2,00", "1;x;4;;1,00", "1;2025-01;4;;1E3"],
            "",
            WITH_AMOUNT,
        )  # fmt: skip

        assert summary(found).rows() == [
            ("T", "2025-01", 3, "2.00", "5.00", "-3.00", 0, 1),
            ("T", "2025-02", 1, "5.01", "0.00", "5.01", 1, 0),
            ("T", None, 1, "1.00", "0.00", "1.00", 0, 1),
            ("", "*", 5, "8.01", "5.00", "3.01", 1, 2),
        ]

    def test_of_nothing_is_one_line_of_noughts(self, tmp_path):
        found = of_csv(tmp_path, ["Nr;Kausi;Tili;Kp;Summa"], "", WITH_AMOUNT)

        assert summary(found).height == 0
        assert table(found).height == 0


class TestCommand:
    @pytest.fixture
    def ledger(self, tmp_path):
        """Return the words that read a small ledger."""
        (tmp_path / "kirja.csv").write_text(
            "Nr;Kausi;Tili;Kp;Summa\n1;2025-01;4300;11;5,005\n1;2025-01;2530;;(5,01)\n", "utf-8"
        )
        profile(tmp_path, "", WITH_AMOUNT)
        return (
            "finance",
            "import",
            tmp_path / "kirja.csv",
            "--profile",
            tmp_path / "profile.yaml",
        )

    def test_shows_sums_and_what_was_rounded(self, ledger):
        result = kirjaamo(*ledger, "--format", "csv")

        assert result.exit_code == 0, result.stderr
        assert result.stdout.splitlines()[1] == "T,2025-01,2,5.01,5.01,0.00,1,0"
        assert "Rounded to cents, half away from zero: 1 amounts." in result.stderr

    @pytest.mark.parametrize("ending", ["csv", "parquet"])
    def test_writes_the_postings(self, ledger, tmp_path, ending):
        path = tmp_path / f"postings.{ending}"
        kirjaamo(*ledger, "-o", path)
        again = kirjaamo(*ledger, "-o", tmp_path / f"again.{ending}")
        read_back = pl.read_parquet(path) if ending == "parquet" else pl.read_csv(
            path, separator=";", infer_schema=False)  # fmt: skip

        assert read_back.select("account", "amount", "currency").rows() == [
            ("4300", "5.01", "EUR"), ("2530", "-5.01", "EUR"),
        ]  # fmt: skip
        assert again.exit_code == 0
        assert path.read_bytes() == (tmp_path / f"again.{ending}").read_bytes()

    def test_ends_with_1_when_something_cannot_be_read(self, ledger, tmp_path):
        with (tmp_path / "kirja.csv").open("a") as stream:
            stream.write("2;2025-01;4300;11;1,5E+05\n43;;43**;;1,00\n")
        result = kirjaamo(*ledger)

        assert result.exit_code == 1
        assert "Not readable: 2 postings" in result.stderr

    def test_refuses_other_endings(self, ledger, tmp_path):
        result = kirjaamo(*ledger, "-o", tmp_path / "postings.doc")

        assert result.exit_code == 2
        assert "neither .csv nor .parquet" in result.stderr

    def test_refuses_sources_without_postings(self, tmp_path):
        path = tmp_path / "decisions.csv"
        path.write_text("Nr\n1\n")
        other = tmp_path / "other.yaml"
        other.write_text(
            f"system: T\n{LABEL}\nparts:\n  - files: '*'\n    tables: {{decision: {{fields: {{decision_id: Nr}}}}}}\n"
        )

        assert "There are no postings" in refused("finance", "import", path, "--profile", other)
