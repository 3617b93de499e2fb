"""The damage: every kind occurs, stands where the truth file says, and its rule speaks."""

import csv
import re

import openpyxl
import pytest
import sqlalchemy as sa

from kirjaamo import validators
from kirjaamo.samples import SYSTEMS, generate
from kirjaamo.samples.defects import ALL
from kirjaamo.samples.region import fields
from tests.samples import checking


def possible(system):
    """Return the kinds that the export of a system can hold."""
    mapped = fields(checking.profile_of(system))
    return {
        i.kind
        for i in ALL
        if system in i.systems and (i.field in mapped.get(i.table, ()) or i.field == "_ragged")
    }


def lines_of(path):
    """Return the records of a CSV file by the line on which each begins."""
    with path.open(encoding="windows-1252", newline="") as stream:
        reader = csv.reader(stream, delimiter=";")
        before, found = 0, {}
        for cells in reader:
            found[before + 1] = cells
            before = reader.line_num
    return found


def cells_of(folder, source):
    """Return the rows of a source by the number that a person sees."""
    name, _, part = source.rstrip("]").partition("[")
    if name.endswith(".csv"):
        return lines_of(folder / name)
    if name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(folder / name)[part]
        return dict(enumerate(sheet.iter_rows(values_only=True), start=1))
    engine = sa.create_engine(f"sqlite:///{folder / name}")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT * FROM {part} ORDER BY id").all()
    engine.dispose()
    return dict(enumerate(map(tuple, rows), start=1))


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_kind_occurs_at_two_per_cent(system):
    region = generate(clients=3000, seed=1, defects=0.02, systems=[system])

    kinds = {change.injector.kind for change in region.systems[system].changes}
    assert kinds == possible(system)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(("seed", "defects"), [(1, 0.02), (7, 0.2)])
def test_every_defect_is_found_and_nothing_else(tmp_path, system, seed, defects):
    checking.exported(system, tmp_path, clients=900, seed=seed, defects=defects)
    truth = checking.truth_of(system, tmp_path)

    found = checking.found_in(system, tmp_path)

    assert checking.missed(truth, found) == []
    assert checking.beside(truth, found) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_defect_changes_a_row_that_exists(tmp_path, system):
    damaged, clean = tmp_path / "damaged", tmp_path / "clean"
    checking.exported(system, damaged, clients=600, seed=3, defects=0.1)
    checking.exported(system, clean, clients=600, seed=3, defects=0.0)
    truth = checking.truth_of(system, damaged)
    changed = set()

    for (source,), places in truth.group_by("source"):
        found, sound = cells_of(damaged, source), cells_of(clean, source)
        # a changed text may span other lines: rows are compared in order
        pairs = dict(zip(found, zip(found.values(), sound.values(), strict=True), strict=True))
        changed |= {
            place["defect"]
            for place in places.iter_rows(named=True)
            if pairs[place["row"]][0] != pairs[place["row"]][1]
        }

    assert changed == set(truth["defect"])


def test_without_damage_the_truth_file_has_only_its_header(tmp_path):
    checking.exported("A", tmp_path, clients=30, seed=1, defects=0.0)

    text = (tmp_path / "a_truth.csv").read_text("utf-8")
    assert text == "system,source,table,row,field,kind,rule,defect\n"


def test_kinds_have_names_of_their_own():
    kinds = [injector.kind for injector in ALL]

    assert len(kinds) == len(set(kinds))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind) for kind in kinds)


def test_every_kind_names_a_rule_at_one_of_its_places():
    rules = validators.rules()

    for injector in ALL:
        tables = {(place.table, place.field) for place in rules[injector.rule].places}
        place = (
            ("*", "_ragged")
            if injector.field == "_ragged"
            else (injector.table, injector.field)
        )
        assert place in tables, injector.kind
