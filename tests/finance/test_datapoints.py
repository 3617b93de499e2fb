"""Data points: signatures, readers of every form, totals, and the commands that show them."""

import json
import sqlite3
from contextlib import closing

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.errors import KirjaamoError, UnknownNameError
from kirjaamo.finance.datapoints import (
    NODES,
    SCHEMA,
    DataPoints,
    looking,
    sqlite,
    table,
    totals,
)
from kirjaamo.finance.datapoints.errors import (
    DataPointsError,
    OtherVersionError,
    SignatureError,
    TooLargeError,
)
from kirjaamo.finance.datapoints.reading import read
from kirjaamo.finance.datapoints.signature import canonical, parse
from kirjaamo.samples.taxonomy import package
from tests.command_line import kirjaamo, refused
from tests.reference import DATA, needs_data

X2121 = "MET(malli_met:md1)|malli_dim:PAL(malli_PA:x2121)|malli_dim:SEK(malli_SE:%s)"
POINT = "MET(x_met:md1)|x_dim:PAL(x_PA:x2)|x_dim:TIL(x_TI:x1)"
START = b"SQLite format 3\x00"
HEADER = "signature;id;mandatory;label;taxonomy\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("points")
    return {path.name: path for path in package.write(folder)}


@pytest.fixture(scope="module")
def vk(written):
    return read(written["malli-datapoints.sqlite"])


def database(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


VK = (
    "CREATE TABLE Kenttatunnukset (DPS TEXT, DPS_Full TEXT, DatapointID INTEGER, OpenContext INTEGER)",
    "CREATE TABLE Required (FrameworkCode TEXT, TaxonomyCode TEXT, DatapointID INTEGER)",
)


class TestSignatures:
    @given(st.permutations(["MET(x_met:md1)", "x_dim:TIL(x_TI:x1)", "x_dim:PAL(x_PA:x2)"]))
    def test_have_one_form_whatever_their_order(self, parts):
        assert canonical(pl.Series(["|".join(parts)]), "").to_list() == [POINT]
        assert str(parse("|".join(parts))) == POINT

    @pytest.mark.parametrize(
        "text",
        [
            "", "MET", "MET()", "x_dim:TIL(x_TI:x1)", "MET(a)|MET(b)", "MET(a)|d(x:1)|d(x:2)",
            "MET(a)||d(x:1)", "MET(a)|d", "m(a)",
        ],
    )  # fmt: skip
    def test_that_are_none_are_refused_and_named(self, text):
        with pytest.raises(SignatureError) as error:
            canonical(pl.Series([POINT, text]), "file.csv")
        assert "file.csv" in str(error.value)

    def test_know_open_dimensions(self):
        assert parse("MET(x:md1)|x_dim:YKS(*)").is_open
        assert parse("MET(x:md1)|x_dim:YKS(*?[24])").is_open
        assert not parse(POINT).is_open
        assert canonical(pl.Series(["x:d(*)|MET(x:md1)"]), "").item() == "MET(x:md1)|x:d(*)"


class TestReading:
    def test_vk_data(self, tmp_path):
        path = database(
            tmp_path / "vk.sqlite", *VK,
            f"INSERT INTO Kenttatunnukset VALUES ('short', '{POINT}', 7, 0)",
            "INSERT INTO Kenttatunnukset VALUES ('MET(x:si5)', '', 9, NULL)",
            "INSERT INTO Kenttatunnukset VALUES ('MET(x:md2)|x:YKS(*)', NULL, 8, 1)",
            "INSERT INTO Kenttatunnukset VALUES (NULL, NULL, 10, 0)",
            "INSERT INTO Required VALUES ('F', 'kpl-1', 9)",
        )  # fmt: skip
        found = read(path)
        assert found.frame.rows() == [
            ("MET(x:md2)|x:YKS(*)", "8", True, False, ""),
            ("MET(x:si5)", "9", False, True, ""),
            (POINT, "7", False, False, ""),
        ]
        assert found.versions == ("kpl-1",)
        assert found.nodes.is_empty()

    def test_vk_data_without_the_mandatory_ones(self, tmp_path):
        path = database(
            tmp_path / "vk.db", VK[0],
            f"INSERT INTO Kenttatunnukset VALUES ('{POINT}', '', 7, 0)",
        )  # fmt: skip
        found = read(path)
        assert not found.frame["mandatory"].any()
        assert found.versions == ()

    def test_the_dpm_database_leaves_shaded_cells_out_and_takes_a_cell_once(self, tmp_path):
        path = database(
            tmp_path / "dpm.sqlite",
            "CREATE TABLE mTableCell (CellID INTEGER, TableID INTEGER, IsShaded BOOLEAN, "
            "BusinessCode TEXT, DatapointSignature TEXT)",
            f"INSERT INTO mTableCell VALUES (1, 1, 0, '7', '{POINT}')",
            f"INSERT INTO mTableCell VALUES (2, 2, NULL, '8', '{POINT}')",
            "INSERT INTO mTableCell VALUES (3, 1, 1, '9', 'MET(x:md9)')",
            "INSERT INTO mTableCell VALUES (4, 1, 0, NULL, '')",
        )
        assert read(path).frame.rows() == [(POINT, "7", False, False, "")]

    def test_names_are_of_the_language_in_use(self, written):
        def shown(language):
            result = kirjaamo(
                "finance", "datapoints", "show", "100200", "--lang", language,
                "--datapoints", written["malli-datapoints.sqlite"],
            )  # fmt: skip
            return result.stdout

        assert "Kaikki palveluluokat" in shown("fi")
        assert "Alla serviceklasser" in shown("sv")

    def test_csv_with_only_signatures(self, tmp_path):
        path = tmp_path / "p.csv"
        path.write_text(f"signature\n{POINT}\n", "utf-8")
        assert read(path).frame.rows() == [(POINT, "", False, False, "")]

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("a.sqlite", b"this is no database", "not an SQLite database"),
            ("a.csv", b"SQLite format 3\x00 and then nothing of it", "not an SQLite database"),
            ("a.csv", b"id;label\n1;a\n", "signature"),
            ("a.csv", b"", "not CSV"),
            ("a.csv", b"\xff\xfe\x00\x01;\x00", "signature"),
            ("a.csv", HEADER.encode(), "it is empty"),
            ("a.csv", f"{HEADER}{POINT};1;;;\n{POINT};2;;;\n".encode(), "two numbers"),
        ],
    )
    def test_what_cannot_be_read_is_one_sentence(self, tmp_path, name, content, told):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DataPointsError) as error:
            read(path)
        assert told in str(error.value)
        assert name in str(error.value)

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE other (a TEXT)",
            "CREATE TABLE Kenttatunnukset (a TEXT)",
            "CREATE TABLE mTableCell (DatapointSignature TEXT)",
        ],
    )
    def test_a_database_with_other_tables_is_refused(self, tmp_path, statement):
        path = database(tmp_path / "other.sqlite", statement)
        with pytest.raises(DataPointsError, match="Kenttatunnukset"):
            read(path)

    @settings(max_examples=60, deadline=None)
    @given(data=st.binary(max_size=300) | st.binary(max_size=100).map(START.__add__))
    def test_any_bytes_are_refused_in_one_sentence(self, tmp_path_factory, data):
        path = tmp_path_factory.mktemp("bytes") / "any.csv"
        path.write_bytes(data)
        with pytest.raises(KirjaamoError):
            read(path)

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(DataPointsError, match="no such file"):
            read(tmp_path / "none.sqlite")

    def test_limits_hold(self, written, tmp_path, monkeypatch):
        monkeypatch.setattr(sqlite, "ROWS", 10)
        with pytest.raises(TooLargeError, match="10"):
            read(written["malli-datapoints.sqlite"])
        monkeypatch.setattr(table, "LIMIT", 10)
        with pytest.raises(TooLargeError):
            read(written["malli-datapoints.csv"])
        long = "x" * (sqlite.TEXT + 1)
        path = database(
            tmp_path / "long.sqlite", VK[0],
            f"INSERT INTO Kenttatunnukset VALUES ('{long}', '', 1, 0)",
        )  # fmt: skip
        with pytest.raises(DataPointsError, match="damaged"):
            read(path)

    def test_another_version_is_refused(self, written):
        with pytest.raises(OtherVersionError, match="malli-2027"):
            read(written["malli-datapoints.sqlite"], "malli-2027")
        assert read(written["malli-datapoints.sqlite"], "malli-2026-01").frame.height > 10_000

    @needs_data
    def test_the_seed_of_the_authoritys_database_is_empty(self):
        with pytest.raises(DataPointsError, match="it is empty"):
            read(DATA / "finance" / "dpm_database_seed.sqlite")


class TestTotals:
    def test_parts_count_with_their_signs_through_levels(self):
        nodes = made((("c", "b", -1, "="), ("b", "a", -1, "="), ("d", "b", 1, "=")))
        found = set(totals.counted(nodes, "f").rows())
        assert found == {
            ("c", "b", -1), ("b", "a", -1), ("d", "b", 1), ("c", "a", 1), ("d", "a", -1),
        }  # fmt: skip

    def test_a_comparison_is_no_sum(self):
        nodes = made((("c", "b", 1, ">="), ("d", "b", 1, "=")))
        assert totals.counted(nodes, "f").rows() == [("d", "b", 1)]

    def test_a_circle_is_refused(self):
        with pytest.raises(DataPointsError, match="counts in itself"):
            totals.counted(made((("a", "b", 1, "="), ("b", "a", 1, "="))), "f")


def made(rows):
    every = [(member, parent, sign, "1", operator) for member, parent, sign, operator in rows]
    return pl.DataFrame(every, schema=NODES, orient="row")


def points(*rows, labels=None):
    frame = pl.DataFrame(list(rows), schema=SCHEMA, orient="row")
    return DataPoints("p", frame, labels=labels or {})


class TestLooking:
    def test_find_needs_every_word_and_reads_names_of_members(self, vk):
        found = looking.find(vk, ["OMAISHOIDON", "kaikki esimerkkisektorit", "x2121"])
        assert found["signature"].item() == f"{X2121 % 'y0'}|malli_dim:TIL(malli_TI:x4710)"
        assert looking.find(vk, ["nothing of the kind"]).is_empty()
        assert looking.find(vk, [], mandatory=True).height == 4

    def test_find_by_member(self, vk):
        members = [("malli_dim:PAL", "malli_PA:x2121"), ("malli_dim:TIL", "malli_TI:x4000")]
        assert looking.find(vk, [], members).height == 8, "seven sectors, and the budget"

    def test_show_tells_parts_names_and_totals(self, vk):
        shown = looking.show(vk, "100200")
        assert shown["part"].to_list() == [
            "number", "metric", "malli_dim:PAL", "malli_dim:SEK", "malli_dim:TIL",
            "counts in", "counts in", "mandatory", "signature",
        ]  # fmt: skip
        signature = shown["value"][-1]
        backwards = "|".join(reversed(signature.split("|")))
        assert looking.show(vk, backwards).equals(shown)

    def test_names_are_only_those_that_are_known(self):
        bare = points((POINT, "1", False, False, ""))
        assert looking.named(bare, bare.frame).equals(bare.frame)
        told = points((POINT, "1", False, False, ""), labels={"x_met:md1": "Kertymä"})
        assert looking.named(told, told.frame)["label"].item() == "Kertymä, x_PA:x2, x_TI:x1"

    def test_show_of_nothing_known(self, vk):
        with pytest.raises(UnknownNameError, match="data point"):
            looking.show(vk, "1")
        with pytest.raises(SignatureError):
            looking.show(vk, "MET(")

    def test_difference_tells_every_kind_of_change(self):
        old = points(
            ("MET(a:md1)", "1", False, False, ""), ("MET(a:md2)", "2", False, False, "Old"),
            ("MET(a:md3)", "3", False, False, ""), ("MET(a:md4)", "4", False, False, ""),
            labels={"a:md1": "One", "a:md2": "Two"},
        )  # fmt: skip
        new = points(
            ("MET(a:md1)", "1", False, True, ""), ("MET(a:md2)", "2", False, False, "New"),
            ("MET(a:md3)", "33", False, False, ""), ("MET(a:md5)", "5", False, False, ""),
            labels={"a:md1": "Uno", "a:md2": "Two"},
        )  # fmt: skip
        assert looking.difference(old, new).rows() == [
            ("added", "5", "MET(a:md5)", "", "5"),
            ("removed", "4", "MET(a:md4)", "4", ""),
            ("renumbered", "33", "MET(a:md3)", "3", "33"),
            ("relabelled", "2", "MET(a:md2)", "Old", "New"),
            ("relabelled", "", "a:md1", "One", "Uno"),
            ("mandatory", "1", "MET(a:md1)", "no", "yes"),
        ]
        assert looking.difference(old, old).is_empty()


class TestCommands:
    def test_find_by_codes_of_the_settings(self, ledger):
        result = kirjaamo(
            "finance", "datapoints", "find", "--account", "4000", "--class", "2121",
            "--sector", "1", "--format", "json",
        )  # fmt: skip
        (row,) = json.loads(result.stdout)
        assert row["signature"] == f"{X2121 % 'x1'}|malli_dim:TIL(malli_TI:x4000)"
        assert "Found 1 data points" in result.stderr

    def test_find_shows_eyes_only_the_first(self, ledger):
        result = kirjaamo("finance", "datapoints", "find", "lapsiperheiden")
        assert len(result.stdout.splitlines()) < 300
        assert "50 are shown" in result.stderr
        told = kirjaamo("finance", "datapoints", "find", "--mandatory", "--lang", "fi")
        header, *rows = told.stdout.splitlines()
        assert header.split(maxsplit=1)[0] == "numero"
        assert "tietopisteen tunniste" in header
        assert all("kyllä" in row for row in rows if row[0] != " ")
        every = kirjaamo("finance", "datapoints", "find", "lapsiperheiden", "--format", "csv")
        assert len(every.stdout.splitlines()) > 1000

    def test_find_by_code_needs_settings(self, written):
        sentence = refused(
            "finance", "datapoints", "find", "--account", "4000",
            "--datapoints", written["malli-datapoints.sqlite"],
        )  # fmt: skip
        assert "dimensions.account" in sentence

    def test_without_a_file_one_is_asked_for(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert "--datapoints" in refused("finance", "datapoints", "show", "1")

    def test_diff(self, written, tmp_path):
        old = written["malli-datapoints.csv"]
        new = tmp_path / "new.csv"
        new.write_text(old.read_text("utf-8").replace(";100001;", ";1;"), "utf-8")
        same = kirjaamo("finance", "datapoints", "diff", old, old)
        assert same.exit_code == 0
        assert same.stdout == ""
        changed = kirjaamo("finance", "datapoints", "diff", old, new, "--format", "json")
        assert changed.exit_code == 1
        assert [row["change"] for row in json.loads(changed.stdout)] == ["renumbered"]
        assert "renumbered: 1" in changed.stderr
        assert "1" in kirjaamo("finance", "datapoints", "diff", old, new).stdout
