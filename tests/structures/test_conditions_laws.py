"""The two evaluators of conditions mean the same, on whatever documents."""

import datetime as dt

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.classifications.structures import conditions as room
from kirjaamo.classifications.structures.condition_forms import (
    Context,
    Fact,
    HasClass,
    HasCode,
    asked_by,
    paths_of,
)
from kirjaamo.classifications.structures.condition_paths import steps
from kirjaamo.classifications.structures.condition_schema import document_schema
from tests.structures.test_conditions import structures

ABSENT = object()
ODD = (
    None,
    "",
    " ",
    "x",
    True,
    False,
    0,
    [],
    {},
    {"system": "s"},
    {"value": "1"},
    ["", "x"],
    [True],
)


def distinct():
    """Return one bound rule for every rule of every condition, repeating and not."""
    found = {}
    for oid in structures():
        for one in room.for_structure(oid):
            repeats = "[]" in one.scope, "[]/" in one.target
            found.setdefault((one.condition_id, type(one.rule), repeats), one)
    return list(found.values())


CONDITIONS = distinct()


def leaves(rule):
    """Return values that the tests of a rule can tell apart."""
    codes = {code for t in asked_by(rule) if isinstance(t, HasCode) for code in t.codes}
    names = {name for t in asked_by(rule) if isinstance(t, HasClass) for name in t.names}
    coded = st.builds(
        lambda code, display: {"code": code, "display": display},
        st.sampled_from(sorted(codes | {"901", "zz", ""})),
        st.sampled_from(sorted(names | {"Muu", ""})),
    )
    return st.one_of(st.sampled_from([ABSENT, *ODD]), st.booleans(), coded)


def documents(one):
    """Return documents that have and lack what the condition speaks of."""
    below = {*paths_of(one.rule)} | ({one.target} if one.target else set())
    tree = {}
    for path in below:
        at = tree
        for step in (*steps(one.scope), *steps(path)):
            at = at.setdefault(step, {})
    return group(tree, leaves(one.rule))


def group(tree, leaf):
    def pruned(made):
        return {key[0]: value for key, value in made.items() if value is not ABSENT}

    members = {step: member(step, inside, leaf) for step, inside in tree.items()}
    return st.fixed_dictionaries(members).map(pruned)


def member(step, inside, leaf):
    value = group(inside, leaf) if inside else leaf
    if step[1]:
        value = st.lists(value.filter(lambda item: item is not ABSENT), max_size=2)
    # Mostly what the structure asks for, now and then something else in its place.
    return st.one_of(value, value, value, st.sampled_from([ABSENT, *ODD]))


CONTEXTS = st.builds(
    Context,
    facts=st.dictionaries(st.sampled_from(Fact), st.booleans()),
    day=st.none() | st.just(dt.date(2024, 5, 1)),
    classes=st.sampled_from(
        [
            {},
            {"1.2.246.537.6.1222": {"Kotihoito": frozenset({"901"})}},
            {
                "1.2.246.537.6.1222": {
                    "Kotihoito": frozenset({"901"}),
                    "Lapsiperheen kotipalvelu": frozenset({"zz"}),
                    "Turvakotipalvelu": frozenset({"zz", "901"}),
                },
                "1.2.246.537.6.1203": {"Vuoroasuminen": frozenset({"zz"})},
                "1.2.246.537.6.1221": {"Perheoikeudelliset palvelut": frozenset({"901"})},
            },
        ]
    ),
)


def accepts(fragment, document):
    return jsonschema_rs.Draft7Validator(document_schema([fragment])).is_valid(document)


@pytest.mark.parametrize(
    "one", CONDITIONS, ids=lambda one: f"{one.condition_id} {one.target}"[-60:]
)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(data=st.data())
def test_schema_and_reference_agree(one, data):
    document, context = data.draw(documents(one)), data.draw(CONTEXTS)

    fragment = room.to_schema(one, context)

    assert (fragment is not None) == one.compiled
    if fragment is not None:
        assert accepts(fragment, document) == (room.evaluate(one, document, context) == [])


@pytest.mark.parametrize(
    "one", CONDITIONS, ids=lambda one: f"{one.condition_id} {one.target}"[-60:]
)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(data=st.data())
def test_what_is_broken_is_not_called_not_known_too(one, data):
    document, context = data.draw(documents(one)), data.draw(CONTEXTS)

    groups = room.not_run(one, document, context)
    broken = [violation.path for violation in room.evaluate(one, document, context)]

    assert not any(path == place for place in groups for path in broken)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_schema_of_a_structure_is_all_its_conditions_together(data):
    oid = data.draw(st.sampled_from(structures()))
    found = [one for one in room.for_structure(oid) if one.compiled]
    document = data.draw(documents(data.draw(st.sampled_from(found))))

    validator = jsonschema_rs.Draft7Validator(room.structure_schema(oid))

    broken = [one for one in found if room.evaluate(one, document)]
    assert validator.is_valid(document) == (not broken)


@pytest.mark.parametrize("document", [None, [], "x", 1, {}])
def test_documents_of_another_shape_break_nothing(document):
    for oid in structures():
        assert room.check(oid, document) == []
