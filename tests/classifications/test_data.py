"""The built-in lists: every fact has its source, and no two contradict each other."""

import datetime as dt
import hashlib
import pickle
import re
from importlib.resources import files

import polars as pl
import pytest

from kirjaamo.classifications import Codes
from kirjaamo.classifications.codelist import CONFIDENCES, STATUSES
from kirjaamo.classifications.home import EDITION, EditionFile, built_in, read
from kirjaamo.errors import UnknownNameError
from kirjaamo.records import tables
from kirjaamo.settings import read_yaml

CODES = Codes()
HOMES = built_in()
WITH_CODES = sorted(key for key, home in HOMES.items() if home.folder is not None)
EDITIONS = [(key, day) for key in WITH_CODES for day in HOMES[key].editions()]
each_list = pytest.mark.parametrize("key", WITH_CODES)
each_edition = pytest.mark.parametrize(("key", "day"), EDITIONS)


def test_every_list_has_a_name_a_source_and_a_slug_of_its_own():
    slugs = [home.slug for home in HOMES.values()]

    assert len(set(slugs)) == len(slugs)
    for home in HOMES.values():
        assert re.fullmatch("[a-z0-9_]+", home.slug), home.slug
        assert home.facts.names.fi
        assert home.facts.names.en
        assert home.facts.source, home.slug


def test_no_built_in_list_claims_to_be_complete():
    """None of them has been compared with the whole official list."""
    assert [home.slug for home in HOMES.values() if home.facts.complete] == []


@each_list
def test_a_list_with_codes_states_its_licence_and_has_an_edition(key):
    assert HOMES[key].facts.licence
    assert HOMES[key].editions()


@each_edition
def test_an_edition_is_named_by_its_day_and_its_files_are_unchanged(key, day):
    place = HOMES[key].folder / day
    facts = read_yaml(place / EDITION, EditionFile)

    assert facts.retrieved.isoformat() == day
    assert facts.source
    for name, expected in facts.sha256.items():
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == expected
    assert {f.name for f in place.iterdir()} == {EDITION, *facts.sha256}


@each_edition
def test_every_code_has_a_source_a_status_and_a_confidence(key, day):
    frame = read(HOMES[key], day).frame

    assert frame.height
    assert frame.filter(pl.col("source") == "").is_empty()
    assert set(frame["status"]) <= set(STATUSES)
    assert set(frame["confidence"]) <= set(CONFIDENCES)
    assert frame.filter(pl.col("code") != pl.col("code").str.strip_chars()).is_empty()
    assert "" not in set(frame["code"])


@each_edition
def test_the_periods_of_a_code_do_not_overlap(key, day):
    frame = read(HOMES[key], day).frame.with_columns(
        pl.col("valid_from").fill_null(dt.date.min), pl.col("valid_to").fill_null(dt.date.max)
    )
    later = frame.sort("code", "valid_from").with_columns(
        pl.col("valid_to").shift().over("code").alias("before")
    )

    assert later.filter(pl.col("valid_from") <= pl.col("before")).is_empty()
    assert frame.filter(pl.col("valid_to") < pl.col("valid_from")).is_empty()


@each_edition
def test_parents_and_further_names_belong_to_codes_of_the_list(key, day):
    one = read(HOMES[key], day)

    assert set(one.frame["parent"]) - {""} <= set(one.frame["code"])
    assert set(one.displays["code"]) <= set(one.frame["code"])


@each_list
def test_no_name_has_odd_spaces(key):
    one = CODES.get(key)
    names = pl.concat([f.select("name_fi", "name_sv") for f in (one.frame, one.displays)])

    for name in [*names["name_fi"], *names["name_sv"]]:
        assert name == " ".join(name.split())
        assert "\x1f" not in name


def test_every_code_system_of_the_record_model_is_known():
    systems = {f.code_system for t in tables().values() for f in t.fields.values()}

    for oid in systems - {"", "local"}:
        assert CODES.find(oid) is not None, oid


def test_a_list_known_by_name_only_has_no_codes_and_says_so():
    matters = CODES.get("1.2.246.537.6.1265")

    assert not matters.has_codes
    assert not matters.edition
    assert "1.2.246.537.6.1265" not in CODES.editions()


def test_service_tasks_are_as_sure_as_their_evidence():
    tasks = CODES.get("service_task")

    sure = dict(tasks.frame.select("code", "confidence").iter_rows())
    assert sure == {"10": "confirmed", "15": "uncertain", "20": "confirmed", "24": "confirmed"}
    assert [known.fi for known in tasks.unnumbered] == [
        "Työikäisten palvelut", "Iäkkäiden palvelut", "Perheoikeudelliset palvelut",
    ]  # fmt: skip


def test_a_service_task_bears_its_name_of_the_statute_too():
    tasks = CODES.get("service_task")
    frame = pl.DataFrame(
        {
            "v": ["10", "10", "10"],
            "t": ["Barnskydd", "serviceuppgift inom  barnskyddet", "Vård"],
        }
    )

    found = frame.select(tasks.name_is(pl.col("v"), pl.col("t")).alias("x"))["x"].to_list()
    assert found == [True, True, False]


def test_there_are_201_document_types_below_16_general_ones():
    types = CODES.get("document_type").frame

    assert types.filter(pl.col("parent") != "").height == 201
    assert types.filter(pl.col("parent") == "").height == 16


def test_the_annex_of_2015_has_22_service_tasks_without_numbers():
    old = CODES.get("service_task_2015")

    assert old.oid == ""
    assert old.frame.height == 22
    assert old.frame["code"].to_list() == old.frame["name_fi"].to_list()


def test_allowed_pairs_are_made_of_known_codes_and_state_their_scope():
    pairs = CODES.pairs()

    assert pairs.height == 9
    assert set(pairs["service_task"]) <= set(CODES.get("service_task").frame["code"])
    assert set(pairs["social_service"]) <= set(CODES.get("social_service").frame["code"])
    assert set(pairs["structure"]) == {"1.2.246.537.6.1506.19008.2024.12.19"}


@pytest.mark.parametrize(
    "name",
    [
        "service_task",
        "1.2.246.537.6.1221",
        "1.2.246.537.6.1221.201601",
        "urn:oid:1.2.246.537.6.1221",
        "urn:oid:1.2.246.537.6.1221.2016",
    ],
)
def test_a_list_is_found_by_slug_oid_and_version(name):
    assert CODES.get(name).oid == "1.2.246.537.6.1221"


def test_a_question_of_drug_care_is_not_taken_for_a_version():
    assert CODES.get("1.2.246.537.6.886.2001").slug == "drug_care_2001"


def test_an_unknown_list_is_met_with_the_nearest_name():
    with pytest.raises(UnknownNameError, match="service_task"):
        CODES.get("servicetask")
    assert CODES.find("1.2.3") is None


def test_codes_travel_to_a_worker_without_what_was_read(tmp_path):
    codes = Codes(tmp_path)
    codes.get("language")

    there = pickle.loads(pickle.dumps(codes))

    assert there.folder == tmp_path
    assert len(pickle.dumps(codes)) < 500
    assert there.editions() == codes.editions()


def test_every_edition_is_reported_by_its_day():
    editions = CODES.editions()

    assert editions["1.2.246.537.6.1248"] == "2025-05-20"
    assert set(editions) == set(WITH_CODES)


def test_there_are_no_files_beside_the_ones_that_are_read():
    for key in WITH_CODES:
        home = HOMES[key]
        names = {f.name for f in home.folder.iterdir()}
        assert names == {"list.yaml", *home.editions()}
    assert (files("kirjaamo.classifications") / "known.csv").is_file()
