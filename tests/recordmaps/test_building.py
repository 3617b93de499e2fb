"""Documents built from complete records are in order, and incomplete ones tell what is missing."""

import datetime as dt

import pytest

from kirjaamo import validators
from kirjaamo.classifications.structures import conditions
from kirjaamo.classifications.structures.condition_forms import Context as Told
from kirjaamo.documents.model import Raw
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.findings import Severity
from kirjaamo.mappings import recordmaps
from tests.recordmaps import material

MAPS = recordmaps.shipped()
each_map = pytest.mark.parametrize("name", MAPS)


@pytest.fixture(scope="module")
def checker(codes):
    errors = [
        rule
        for rule in validators.rules().values()
        if rule.family in {"ST", "LW"} and rule.severity is Severity.ERROR
    ]
    return Checker(material.library(), errors, Context(dt.date(2026, 1, 1), codes))


def built(name, codes, case=None):
    return material.builder(name, codes).build(case or material.suitable(name))


@each_map
def test_nothing_is_missing_from_a_complete_record(name, codes):
    assert built(name, codes).missing == ()


@each_map
def test_the_document_of_a_complete_record_passes_structure_and_law(name, codes, checker):
    document = built(name, codes)

    raw = Raw("test", 1, material.encoded(document), structure=document.structure)
    assert checker.check(raw) == []


@each_map
def test_the_document_of_a_complete_record_meets_the_conditions(name, codes):
    document = built(name, codes)
    facts = {"old_relationship": True, "relationship_ended": True, "matter_closed": True}

    told = Told(facts=facts)
    found = [*conditions.check(document.structure, document.document, told)]
    assert [(one.path, one.condition_id) for one in found] == []


@each_map
def test_building_does_not_change_the_record(name, codes):
    case = material.suitable(name)

    built(name, codes, case)

    assert case == material.suitable(name)


def without(of, *names):
    case = material.complete(of)
    for name in names:
        table, _, key = name.partition(".")
        case[table] = {**case[table], key: None}
    return case


@pytest.mark.parametrize(
    ("name", "lost", "missing"),
    [
        ("11000", ["decision.decided"], "paatos/paatospaivamaara"),
        ("11000", ["decision.text", "decision.reasons"], "paatos/ratkaisu_ja_perustelut"),
        ("11000", ["client.identity_code"], "asiakas/henkilotunnus"),
        ("11000", ["organisation.signature"], "allekirjoitus/allekirjoituksen_tyyppi"),
        ("11000", ["decision.appeal", "organisation.appeal"], "paatos/muutoksenhaku/ohjeteksti"),
        ("11053", ["client.identity_code"], "asiakas/henkilotunnus"),
        ("11018", ["client.birth_date"], "lapsi"),
        ("1505.1", ["client.non_disclosure"], "asiakas/turvakielto"),
        ("1505.1", ["client.birth_date"], "asiakas/syntymaaika"),
        ("1505.1", ["relationship.start"], "sosiaalihuollon_asiakkuus/asiakkuuden_alkamispvm"),
        ("1505.2", ["ids.matter"], "asian_tiedot/asiatunnus"),
        ("1505.2", ["matter.opened"], "asian_tiedot/avauspaiva"),
        ("19013", ["entry.event_time"],
         "asiakaskertomusmerkinta/tapahtuma/ajanjakso/alkamishetki"),
    ],
)  # fmt: skip
def test_what_is_lost_is_told_and_not_made_up(name, lost, missing, codes):
    document = built(name, codes, without(MAPS[name].of, *lost))

    root = next(iter(document.document))
    assert f"{root}/{missing}" in document.missing


def test_an_unknown_non_disclosure_is_not_written_as_none(codes):
    document = built("1505.1", codes, without("relationship", "client.non_disclosure"))

    assert "turvakielto" not in document.document["asiakkuusasiakirja"]["asiakas"]


def test_an_old_relationship_is_marked_as_old(codes):
    document = built("1505.1", codes).document["asiakkuusasiakirja"]

    assert document["sosiaalihuollon_asiakkuus"]["vanha_asiakkuus"] is True


def test_child_protection_days_stand_only_in_its_relationships(codes):
    case = material.complete("relationship")
    case["relationship"]["service_task"] = "20"

    document = built("1505.1", codes, case).document["asiakkuusasiakirja"]

    assert "lastensuojelun_asiakkuus" not in document


def test_every_client_of_a_matter_stands_with_the_own_day_of_joining(codes):
    clients = built("1505.2", codes).document["asia_asiakirja"]["asiakas"]

    assert [one["asiaan_liittymishetki"] for one in clients] == ["2024-05-02", "2024-05-03"]


def test_a_matter_without_clients_is_told(codes):
    document = built("1505.2", codes, {**material.complete("matter"), "clients": []})

    assert "asia_asiakirja/asiakas" in document.missing


def test_a_code_whose_name_nobody_knows_is_missing(codes):
    case = material.complete("decision")
    case["decision"] |= {"social_service": "7", "social_service_name": None, "old_type": "?"}

    document = built("11000", codes, case)

    path = "iakkaiden_palvelupaatos/paatos/sosiaalipalvelu_jota_paatos_koskee/sosiaalipalvelu"
    assert document.missing == (path,)


def test_the_recorded_name_serves_where_the_list_has_none(codes):
    case = material.complete("decision")
    case["decision"] |= {"social_service": "7", "social_service_name": "Vanha nimi"}

    document = built("11000", codes, case).document["iakkaiden_palvelupaatos"]

    service = document["paatos"]["sosiaalipalvelu_jota_paatos_koskee"]["sosiaalipalvelu"]
    assert service["display"] == "Vanha nimi"


def unit_of_decision(codes, **unit):
    case = material.complete("decision")
    case["organisation"]["unit"]["U8"] = {"oid": f"{material.NODE}.10.8", "name": "Seuraaja"}
    case["unit"] = unit

    document = built("11000", codes, case).document["iakkaiden_palvelupaatos"]

    return document["paatos"]["paatoksentekija"].get("palveluyksikko", {}).get("display")


def test_a_unit_without_oid_is_told_by_the_settings(codes):
    assert unit_of_decision(codes, unit_id="U8", oid=None, name="Vanha") == "Seuraaja"


def test_a_unit_with_oid_is_not_replaced(codes):
    assert unit_of_decision(codes, unit_id="U8", oid="1.2.246.10.1.10.1", name="Oma") == "Oma"


def test_a_worker_is_not_put_into_the_default_unit(codes):
    assert unit_of_decision(codes, unit_id="U9", oid=None, name="Vanha") is None


def test_a_relationship_without_unit_gets_the_default_one(codes):
    case = {**material.complete("relationship"), "unit": None}

    document = built("1505.1", codes, case).document["asiakkuusasiakirja"]

    unit = document["palvelunjarjestajan_palveluyksikko"][0]["palveluyksikon_nimi"]
    assert unit["display"] == "Arkistoyksikkö"


def test_the_contact_of_a_unit_is_taken_whole(codes):
    case = material.complete("decision")
    default = case["organisation"]["contact"]["default"]
    case["organisation"]["contact"] = {"default": default, "U1": {"last_name": "Oma"}}

    document = built("11000", codes, case)

    assert "iakkaiden_palvelupaatos/paatos/lisatietojen_antaja/etunimet" in document.missing
