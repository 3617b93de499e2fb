"""Every case file of a document rule against its rule, and documents that are as they should be."""

import datetime as dt
import itertools
import json
from copy import deepcopy
from functools import cache
from pathlib import Path

import msgspec
import pytest
import yaml

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.model import Raw
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.findings import Severity
from kirjaamo.rules import Kind
from kirjaamo.samples.documents import Documents
from tests.classifications.lists import with_lists

CASES = Path(__file__).parent / "rules"
RULES = [rule for rule in validators.rules().values() if rule.kind is Kind.DOCUMENT]
AS_OF = dt.date(2026, 6, 1)
LIBRARY = Library()
STRUCTURES = LIBRARY.structures.versions()["oid"].to_list()


@cache
def samples():
    return Documents(LIBRARY.structures)


def cases():
    for rule in RULES:
        for name, case in yaml.safe_load(
            (CASES / f"{rule.code}.yaml").read_text("utf-8")
        ).items():
            yield pytest.param(rule, case, id=f"{rule.code}: {name}")


def oid_of(case):
    """Return the OID of the structure of a case, which may say the code of a document type."""
    said = str(case.get("structure", ""))
    if not said or said.startswith("1.2."):
        return said
    if "." in said:
        return f"1.2.246.537.6.{said}"
    return LIBRARY.structures.oid_on(said, AS_OF)


def tree_of(case):
    if "document" in case:
        tree = deepcopy(case["document"])
    else:
        more = {key: case[key] for key in ("day",) if key in case}
        tree = samples().make(
            oid_of(case), case.get("fill", "required"), case.get("seed", 1), **more
        )
    for pointer, value in case.get("set", {}).items():
        put(tree, steps(pointer), value)
    for pointer in case.get("remove", []):
        take(tree, steps(pointer))
    return tree


def steps(pointer):
    return [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]


def put(tree, path, value):
    """Set the value at a path, making the groups and lists on the way."""
    for step, following in itertools.pairwise(path):
        empty = [] if isinstance(following, int) else {}
        if isinstance(tree, list):
            if step == len(tree):
                tree.append(empty)
            tree = tree[step]
        else:
            tree = tree.setdefault(step, empty)
    if isinstance(tree, list) and path[-1] == len(tree):
        tree.append(value)
    else:
        tree[path[-1]] = value


def take(tree, path):
    for step in path[:-1]:
        tree = tree[step]
    del tree[path[-1]]


def raw_of(case):
    oid, metadata = oid_of(case), case.get("metadata", {})
    if "damage" in case:
        return Raw("case", 1, b"", damage=case["damage"])
    content = (
        case["content"].encode() if "content" in case else msgspec.json.encode(tree_of(case))
    )
    return Raw("case", 1, content, "" if case.get("untold") else oid, metadata=metadata)


def checker(rules, case):
    codes = with_lists(case["lists"]) if "lists" in case else Codes()
    settings = {rule.code: case.get("settings", {}) for rule in rules}
    return Checker(LIBRARY, rules, Context(case.get("as_of", AS_OF), codes, settings))


@pytest.mark.parametrize(("rule", "case"), list(cases()))
def test_case(rule, case):
    made, raw = checker([rule], case), raw_of(case)

    found = made.check(raw)

    assert not list(made.missing())
    assert sorted({place for _, place, code, _ in found if code == rule.code}) == sorted(
        set(case.get("expect", []))
    )
    assert not leaked(found, raw), "leaks a value"


def leaked(found, raw):
    """Return the parameters that stand in the document as values."""
    given = [json.loads(text) for *_, text in found if text]
    values = [str(v) for parameters in given for v in parameters.values() if len(str(v)) > 3]
    return [value for value in values if f'"{value}"'.encode() in raw.content]


@pytest.mark.parametrize("fill", ["required", "random", "all"])
def test_generated_documents_break_no_structure_rule(fill):
    wrong = [rule for rule in RULES if rule.family == "ST" and rule.severity is Severity.ERROR]
    made = checker(wrong, {})
    plain = [oid for oid in STRUCTURES if not unknown_texts(oid)]

    found = {
        (oid, place, code)
        for number, oid in enumerate(plain[::3])
        for place, code in places(made, samples().make(oid, fill, number), oid)
    }

    assert len(plain) > 100
    assert found == set()


def unknown_texts(oid):
    """Tell whether the structure has fixed texts whose wording is not bundled."""
    return any(field.fingerprint for field in LIBRARY.structures.facts(oid).fields)


def places(made, tree, oid):
    raw = Raw("sample", 1, msgspec.json.encode(tree), oid)
    return [(place, code) for _, place, code, _ in made.check(raw)]


def test_a_finding_names_the_field_in_finnish():
    oid = LIBRARY.structures.oid_on("11002", AS_OF)
    (date,) = [f for f in LIBRARY.structures.facts(oid).fields if f.key == "paatospaivamaara"]

    assert LIBRARY.field_name(oid, f"/{date.path}") == "Päätöspäivämäärä"
    assert LIBRARY.field_name(oid, f"/{date.path}/0/nothing") == "Päätöspäivämäärä"
    assert LIBRARY.field_name("", "/a") == ""
