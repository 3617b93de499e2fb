"""Sample documents follow their structures, meet their conditions and make sense."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from kirjaamo.classifications.structures import conditions
from kirjaamo.classifications.structures.condition_ages import date_of, is_minor
from kirjaamo.classifications.structures.condition_forms import Context
from kirjaamo.errors import UnknownNameError
from kirjaamo.samples.documents import BUNDLED, document, strategies
from kirjaamo.samples.documents.draft import LAST
from kirjaamo.samples.documents.scenes import scene
from tests.reference import needs_data
from tests.samples.making import (
    DECISION,
    ENTRY,
    FILLS,
    OIDS,
    SHELTER,
    groups,
    leaves,
    worded,
)

MADE = [(oid, fill, seed) for oid in OIDS for fill in FILLS for seed in (0, 1)]


def refusals(oid, tree):
    """Return the pointers that the base validation refuses."""
    found = BUNDLED.structures.validator(oid).iter_errors(tree)
    return {"/".join(map(str, error.instance_path)) for error in found}


def test_a_document_of_every_structure_follows_its_structure():
    wrong = [
        (oid, fill, seed)
        for oid, fill, seed in MADE
        if not refusals(oid, document(oid, fill, seed)) <= set(BUNDLED.unworded(oid))
    ]

    assert wrong == []


@needs_data
def test_it_holds_the_fixed_texts_where_their_wording_is_known():
    maker = worded()

    wrong = [
        (oid, fill)
        for oid, fill, seed in MADE
        if seed == 0
        and not maker.structures.validator(oid).is_valid(maker.make(oid, fill, seed))
    ]

    assert wrong == []
    assert not any(maker.unworded(oid) for oid in OIDS)


def test_a_document_of_every_structure_meets_its_conditions():
    broken = [
        (oid, fill, seed)
        for oid, fill, seed in MADE
        if conditions.check(oid, document(oid, fill, seed))
    ]

    assert broken == []


def test_every_structure_version_has_documents():
    current = BUNDLED.current()

    assert len(current) == 202
    assert len(OIDS) == 263


@given(strategies.documents(SHELTER))
def test_age_and_what_is_asked_of_it_agree(tree):
    client = tree["turvakotipalvelun_ensiarvio"]["asiakas"]
    day = dt.date.fromisoformat(tree["turvakotipalvelun_ensiarvio"]["paivamaara"])

    assert not conditions.check(SHELTER, tree, Context(day=day))
    assert not is_minor(date_of(client["henkilotunnus"]), day)


@pytest.mark.parametrize(
    ("client", "minor"), [("child", True), ("adult", False), ("elder", False)]
)
def test_the_client_can_be_chosen(client, minor):
    day = dt.date(2025, 3, 3)

    tree = document(ENTRY, day=day, client=client)

    found = tree["merkinta_tapaamisesta_tai_yhteydenotosta"]
    born = date_of(found["asiakas"][0]["henkilotunnus"])
    assert is_minor(born, day) is minor
    assert found["paivamaara"] == "2025-03-03"


def test_the_same_arguments_give_the_same_document():
    first = [document(oid, "random", 7) for oid in OIDS[::9]]
    second = [type(BUNDLED)().make(oid, "random", 7) for oid in OIDS[::9]]

    assert first == second


def test_another_seed_gives_another_document():
    assert document(DECISION, seed=1) != document(DECISION, seed=2)


def test_fuller_documents_hold_more():
    sizes = [sum(len(list(leaves(document(oid, fill)))) for oid in OIDS) for fill in FILLS]

    assert all(less < more for less, more in pairwise(sizes))


def test_identity_codes_are_right_and_of_nobody():
    codes = {
        value
        for oid in OIDS[::3]
        for place, value in leaves(document(oid, "all", 3))
        if place.endswith("henkilotunnus/value")
    }

    assert len(codes) > 100
    assert all(hetu.is_valid(code, allow_temporary=True) and code[7] == "9" for code in codes)


def test_a_date_of_birth_is_that_of_the_identity_code_beside_it():
    beside = [
        group
        for oid in OIDS
        for group in groups(document(oid, "all", 2))
        if {"henkilotunnus", "syntymaaika"} <= group.keys()
    ]

    assert beside
    assert all(date_of(one["henkilotunnus"]) == date_of(one["syntymaaika"]) for one in beside)


def test_the_sex_is_that_of_the_identity_code():
    told = [
        (group["sukupuoli"]["code"], group["henkilotunnus"]["value"])
        for oid in OIDS
        for group in groups(document(oid, "all", 2))
        if {"henkilotunnus", "sukupuoli"} <= group.keys()
    ]

    assert told
    assert all((sex == "1") is (int(code[9]) % 2 == 1) for sex, code in told)


def test_days_are_real_and_none_comes_after_the_last():
    days = [
        dt.date.fromisoformat(value[:10])
        for oid in OIDS
        for _, value in leaves(document(oid, "all", 4))
        if isinstance(value, str) and re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    ]

    assert len(days) > 500
    assert max(days) <= LAST


def test_the_documents_own_day_lies_within_its_structure_version():
    for oid in OIDS:
        plan = BUNDLED.plan(oid)
        day = scene(plan, document(oid, "all", 5), BUNDLED.codes, None).day()
        if day is not None:
            assert plan.structure.valid_from <= day
            assert plan.structure.valid_to is None or day < plan.structure.valid_to


@given(st.integers(0, 10**6))
def test_periods_do_not_end_before_they_start(seed):
    oid = OIDS[seed % len(OIDS)]

    for group in groups(document(oid, "all", seed)):
        for key in group:
            end = group.get(key.replace("alka", "paatty"), group[key])
            if "alka" in key and isinstance(end, str):
                assert group[key] <= end


def test_times_carry_the_offset_of_finland():
    times = [
        dt.datetime.fromisoformat(value)
        for oid in OIDS
        for _, value in leaves(document(oid, "all", 6))
        if isinstance(value, str) and re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}T", value)
    ]

    hours = {time.utcoffset() for time in times}
    assert hours == {dt.timedelta(hours=2), dt.timedelta(hours=3)}


def test_child_protection_offers_only_the_appeal_to_the_court():
    means = {
        group["muutoksenhakukeino"]["code"]
        for seed in range(20)
        for group in groups(document(DECISION, "all", seed))
        if "muutoksenhakukeino" in group
    }

    assert means == {"2"}


def test_nobody_was_left_unheard_without_a_reason():
    reason = "syyt_selvittamatta_jattamiselle"
    unheard = [
        site
        for oid in OIDS
        for site in scene(BUNDLED.plan(oid), document(oid, "random"), BUNDLED.codes, None).sites
        if site.field.key == "suoritettu"
        and site.value is False
        and BUNDLED.plan(oid).structure.field(f"{site.field.parent}/{reason}")
    ]

    assert len(unheard) > 5
    assert all(site.group[reason] for site in unheard)


def test_an_unknown_structure_is_named():
    with pytest.raises(UnknownNameError, match="document structure"):
        document("1.2.3")


def test_an_unknown_fill_is_named():
    with pytest.raises(UnknownNameError, match="half"):
        document(DECISION, "half")


@given(strategies.documents())
def test_strategies_give_valid_documents_of_current_structures(tree):
    assert len(tree) == 1
    assert next(iter(tree)) in set(BUNDLED.structures.versions()["root"])
