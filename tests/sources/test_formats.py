"""Which part of which profile reads a file."""

import sqlite3
from contextlib import closing

import openpyxl
import pytest

from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.records import Label
from kirjaamo.sources import errors, formats, profile
from kirjaamo.sources.profile import Part, Profile, TableMap


def system(name, *parts):
    return Profile(system=name, label=Label(name, name, name), parts=parts)


def reads(files, *columns, **facts):
    fields = dict(zip(("client_id", "last_name"), columns, strict=False))
    return Part(files=files, tables={"client": TableMap(fields)}, **facts)


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "Asiakkaat_2024.csv"
    place.write_text("tunnus;sukunimi\n1;Å\n", "utf-8")
    return place


def test_a_file_is_read_by_the_part_that_its_name_matches(path):
    one = system("A", reads("asiakkaat_*.csv", "tunnus"), reads("muut*.csv", "x"))

    (source,) = formats.open_source(path, [one, system("B", reads("z*", "tunnus"))])
    (unit,) = source.units()

    assert (source.profile.system, source.format) == ("A", "csv")
    assert source.read(unit).frame["sukunimi"].to_list() == ["Å"]


def test_of_several_profiles_the_one_with_the_columns_of_the_file_is_taken(path):
    profiles = [system("A", reads("*.csv", "id")), system("B", reads("*.csv", "tunnus"))]

    (source,) = formats.open_source(path, profiles)

    assert source.profile.system == "B"


def test_several_fitting_profiles_are_an_error_that_names_them(path):
    profiles = [system("A", reads("*.csv", "tunnus")), system("B", reads("*.csv", "sukunimi"))]

    with pytest.raises(errors.SeveralProfilesError, match="A, B"):
        formats.open_source(path, profiles)


@pytest.mark.parametrize("count", [1, 2])
def test_a_missing_column_is_an_error_with_the_nearest_header(path, count):
    profiles = [system("A", reads("*.csv", "Tunnus nro"))] * count

    with pytest.raises(errors.MissingColumnError, match="Did you mean “tunnus”"):
        formats.open_source(path, profiles)


def test_a_file_that_no_profile_reads_is_an_error_with_their_patterns(path):
    with pytest.raises(errors.NoProfileError, match=r"muut\*\.csv \(A\)"):
        formats.open_source(path, [system("A", reads("muut*.csv", "x"))])
    with pytest.raises(errors.NoProfileError):
        formats.open_source(path, [])


def test_the_sheets_of_a_workbook_are_parts(tmp_path):
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Asiakkaat"
    book.active["A1"] = "tunnus"
    book.create_sheet("Muut")["A1"] = "id"
    book.save(path)
    both = system("A", reads("*", "tunnus", sheet="Asiakkaat"), reads("*", "id", sheet="Muut"))

    sources = formats.open_source(path, [both])

    assert [next(s.units()).source for s in sources] == ["x.xlsx[Asiakkaat]", "x.xlsx[Muut]"]


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_database_is_one_location_with_several_tables(tmp_path, form):
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as base:
        base.executescript("create table a (id int); create table b (id int)")
    both = system("A", reads("x.db", "id", sheet="a"), reads("x.db", "id", sheet="b"))

    sources = formats.open_source(form.format(path), [both])

    assert [next(s.units()).source for s in sources] == ["x.db[a]", "x.db[b]"]
    assert {s.format for s in sources} == {"sql"}


def test_the_profile_decides_the_format_before_the_suffix(tmp_path):
    path = tmp_path / "vienti.dat"
    path.write_text("a;b\n1;2\n", "utf-8")

    (source,) = formats.open_source(path, [system("A", reads("*.dat", "a", format="csv"))])

    assert source.format == "csv"


def test_an_unknown_format_is_an_error(tmp_path):
    path = tmp_path / "vienti.dat"

    with pytest.raises(UnknownNameError, match="dat"):
        formats.open_source(path, [system("A", reads("*.dat", "a"))])
    with pytest.raises(UnknownNameError, match=r"csw.*csv"):
        formats.module("csw")


@pytest.mark.parametrize("name", formats.FORMATS)
def test_every_format_offers_units_and_read(name):
    found = formats.module(name)

    assert callable(found.units)
    assert callable(found.read)


def test_no_suffix_has_two_formats():
    suffixes = [suffix for every in formats.FORMATS.values() for suffix in every]

    assert len(set(suffixes)) == len(suffixes)


HEAD = "system: A\nlabel: {fi: A, sv: A, en: A}\n"
FILES = "parts: [{files: '*', tables: {client: {fields: {client_id: t}}}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEAD + FILES + ", header_rows: 0}]", "header_rows"),
        (HEAD + FILES + ", delimiter: ';;'}]", "delimiter"),
        (HEAD + FILES + "}]\nforms: {decimal: dot}", "dot"),
        (HEAD + "parts: [{files: '*', tables: {cliet: {fields: {}}}}]", "cliet"),
        (HEAD + "parts: [{files: '*', tables: {client: {fields: {nmae: x}}}}]", "nmae"),
    ],
)
def test_a_mistake_in_a_profile_is_an_error_that_names_it(tmp_path, text, reason):
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")

    with pytest.raises(SettingsError, match=reason):
        profile.read(path)
