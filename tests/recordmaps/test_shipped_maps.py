"""What the shipped record maps say is checked as data."""

import datetime as dt

import pytest

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.mappings import recordmaps
from kirjaamo.mappings.recordmaps import checking, pages

MAPS = recordmaps.shipped()
STRUCTURES = Structures()

each_map = pytest.mark.parametrize("name", MAPS)


@each_map
def test_a_shipped_map_has_no_problems(name):
    record_map = MAPS[name]

    found = checking.problems(record_map, STRUCTURES.get(record_map.structure), Codes())

    assert [str(problem) for problem in found] == []


@each_map
def test_a_shipped_map_is_for_the_newest_version_of_its_structure(name):
    record_map = MAPS[name]
    code = STRUCTURES.facts(record_map.structure).code

    if record_map.structure.startswith("1.2.246.537.6.1506"):
        newest = STRUCTURES.oid_on(code, dt.date(2026, 11, 22))
        assert record_map.structure == newest


@each_map
def test_a_map_is_found_by_document_type_and_by_oid(name):
    record_map = MAPS[name]

    assert recordmaps.get(name) is record_map
    assert recordmaps.get(record_map.structure) is record_map


@each_map
def test_nothing_is_both_used_and_left_out(name):
    record_map = MAPS[name]

    assert not record_map.fields() & set(record_map.left_out)


@each_map
def test_every_target_that_is_shown_has_a_source_or_a_reason(name):
    record_map = MAPS[name]

    for line in pages.lines(record_map, STRUCTURES.get(record_map.structure)):
        assert line.state is not pages.State.MISSING or line.notes


def test_twelve_and_more_decision_structures_have_a_map():
    decisions = [one for one in MAPS.values() if one.of == "decision"]

    assert len(decisions) >= 12
    assert {STRUCTURES.facts(one.structure).type for one in decisions} == {"Päätös"}


def test_decisions_of_all_seven_service_tasks_have_a_map():
    tasks = {one.applies.service_task for one in MAPS.values()} - {""}
    family_law = {"11018", "11038", "11060", "11005", "11007"}

    assert tasks == {
        "Iäkkäiden palvelut", "Lapsiperheiden palvelut", "Lastensuojelu", "Päihdehuolto",
        "Työikäisten palvelut", "Vammaispalvelut",
    }  # fmt: skip
    assert family_law <= set(MAPS)


def test_the_names_of_service_tasks_are_names_of_the_code_list():
    tasks = Codes().get("service_task")
    known = {*tasks.frame["name_fi"], *(one.fi for one in tasks.unnumbered)}

    assert {one.applies.service_task for one in MAPS.values()} - {""} <= known


def test_relationships_matters_and_entries_each_have_a_map_for_every_record():
    always = {one.of for one in MAPS.values() if one.applies.always}

    assert always == {"relationship", "matter", "entry"}
