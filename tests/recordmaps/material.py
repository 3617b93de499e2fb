"""A complete old record of each table, and the lists, crosswalks and settings it needs.

Everything is made up; the code lists that nobody has published here are marked test lists.
"""

import datetime as dt
import hashlib
from functools import cache

import msgspec
import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import checking
from kirjaamo.mappings import Crosswalk, local, recordmaps
from kirjaamo.mappings.crosswalk import SCHEMA
from kirjaamo.mappings.recordmaps import cases
from kirjaamo.migration_settings import Appeal, Contact, Migration, ServiceUnit
from kirjaamo.workspace import Organisation, Settings

SYSTEM = "T"
NODE = "1.2.246.10.90000011"

TEST_LISTS = {
    "matter": ("1.2.246.537.6.1265", {"99": "Muu"}),
    "matter_status": ("1.2.246.537.6.1501", {"2": "Testitila"}),
    "expense_kind": ("1.2.246.537.6.1279", {"1": "Testimeno"}),
}
"""Folder to OID and codes: stand-ins for lists that the product does not know."""

BECOMES = {
    "1.2.246.537.6.1222": "45",
    "1.2.246.537.6.1279": "1",
    "paatos_tapaamisten_valvonnasta/tapaamisten_valvonnan_muoto": "1",
}
"""Code list to what the one local type of decision becomes."""


def write_lists(folder, lists=None):
    """Write test lists as a workspace keeps imported ones, and return the code lists."""
    for slug, (oid, codes) in (lists or TEST_LISTS).items():
        place = folder / slug / "2026-01-01"
        place.mkdir(parents=True)
        rows = [f"{code},{name},,,,,active,confirmed,test" for code, name in codes.items()]
        head = "code,name_fi,name_sv,parent,valid_from,valid_to,status,confidence,source"
        content = "\n".join([head, *rows, ""]).encode()
        (place / "codes.csv").write_bytes(content)
        (folder / slug / "list.yaml").write_text(
            f"oid: '{oid}'\nnames: {{fi: Testi, sv: Test, en: Test}}\nowner: test\n"
            "source: test\nlicence: test\ncomplete: true\n"
        )
        (place / "edition.yaml").write_text(
            f"retrieved: 2026-01-01\nsource: test\nsha256:\n  codes.csv: "
            f"{hashlib.sha256(content).hexdigest()}\n"
        )
    return Codes(folder)


def crosswalk(field, target, pairs, **more):
    """Return an approved crosswalk from a field of the test system."""
    rows = [
        {"old": old, "new": new, "new_name": "", "status": "approved", "confidence": "confirmed",
         "owner": "test", "reason": "", "evidence": "", "origin": "workspace", **more}
        for old, new in pairs.items()
    ]  # fmt: skip
    name = f"{field}_to_{target.rpartition('.')[2].rpartition('/')[2]}"
    return Crosswalk(name, local(SYSTEM, field), target, pl.DataFrame(rows, schema=SCHEMA))


@cache
def crosswalks():
    """Return the crosswalks of the test system by name."""
    found = [crosswalk("old_type", target, {"X-1": new}) for target, new in BECOMES.items()]
    found.append(crosswalk("is_closed", "1.2.246.537.6.1501", {"true": "2"}))
    return {one.name: one for one in found}


@cache
def library():
    """Return the bundled structures."""
    return checking.Library()


SETTINGS = Settings(
    organisation=Organisation(name="Malliala", oid=NODE, controller=f"{NODE}.19.0", test=True),
    migration=Migration(
        signature="1",
        contact={
            "default": Contact(
                "Neuvo", "Aino", "neuvoja", "Mallikatu 1", "00100", "HELSINKI", "0295 000 000",
                "neuvo@example.fi",
            )
        },
        appeal={"default": Appeal("Päätöksestä voi valittaa.", "2", "Hallinto-oikeus",
                                  "Hallinto-oikeus", "30 päivää tiedoksisaannista")},
        unit={"default": ServiceUnit(f"{NODE}.10.1", "Arkistoyksikkö")},
    ),
)  # fmt: skip


def identity_code(born, number=901):
    """Return a synthetic identity code of a person born in this century."""
    digits = f"{born:%d%m%y}{number}"
    return f"{digits[:6]}A{number}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(digits) % 31]}"


BORN = dt.date(2012, 5, 15)


def client(number=901):
    """Return a child."""
    return {
        "client_id": f"C{number}", "identity_code": identity_code(BORN, number),
        "temporary_id": None, "birth_date": BORN, "death_date": None, "last_name": "Malli",
        "first_names": "Maija Test", "sex": "2", "municipality": "091", "language": "FI",
        "non_disclosure": False, "joined": "2024-05-02",
    }  # fmt: skip


def worker():
    """Return an employee."""
    return {
        "worker_id": "W1", "last_name": "Virta", "first_names": "Ville",
        "registration_number": "90000000001", "position": "sosiaalityöntekijä", "unit": "U1",
    }  # fmt: skip


def decision():
    """Return a decision with every field."""
    return {
        "decision_id": "P1", "document_id": "D1", "client_id": "C901", "relationship_id": "R1",
        "matter_id": "M1", "old_type": "X-1", "old_type_name": "Vanha laji",
        "service_task": "24", "social_service": "45", "social_service_name": "Sosiaaliohjaus",
        "outcome": "1", "outcome_name": "Myönteinen ratkaisu", "valid_from": dt.date(2024, 7, 1),
        "valid_to": dt.date(2025, 6, 30), "legal_basis": "Sosiaalihuoltolaki 1301/2014",
        "text": "Palvelu myönnetään.", "reasons": "Tuen tarve on arvioitu.",
        "appeal": "Päätökseen voi hakea muutosta.", "decided": dt.date(2024, 6, 10),
        "decision_maker": "W1", "unit": "U1", "delivered": dt.date(2024, 6, 12),
        "delivery_channel": "posti",
    }  # fmt: skip


def complete(of):
    """Return a case with everything that maps of a table read."""
    unit = {"unit_id": "U1", "oid": f"{NODE}.10.7", "name": "Malliyksikkö", "business_id": None}
    case = {
        "client": client(),
        "relationship": {
            "relationship_id": "R1", "client_id": "C901", "service_task": "10",
            "start": dt.date(2024, 1, 8), "end": dt.date(2025, 8, 1), "end_reason": "muutto",
            "responsible_worker": "W1", "unit": "U1",
        },
        "matter": {
            "matter_id": "M1", "client_ids": ["C901", "C902"], "relationship_id": "R1",
            "service_task": "24", "matter_code": "99", "matter_other": "Muu asia",
            "status": None, "opened": dt.date(2024, 5, 2), "closed": dt.date(2025, 7, 1),
            "is_closed": True, "joined": ["2024-05-02", "3.5.2024"],
        },
        "clients": [client(), {**client(902), "joined": "3.5.2024"}],
        "unit": unit, "organisation": cases.organisation(SETTINGS),
        "source": {"system": SYSTEM}, "decision_maker": worker(), "author": worker(),
        "responsible_worker": worker(),
        "ids": {name: f"{NODE}.14.2026.{n}" for n, name in enumerate(cases.IDS, 1)},
        "decision": decision(),
        "entry": {
            "entry_id": "E1", "client_id": "C901", "matter_id": "M1", "structure": None,
            "service_task": "24", "event_time": dt.datetime.fromisoformat("2024-06-03T09:30"),
            "recorded_time": dt.datetime.fromisoformat("2024-06-04T15:00"), "author": "W1", "status": None,
            "text": "Tavattiin sovitusti.",
        },
    }  # fmt: skip
    others = {"decision", "relationship", "matter", "entry"} - {of}
    used = {"decision": {"matter", "relationship"}, "entry": {"matter"}}.get(of, set())
    return {name: found for name, found in case.items() if name not in others - used}


def suitable(name):
    """Return a complete case that the shipped map called *name* is for."""
    case = complete(recordmaps.get(name).of)
    if name == "11054":  # its structure takes only services of two kinds
        case["decision"] |= {"social_service": "99", "social_service_name": None}
    return case


def builder(name, codes):
    """Return the compiled shipped map called *name*."""
    return recordmaps.compiled(recordmaps.get(name), crosswalks(), library(), codes)


def encoded(built):
    """Return the bytes of a built document."""
    return msgspec.json.encode(built.document)
