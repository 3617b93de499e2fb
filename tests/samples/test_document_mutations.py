"""Damage of sample documents: every kind occurs, has a place and leaves the rest alone."""

import datetime as dt
from collections import Counter
from random import Random

import pytest

from kirjaamo.classifications.structures import conditions
from kirjaamo.classifications.structures.checking import own_days
from kirjaamo.errors import UnknownNameError
from kirjaamo.samples.documents import BUNDLED, Documents, document
from kirjaamo.samples.documents.mutations import (
    KINDS,
    TOLD_BESIDE,
    TOLD_INSIDE,
    any_kind,
    mutate,
    rules,
)
from kirjaamo.samples.documents.settling import reach
from tests.classifications.lists import with_lists
from tests.samples.making import DECISION, OIDS

BASE = {
    "required-field-missing", "unknown-field", "wrong-type", "code-not-allowed", "wrong-system",
    "date-in-another-form", "hour-broken", "offset-missing", "too-few-items",
    "required-text-empty", "wrong-root", "unknown-root", "second-root", "fixed-text-changed",
}  # fmt: skip
"""Kinds that the base validation itself refuses."""

CONDITIONS = {
    "conditional-field-missing", "one-of-fields-missing", "forbidden-field-filled",
    "other-condition-broken", "other-without-text", "not-heard-without-reason",
}  # fmt: skip
"""Kinds that a condition forbids and the base validation does not."""

MARITAL_STATUS = "1.2.246.537.6.75"

OPTIONAL_MAKER = "1.2.246.537.6.1506.11022.2020.4.7"
"""The one structure of decisions that leaves the maker of the decision optional."""

FROM_LISTS = {"code-not-in-complete-list", "code-not-in-force"}
"""Kinds that need an official list; the bundled ones are neither complete nor dated."""


@pytest.fixture(scope="module")
def mutated():
    """Return damaged documents: every kind, over structures of all sorts."""
    return [
        (oid, found)
        for oid in [*OIDS[::2], OPTIONAL_MAKER]
        for kind in KINDS
        if (found := mutate(document(oid, "all", 1), oid, kind, Random(f"{oid}{kind}")))
    ]


def test_every_kind_occurs(mutated):
    kinds = Counter(found.kind for _, found in mutated)

    assert set(KINDS) - set(kinds) == FROM_LISTS


def test_every_kind_has_a_rule():
    assert list(rules()) == list(KINDS)
    assert set(KINDS) >= TOLD_BESIDE | TOLD_INSIDE


def test_every_pointer_leads_into_the_document(mutated):
    for _, found in mutated:
        if found.pointer and found.kind != "wrong-root":
            group, key = reach(found.tree, found.pointer)
            assert isinstance(group, dict | list), found.kind
            assert key == "*" or isinstance(key, str | int)


def test_a_mutated_document_is_another_one(mutated):
    for oid, found in mutated:
        assert found.tree != document(oid, "all", 1), found.kind
        assert found.rule == rules()[found.kind]


def test_the_base_validation_refuses_what_it_must_and_nothing_else(mutated):
    refused = {kind: set() for kind in KINDS}
    for oid, found in mutated:
        if not BUNDLED.unworded(oid):
            valid = BUNDLED.structures.validator(oid).is_valid(found.tree)
            refused[found.kind].add(not valid)

    for kind, seen in refused.items():
        assert seen <= {kind in BASE}, kind


def test_conditions_are_broken_by_the_kinds_that_break_conditions(mutated):
    for oid, found in mutated:
        if found.kind in CONDITIONS:
            places = [one.path for one in conditions.check(oid, found.tree)]
            assert found.pointer in places


def test_the_document_given_stays_as_it_is():
    tree, same = document(DECISION, "all"), document(DECISION, "all")

    for kind in KINDS:
        mutate(tree, DECISION, kind, Random(1))

    assert tree == same


def test_the_same_chance_gives_the_same_damage():
    tree = document(DECISION, "random")

    found = [any_kind(tree, DECISION, Random(5)) for _ in range(2)]

    assert found[0] == found[1]


def test_there_is_no_place_for_a_time_in_a_document_without_one():
    found = [
        mutate(document(oid, "required"), oid, "hour-broken", Random(1)) for oid in OIDS[:9]
    ]

    assert None in found


def test_an_unknown_kind_is_named():
    with pytest.raises(UnknownNameError, match="kind of damage"):
        mutate(document(DECISION), DECISION, "no-such-kind", Random(1))


@pytest.mark.parametrize("kind", sorted(FROM_LISTS))
def test_kinds_about_lists_occur_where_an_official_list_is_known(kind):
    rows = [
        {"code": "1", "name_fi": "Yksi", "name_sv": "Ett"},
        {"code": "2", "name_fi": "Kaksi", "name_sv": "Två", "valid_to": dt.date(2001, 1, 1)},
    ]
    maker = Documents(codes=with_lists({"complete": True, MARITAL_STATUS: rows}))
    oid = next(oid for oid in OIDS if own_days(facts(oid)) and has_marital_status(oid))

    tree = maker.make(oid, "all")
    found = mutate(tree, oid, kind, Random(1), maker)

    group, key = reach(found.tree, found.pointer)
    assert key == "code"
    assert group["code"] in {"2", "ZZ9"}
    assert reach(tree, found.pointer)[0]["code"] == "1"


def facts(oid):
    return BUNDLED.structures.facts(oid)


def has_marital_status(oid):
    return any(field.system == MARITAL_STATUS for field in facts(oid).fields)
