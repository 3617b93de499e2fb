"""The region itself: deterministic, valid in every identifier, and clean without damage."""

import datetime as dt

import pytest
from stdnum.fi import hetu, ytunnus

from kirjaamo import records
from kirjaamo.errors import UnknownNameError
from kirjaamo.samples import AS_OF, SYSTEMS, export, generate, world
from kirjaamo.samples.identity import business_id
from kirjaamo.samples.people import DECISIONS
from tests.samples import checking


@pytest.fixture(scope="module")
def region():
    return generate(clients=1350, seed=4, defects=0.0)


def identity_codes(region):
    return [
        row["identity_code"]
        for system in SYSTEMS
        for row in region.systems[system].rows["client"]
        if row["identity_code"]
    ]


def test_every_identity_code_is_valid_and_synthetic(region):
    codes = identity_codes(region)

    assert all(hetu.is_valid(code, allow_temporary=True) for code in codes)
    assert {code[7] for code in codes} == {"9"}


def test_no_identity_code_is_given_twice(region):
    codes = identity_codes(region)

    assert len(codes) == len(set(codes))


def test_every_separator_is_used(region):
    assert {code[6] for code in identity_codes(region)} == set("+-YXWVUABCDEF")


def test_business_ids_are_valid_and_outside_the_range_given_out():
    found = [business_id(index) for index in range(120)]

    assert all(ytunnus.is_valid(number) for number in found)
    assert {number[0] for number in found} == {"9"}


def test_the_demo_region_has_twelve_thousand_decisions():
    assert sum(DECISIONS) * 3000 // len(DECISIONS) == 12_000


def test_decisions_are_four_for_each_client(region):
    rows = [region.systems[system].rows for system in SYSTEMS]

    assert sum(len(r["decision"]) for r in rows) == 4 * sum(len(r["client"]) for r in rows)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_the_same_alone_and_with_others(region, system):
    alone = generate(clients=1350, seed=4, defects=0.0, systems=[system])

    assert alone.systems[system].rows == region.systems[system].rows


@pytest.mark.parametrize("system", SYSTEMS)
def test_tables_have_the_canonical_columns(region, system):
    for name, frame in region.tables(system).items():
        assert frame.schema == records.get(name).schema


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_happens_after_the_last_day(region, system):
    rows = region.systems[system].rows

    assert max(row["decided"] for row in rows["decision"]) <= AS_OF
    assert max(row["recorded_time"].date() for row in rows["entry"]) <= AS_OF


@pytest.mark.parametrize("system", SYSTEMS)
def test_without_damage_only_local_codes_are_found(tmp_path, system):
    checking.exported(system, tmp_path, clients=600, seed=9, defects=0.0)

    found = checking.found_in(system, tmp_path)

    assert set(found["rule"]) == {"CL006"}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_seed_gives_the_same_bytes(tmp_path, system):
    first, second = tmp_path / "first", tmp_path / "second"

    for folder in (first, second):
        checking.exported(system, folder, clients=60, seed=2, defects=0.2)

    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_another_seed_gives_another_region(region):
    other = generate(clients=1350, seed=5, defects=0.0, systems="C")

    assert other.systems["C"].rows != region.systems["C"].rows


@pytest.mark.parametrize("clients", [1, 2, 3, 7])
def test_a_very_small_region_can_be_exported(tmp_path, clients):
    region = generate(clients, seed=1, defects=0.2)

    for system in SYSTEMS:
        assert all(path.exists() for path in export(region, system, tmp_path))


def test_a_system_that_does_not_exist_is_refused():
    with pytest.raises(UnknownNameError, match="“D”"):
        generate(3, 1, 0.0, systems=["D"])


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_profile_says_of_every_field_whether_it_is_recorded(system):
    of = checking.profile_of(system)
    mapped = {f"{n}.{f}" for part in of.parts for n, t in part.tables.items() for f in t.fields}
    tables = {name.partition(".")[0] for name in mapped}
    every = {f"{name}.{field}" for name in tables for field in records.get(name).fields}

    assert not mapped & of.cannot_record()
    assert every - mapped <= of.cannot_record()


def test_structures_in_use_are_the_known_versions():
    from kirjaamo.classifications import structures

    services = world.read().services
    used = {
        world.structure(code, day)
        for code, kind in (services.documents | services.entries).items()
        for day in kind.versions
    }

    assert used <= set(structures.versions()["oid"])


def test_an_act_is_named_only_while_it_is_in_force():
    law = world.read().services.tasks["working_age"].law

    assert law(dt.date(2015, 3, 31)) == "Sosiaalihuoltolaki 710/1982"
    assert law(dt.date(2015, 4, 1)) == "Sosiaalihuoltolaki 1301/2014"
