"""Whole archive documents with their frames, built from invented records."""

import datetime as dt
from functools import cache
from pathlib import Path

import orjson

from kirjaamo.archive import bodies
from kirjaamo.archive.building import Built, Case, Ground, Maker
from kirjaamo.archive.checking import Means
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.samples.documents import document as sample
from kirjaamo.settings import read_toml
from kirjaamo.workspace import Settings

PLAN = "1.2.246.537.6.1506.15007.2024.11.28"
DECISION = "1.2.246.537.6.1506.11018.2025.2.28"
RELATION = "1.2.246.537.6.1505.1.2023.6.1"
OID = "1.2.246.10.90000011.95.2026.7"
MATTER = "1.2.246.10.90000011.18.2026.1"
PERSON = "100190-999P"
AT = dt.datetime(2026, 3, 5, 9, 20, tzinfo=dt.timezone(dt.timedelta(hours=2)))
CLIENT = {"identity_code": PERSON, "first_names": "Aino Maria", "last_name": "Malli", "used_name": "Aino"}  # fmt: skip
WRITER = {"first_names": "Eeva", "last_name": "Esimerkki", "registration_number": "12345678901"}


@cache
def settings():
    return read_toml(Path(__file__).with_name("workspace.toml"), Settings)


def ground(told=None, codes=None, structures=None):
    return Ground(told or settings(), codes or Codes(), structures or Structures(), AT)


def put_matter(tree, matter):
    """Set every matter id of a body."""
    if isinstance(tree, list):
        for one in tree:
            put_matter(one, matter)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key in {"asianumero", "tilauksen_asianumero", "asiatunnus"}:
                value["value"] = matter
            else:
                put_matter(value, matter)
    return tree


def case(structure=PLAN, fill="required", make=sample, tree=None, **changes):
    """Return the case of a sample document: its record says what the body leaves out."""
    tree = tree or put_matter(make(structure, fill), MATTER)
    body = bodies.inside(tree)
    document = {
        "document_id": OID, "matter_id": MATTER, "structure": structure,
        "authored": AT.isoformat(), "relationship_id": "1.2.246.10.90000011.19.2026.1",
    } | changes  # fmt: skip
    if not bodies.service_tasks(body):
        document = {"service_task": "24"} | document
    author = WRITER | dict(bodies.author(body)) | {"registration_number": "12345678901"}
    clients = () if bodies.clients(body) else (CLIENT,)
    return Case("table.csv", 2, document, orjson.dumps(tree), clients=clients, author=author)


def plain_case(**changes):
    """Return the case of a decision whose body tells client, author and matter."""
    tree = put_matter(sample(DECISION, "all"), MATTER)
    body = bodies.inside(tree)
    body["asiakas"] = [{
        "sukunimi": "Malli", "etunimet": "Aino Maria",
        "henkilotunnus": {"system": "urn:oid:1.2.246.21", "value": PERSON},
    }]  # fmt: skip
    body["paatos"]["paatoksentekija"] |= {"sukunimi": "Esimerkki", "etunimet": "Eeva"}
    made = case(DECISION, tree=tree)
    document = made.document | changes
    return Case(
        made.place, made.row, document, made.content, clients=(CLIENT,), author=made.author
    )


def built(one=None, maker=None) -> Built:
    """Return what is built of a case; that it is held is a failure."""
    found = (maker or Maker(ground())).make(one or plain_case())
    assert isinstance(found, Built), found
    return found


@cache
def sound():
    """Return a sound document and its frame."""
    made = built()
    return {"document": made.cda, "frame": made.frame}


def means():
    return Means()
