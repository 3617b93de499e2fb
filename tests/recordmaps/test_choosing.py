"""Which map an old record is for, or why none."""

import polars as pl
import pytest

from kirjaamo import samples
from kirjaamo.classifications import Codes
from kirjaamo.mappings import recordmaps
from kirjaamo.mappings.recordmaps import cases
from kirjaamo.mappings.recordmaps.choosing import DOCUMENT_TYPES, Chooser, Refusal
from tests.recordmaps import material


def chooser(crosswalks=None, codes=None):
    return Chooser(recordmaps.maps(), crosswalks or {}, material.library(), codes or Codes())


def chosen(one, of, case):
    found = one.choose(of, case)
    return found if isinstance(found, Refusal) else found.record_map.name


def decision(**fields):
    case = material.complete("decision")
    return {**case, "decision": {**case["decision"], **fields}}


@pytest.mark.parametrize(
    ("task", "name"), [("10", "11002"), ("15", "11003"), ("20", "11053"), ("24", "11001")]
)
def test_a_decision_goes_to_the_map_of_its_service_task(task, name):
    assert chosen(chooser(), "decision", decision(service_task=task)) == name


@pytest.mark.parametrize("document", [None, {"document_type": "11052"}])
def test_a_service_task_without_number_is_refused_with_the_command(document):
    case = decision(service_task=None) | {"document": document}

    found = chosen(chooser(), "decision", case)

    assert found == Refusal("service_task")
    assert "kirjaamo codes import" in str(found)


def test_an_imported_list_gives_the_missing_numbers(tmp_path):
    lists = {"service_task": ("1.2.246.537.6.1221", {"91": "Iäkkäiden palvelut",
                                                     "92": "Perheoikeudelliset palvelut"})}  # fmt: skip
    one = chooser(codes=material.write_lists(tmp_path, lists))

    assert chosen(one, "decision", decision(service_task="91")) == "11000"
    assert chosen(one, "decision", decision(service_task="92")) == Refusal("no_default")


def test_an_approved_document_type_comes_first():
    walk = material.crosswalk("old_type", DOCUMENT_TYPES, {"X-1": "11060"})

    assert chosen(chooser({walk.name: walk}), "decision", decision()) == "11060"


def test_the_document_type_that_the_old_system_knew_comes_next():
    case = decision() | {"document": {"document_type": "11043"}}

    assert chosen(chooser(), "decision", case) == "11043"


@pytest.mark.parametrize("document_type", ["15007", "1505.1", "19013"])
def test_a_document_type_without_decision_map_is_refused(document_type):
    case = decision() | {"document": {"document_type": document_type}}

    assert chosen(chooser(), "decision", case) == Refusal("no_map", document_type)


@pytest.mark.parametrize(
    ("structure", "name"),
    [
        ("1.2.246.537.6.1506.19005.2022.1.10", "19005"),
        (None, "19013"),
        ("1.2.246.537.6.1506.19008.2024.12.19", Refusal("no_map", "19008")),
    ],
)
def test_an_entry_keeps_its_structure(structure, name):
    case = material.complete("entry")
    case["entry"]["structure"] = structure

    assert chosen(chooser(), "entry", case) == name


def test_relationships_and_matters_have_one_map_each():
    assert chosen(chooser(), "relationship", material.complete("relationship")) == "1505.1"
    assert chosen(chooser(), "matter", material.complete("matter")) == "1505.2"


def test_a_map_is_compiled_once():
    one = chooser()

    assert one.choose("decision", decision()) is one.choose("decision", decision())


@pytest.fixture(scope="module")
def region():
    return samples.generate(clients=45, seed=3, defects=0)


@pytest.mark.parametrize("system", ["A", "B", "C"])
@pytest.mark.parametrize("of", ["decision", "relationship", "matter", "entry"])
def test_every_sample_record_becomes_a_case(region, system, of):
    tables = region.tables(system)
    own = cases.organisation(material.SETTINGS)

    found = [*cases.cases(of, tables, system=system, organisation=own,
                          identity=lambda table, key: f"{table}/{key}")]  # fmt: skip

    assert len(found) == tables[of].height
    for case in found:
        assert case["ids"]["document"] == f"{of}/{case[of][f'{of}_id']}"
        fields = cases.known_fields()
        assert set(case) - {"clients", "organisation"} <= set(fields)
        assert case.get("client") or case.get("clients")


@pytest.mark.parametrize("system", ["A", "B", "C"])
def test_every_sample_decision_is_moved_held_or_refused(region, system, codes):
    own = cases.organisation(material.SETTINGS)
    one = chooser(codes=codes)
    rows = cases.cases("decision", region.tables(system), system=system, organisation=own)

    outcomes = []
    for case in rows:
        found = one.choose("decision", case)
        if isinstance(found, Refusal):
            outcomes.append(found.reason)
        else:
            outcomes.append("held" if found.build(case).missing else "moved")

    counted = pl.Series(outcomes).value_counts().rows()
    assert sum(number for _, number in counted) == region.tables(system)["decision"].height
    assert {"A": "moved" not in outcomes, "B": "moved" in outcomes, "C": "moved" in outcomes}[
        system
    ]


def test_a_client_of_a_matter_without_its_days_has_none(region):
    tables = dict(region.tables("A"))
    tables["matter"] = tables["matter"].with_columns(
        joined=pl.lit(["1.1.2020", "1.2.2020", "x"])
    )
    own = cases.organisation(material.SETTINGS)

    found = next(cases.cases("matter", tables, system="A", organisation=own))

    assert {one["joined"] for one in found["clients"]} == {None}
    assert found["ids"] == {}
