"""Sample documents and the document rules hold each other to account."""

import datetime as dt
import json
from functools import cache
from random import Random

import pytest

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.model import Raw
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.rules import Kind
from kirjaamo.samples.documents import BUNDLED, document
from kirjaamo.samples.documents.mutations import KINDS, TOLD_INSIDE, mutate
from tests.samples.making import FILLS, OIDS

WORDED = [oid for oid in OIDS if not BUNDLED.unworded(oid)]


@cache
def checker():
    rules = [rule for rule in validators.rules().values() if rule.kind is Kind.DOCUMENT]
    context = Context(as_of=dt.date(2026, 7, 1), codes=Codes())
    return Checker(Library(BUNDLED.structures), rules, context)


def found(oid, tree):
    """Return the code and the place of every finding."""
    raw = Raw(f"{oid}_1.json", 1, json.dumps(tree).encode(), oid)
    return [(code, place) for _, place, code, _ in checker().check(raw)]


@pytest.mark.parametrize("fill", FILLS)
def test_no_rule_finds_anything_in_a_document(fill):
    wrong = {oid: found(oid, document(oid, fill, 3)) for oid in WORDED}

    assert {oid: places for oid, places in wrong.items() if places} == {}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - TOLD_INSIDE))
def test_the_rule_of_a_kind_finds_it_in_its_place(kind):
    for oid in WORDED[::7]:
        damaged = mutate(document(oid, "random", 4), oid, kind, Random(f"{oid} {kind}"))
        if damaged is not None:
            assert (damaged.rule, damaged.pointer) in found(oid, damaged.tree)
