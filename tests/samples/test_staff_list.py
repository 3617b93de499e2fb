"""The staff list of the region: numbers that the old systems did not keep."""

import polars as pl
import pytest

from kirjaamo import samples
from kirjaamo.cli.inputs import shipped
from kirjaamo.samples.staff_list import UNLICENSED
from kirjaamo.sources.formats import open_source
from kirjaamo.sources.tables import systems


@pytest.fixture(scope="module")
def region():
    return samples.generate(clients=60, seed=3, defects=0.2)


@pytest.fixture(scope="module")
def listed(region, tmp_path_factory):
    """Return the workers of the list as its profile reads them."""
    path = samples.staff_list(region, tmp_path_factory.mktemp("staff"))
    (system,) = systems(open_source(path, [*shipped().values()]))
    return system.tables["worker"]


def test_every_worker_of_every_system_stands_once_in_the_list(region, listed):
    known = [row["worker_id"] for one in region.systems.values() for row in one.rows["worker"]]

    assert listed["worker_id"].to_list() == known
    assert listed["worker_id"].is_unique().all()


def test_the_list_names_the_same_people_and_the_numbers_that_a_system_keeps(region, listed):
    both = region.tables("C")["worker"].join(listed, on="worker_id", suffix="_listed")
    kept = both.drop_nulls("registration_number")

    assert both.height == len(region.systems["C"].rows["worker"])
    for field in ("last_name", "first_names", "position", "valid_from"):
        assert both[field].equals(both[f"{field}_listed"])
    assert kept.height > 0
    assert kept["registration_number"].equals(kept["registration_number_listed"])


def test_numbers_are_invented_and_only_some_without_licence_have_none(listed):
    lacking = listed.filter(pl.col("registration_number").is_null())
    numbers = listed["registration_number"].drop_nulls()

    assert numbers.str.contains(r"^99[0-9]{9}$").all()
    assert numbers.is_unique().all()
    assert set(lacking["position"]) == {UNLICENSED}
    assert UNLICENSED in set(listed.drop_nulls("registration_number")["position"])


def test_the_same_seed_gives_the_same_list(region, tmp_path):
    again = samples.generate(clients=60, seed=3, defects=0.0)
    one = samples.staff_list(region, tmp_path / "one")
    two = samples.staff_list(again, tmp_path / "two")

    assert one.read_bytes() == two.read_bytes()
