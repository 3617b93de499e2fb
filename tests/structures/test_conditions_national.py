"""The conditions against the national definitions they were read from."""

import csv
import json
import re
from collections import defaultdict
from functools import cache

import pytest

from kirjaamo.classifications.structures import conditions as room
from kirjaamo.classifications.structures.condition_forms import HasCode, asked_by, paths_of
from tests.reference import DATA, SCHEMAS, needs_data

PROSE = DATA / "codes" / "sosmeta_conditional_fields.tsv"

pytestmark = needs_data


@cache
def national(status):
    """Return the fields of every structure: identifier to marked path to (meta, node)."""
    found = {}
    for file in sorted((SCHEMAS / status).glob("*.json")):
        schema = json.loads(file.read_text("utf-8"))
        found[file.stem] = dict(walk(schema, ""))
    return found


def walk(node, place):
    for key, inner in node.get("properties", {}).items():
        repeats = inner.get("type") == "array"
        item = inner["items"] if repeats else inner
        if "sosmeta" in item:
            path = f"{place}{key}{'[]' if repeats else ''}"
            yield path, item
            yield from walk(item, f"{path}/")


def words(text):
    return re.findall(r"\w+", text.casefold())


def note_of(node):
    notes = node["sosmeta"].get("implementationNote", ())
    return " ".join(" ".join(n["value"] for n in notes if n["lang"] == "fi").split())


def flagged(status):
    return {
        (oid, path): note_of(node)
        for oid, fields in national(status).items()
        for path, node in fields.items()
        if node["sosmeta"].get("conditionalRequired")
    }


def stated():
    found = defaultdict(set)
    for name, condition in room.conditions().items():
        for patterns in (condition.fields, condition.twins):
            for field in room.fields_of(patterns):
                found[field].add(name)
    return found


def left_open():
    return {f for reason in room.open_fields().values() for f in room.fields_of(reason.fields)}


def test_the_conditions_name_the_flagged_fields_of_current_structures_and_no_other():
    named = {field for field in {*stated(), *left_open()} if field[0] in national("current")}

    assert named == set(flagged("current"))


def test_a_text_that_an_obsolete_version_shares_is_named_there_too():
    texts = set(flagged("current").values())
    named = {field for field in {*stated(), *left_open()} if field[0] in national("obsolete")}

    assert named == {field for field, note in flagged("obsolete").items() if note in texts}


def test_every_national_text_has_a_condition_or_is_open():
    with PROSE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    plain = {(oid, path.replace("[]", "")) for oid, path in {*stated(), *left_open()}}

    assert {(row["document_oid"], row["field_path"]) for row in rows} <= plain
    assert len({row["rule_fi"] for row in rows}) == room.measures()["texts"]


def test_the_same_text_has_the_same_conditions_everywhere():
    meant = defaultdict(set)
    for status in ("current", "obsolete"):
        for field, note in flagged(status).items():
            if note and field in stated():
                meant[note].add(frozenset(stated()[field]))

    assert all(len(conditions) == 1 for conditions in meant.values())


def test_fields_without_a_text_are_twins_or_open():
    bare = {field for field, note in flagged("current").items() if not note}
    twins = {f for c in room.conditions().values() for f in room.fields_of(c.twins)}
    open_for_that = set(room.fields_of(room.open_fields()["no-text"].fields))
    of_current = {field for field in twins | open_for_that if field[0] in national("current")}

    assert bare == of_current


def test_the_measures_are_counted_in_the_national_definitions():
    fields = flagged("current")

    assert room.measures()["conditions"] == len(fields)
    assert room.measures()["conditions_expressed"] == len(fields.keys() - left_open())


def bound():
    for oid in {oid for oid, _ in stated()}:
        status = "current" if oid in national("current") else "obsolete"
        for one in room.for_structure(oid):
            yield one, national(status)[oid]


def test_every_path_of_a_rule_is_a_field_of_the_structure():
    for one, fields in bound():
        read = set(paths_of(one.rule)) | ({one.target} if one.target else set())

        assert {f"{one.scope}/{path}" for path in read} <= set(fields), one.condition_id


def test_every_code_of_a_rule_is_one_that_the_structure_allows():
    for one, fields in bound():
        for test in asked_by(one.rule):
            if isinstance(test, HasCode):
                allowed = fields[f"{one.scope}/{test.path}"]["properties"]["code"].get("enum")
                assert allowed is None or set(test.codes) <= set(allowed)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_national_sentence_is_copied(language):
    """Eight words in a row are a sentence; names of fields and statutes are shorter."""
    runs = set()
    for fields in (*national("current").values(), *national("obsolete").values()):
        for node in fields.values():
            for key in ("implementationNote", "description"):
                for note in node["sosmeta"].get(key, ()):
                    runs |= windows(note["value"])

    own = [c.text(language) for c in (room.conditions() | room.open_fields()).values()]

    assert not [text for text in own if windows(text) & runs]


def windows(text, length=8):
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}
