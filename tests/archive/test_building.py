"""Building archive documents: every structure, the same bytes, and what is held."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kirjaamo.archive.building import (
    Coded,
    Context,
    Document,
    HeldError,
    Organisation,
    Person,
    build,
)
from kirjaamo.archive.checking import Means, check
from kirjaamo.archive.view import IllegalCharacterError, WrongStructureError
from kirjaamo.errors import KirjaamoError
from kirjaamo.samples.documents import BUNDLED
from kirjaamo.samples.documents import document as sample
from tests.archive import material

MEANS = Means()
AT = dt.datetime(2026, 3, 5, 9, 20, tzinfo=dt.timezone(dt.timedelta(hours=2)))
REGION = Organisation("1.2.246.10.90000011.10.0", "Kaskivuori & kumpp.")
CONTEXT = Context(
    REGION, REGION, "1.2.246.556.18007.2", "1.2.246.10.90000011.99", "RCMR_TE000102UV01",
    "Kirjaamo", "Kirjaamo", "0", AT,
)  # fmt: skip
CLIENT = Person(
    material.PERSON, "Aino Maria", "Malli", "Aino", Coded("2", "Nainen"), dt.date(1990, 1, 10)
)
AUTHOR = Person(material.PERSON, "Eeva", "Esimerkki", registration="12345678901")


def of(structure=material.PLAN, fill="required", **changes):
    kind = Coded(structure.split(".")[7], "Nimi")
    one = Document(
        oid=material.OID, structure=structure,
        body=material.put_matter(sample(structure, fill), material.MATTER),
        language="fi", authored=AT, matter=material.MATTER, clients=(CLIENT,), author=AUTHOR,
        kind=kind, specific=kind, service_task=Coded("1", "Nimi"), process=Coded("3", "Nimi"),
        retention=Coded("1", "Säilytetään pysyvästi"), special=Coded("E", "Ei"),
        unit=Organisation("1.2.246.10.90000011.10.1", "Yksikkö"), message="1",
    )  # fmt: skip
    return dataclasses.replace(one, **changes)


def test_documents_of_every_structure_pass_the_checks():
    found = {}
    for oid in BUNDLED.current():
        built = build(of(oid), CONTEXT)
        rules = {one.rule for one in check(built.cda, built.frame, MEANS)}
        found[oid] = rules - ({"MD008"} if BUNDLED.unworded(oid) else set())

    assert len(found) == len(BUNDLED.current())
    assert {oid: rules for oid, rules in found.items() if rules} == {}


@settings(max_examples=20, deadline=None)
@given(name=st.text(st.characters(codec="utf-8", categories=["L", "S", "P"]), min_size=1))
def test_building_twice_gives_the_same_bytes(name):
    one = of(unit=Organisation("1.2.246.10.90000011.10.1", name))
    built = build(one, CONTEXT)

    assert built == build(one, CONTEXT)
    names = etree.fromstring(built.cda).findall(".//{*}encounterParticipant//{*}name")
    assert [found.text for found in names] == [name]


def test_joint_documents_name_every_client():
    built = build(of(clients=(CLIENT, CLIENT)), CONTEXT)

    for content in (built.cda, built.frame):
        assert len(etree.fromstring(content).findall(".//{*}recordTarget")) == 2


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"process": Coded("", "Nimi")}, "document.process.code"),
        ({"retention": Coded("1", " ")}, "document.retention.name"),
        ({"clients": ()}, "document.clients"),
        ({"author": CLIENT}, "document.author.registration"),
        ({"unit": Organisation("1.2", "a\x00")}, "document.unit.name"),
        ({"authored": AT.replace(tzinfo=None)}, "document.authored"),
    ],
)
def test_what_is_missing_holds_the_document(changes, place):
    with pytest.raises(HeldError, match=place):
        build(of(**changes), CONTEXT)


def test_missing_settings_hold_the_document():
    with pytest.raises(HeldError, match=r"context\.act"):
        build(of(), dataclasses.replace(CONTEXT, act=""))


def test_bodies_of_other_structures_and_illegal_texts_are_errors():
    with pytest.raises(WrongStructureError):
        build(of(body={"muu": {}}), CONTEXT)
    with pytest.raises(KirjaamoError):
        build(of(structure="1.2.246.537.6.1506.99999.2024.11.28", body={}), CONTEXT)
    body = of(fill="all").body
    with pytest.raises(IllegalCharacterError):
        build(of(body=_spoiled(body)), CONTEXT)


def _spoiled(tree):
    if isinstance(tree, dict):
        return {key: _spoiled(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_spoiled(one) for one in tree]
    return f"{tree}\x01" if isinstance(tree, str) else tree
