"""Conditions of document structures: their cases, their words, and what the reader gives."""

import doctest
import importlib
from pathlib import Path

import msgspec
import pytest
import yaml

from kirjaamo.classifications.structures import conditions as room
from kirjaamo.classifications.structures.condition_forms import Context, Fact
from kirjaamo.classifications.structures.condition_paths import bind, expand, plain
from kirjaamo.classifications.structures.condition_reference import is_filled

FOLDER = Path(__file__).parent / "conditions"
LANGUAGES = ("fi", "sv", "en")
CLIENT_RELATIONSHIP = "1.2.246.537.6.1505.1.2023.6.1"


def read(condition):
    return yaml.safe_load((FOLDER / f"{condition}.yaml").read_text("utf-8"))


def cases():
    for name in room.conditions():
        found = read(name)
        oid = room.OID_PREFIX + found["structure"]
        for sentence, case in found["cases"].items():
            yield pytest.param(name, oid, case, id=f"{name}: {sentence}")


def conditions_of(oid, name):
    return [one for one in room.for_structure(oid) if one.condition_id == name]


def context_of(case):
    return msgspec.convert(case.get("context", {}), Context)


@pytest.mark.parametrize(("name", "oid", "case"), list(cases()))
def test_each_case_breaks_exactly_what_it_says(name, oid, case):
    found = conditions_of(oid, name)
    root = found[0].path.partition("/")[0]
    document = {root: case["document"]}

    broken = {v.path for one in found for v in room.evaluate(one, document, context_of(case))}

    assert broken == {f"/{root}{below}" for below in case.get("breaks", ())}


@pytest.mark.parametrize(("name", "oid", "case"), list(cases()))
def test_what_is_not_known_is_told_and_never_broken(name, oid, case):
    found = conditions_of(oid, name)
    document = {found[0].path.partition("/")[0]: case["document"]}

    unknown = [
        place for one in found for place in room.not_run(one, document, context_of(case))
    ]

    assert bool(unknown) == case.get("not_known", False)


@pytest.mark.parametrize("name", list(room.conditions()))
def test_every_condition_has_a_case_that_passes_and_one_that_fails(name):
    found = read(name)["cases"].values()

    assert any("breaks" in case for case in found)
    assert any("breaks" not in case and "not_known" not in case for case in found)


def test_every_case_file_belongs_to_a_condition():
    assert {file.stem for file in FOLDER.iterdir()} == set(room.conditions())


def test_every_condition_has_a_text_of_its_own_in_every_language():
    found = room.conditions() | room.open_fields()

    for language in LANGUAGES:
        texts = [condition.text(language) for condition in found.values()]
        assert all(text.strip() and text.endswith(".") for text in texts)
        assert len(set(texts)) == len(texts)


def test_a_field_gives_its_text_in_the_language_asked_for():
    found = conditions_of("1.2.246.537.6.1506.15009.2024.11.28", "substitute-care-plan")[0]

    assert found.text("sv").startswith("Antecknas i en klientplan")


def test_no_field_is_named_twice_by_a_condition_or_left_open_as_well():
    stated = set()
    for condition in room.conditions().values():
        named = [*room.fields_of(condition.fields), *room.fields_of(condition.twins)]
        assert len(set(named)) == len(named)
        stated.update(named)
    left_open = {
        f for reason in room.open_fields().values() for f in room.fields_of(reason.fields)
    }

    assert not stated & left_open


def test_a_structure_without_conditions_has_none():
    assert room.for_structure("1.2.246.537.6.1506.1.1.1.1") == ()


def test_fields_come_in_order_and_without_marks_of_repetition():
    paths = [one.path for one in room.for_structure(CLIENT_RELATIONSHIP)]

    assert paths == sorted(paths)
    assert not any("[" in path for path in paths)


def test_a_document_is_checked_once_for_fields_that_break_a_rule_together():
    document = {"asia_asiakirja": {"asiakas": [{"sukunimi": "Malli"}]}}

    found = room.check("1.2.246.537.6.1505.2.2022.6.28", document)

    assert found == [
        room.Violation("/asia_asiakirja/asiakas/0", "identity-or-temporary", "at_least_one_of")
    ]


def test_a_violation_holds_no_value_of_the_document():
    document = {
        "asia_asiakirja": {"asian_tiedot": {"nimi": {"code": "99", "display": "SALAISUUS"}}}
    }

    assert "SALAISUUS" not in repr(room.check("1.2.246.537.6.1505.2.2022.6.28", document))


@pytest.mark.parametrize(
    "value", [None, "", " \t\n", [], {}, [""], [{}], {"a": ""}, {"system": "s", "display": "d"}]
)
def test_blank_values_say_nothing(value):
    assert not is_filled(value)


@pytest.mark.parametrize(
    "value", [False, True, 0, 1.5, "a", [False], {"code": "1"}, {"a": {"b": 0}}]
)
def test_switches_numbers_and_text_say_something(value):
    assert is_filled(value)


def test_every_fact_of_the_context_is_asked_for_by_a_condition():
    written = yaml.safe_dump(msgspec.to_builtins(room.conditions()))

    assert all(f"fact: {fact}" in written for fact in Fact)


def test_no_test_reads_another_item_than_the_one_its_field_stands_in():
    """A path may not go through the repeating group that the rule fills item by item."""
    for oid in structures():
        for one in room.for_structure(oid):
            repeating = [f"{key}[]/" for key in one.target.split("[]/")[:-1]]
            read_paths = yaml.safe_dump(msgspec.to_builtins(one.rule))
            if "required" in one.rule.__struct_config__.tag:
                assert not any(f"path: {key}" in read_paths for key in repeating)


def structures():
    named = (c.fields | c.twins for c in room.conditions().values())
    return sorted({room.OID_PREFIX + oid for fields in named for oid in fields})


def test_patterns_expand_every_choice_in_braces():
    assert list(expand("a/{b,c[]}/{d,e}")) == ["a/b/d", "a/b/e", "a/c[]/d", "a/c[]/e"]
    assert plain("a[]/b") == "a/b"


def test_a_rule_is_bound_to_the_innermost_group_it_speaks_of():
    rule = room.conditions()["monthly-amount"].rules[0]

    scope, target, _ = bind(rule, "root/x[]/elatusavun_maara[]/maara_kuukaudessa")

    assert (scope, target) == ("root/x[]", "elatusavun_maara[]/maara_kuukaudessa")


def test_the_measures_add_up():
    measured = room.measures()

    assert measured["conditions"] == 605
    assert measured["conditions_expressed"] == 598
    assert measured["texts"] == 108
    assert measured["expressions"] == len(room.conditions())
    assert measured["structures"] == len(structures())


def test_the_page_of_conditions_is_current(request):
    from cogapp import Cog

    page = request.config.rootpath / "docs" / "conditions.md"

    assert Cog().main(["cog", "--check", str(page)]) == 0
    assert all(f"`facts: {fact}`" in page.read_text("utf-8") for fact in Fact)


@pytest.mark.parametrize("module", ["ages", "paths", "reference"])
def test_examples_in_docstrings_hold(module):
    name = f"kirjaamo.classifications.structures.condition_{module}"

    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted
    assert not result.failed
