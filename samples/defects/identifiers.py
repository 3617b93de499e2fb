"""Damage that the rules of identifiers (ID) must find."""

import datetime as dt
from collections.abc import Callable

from kirjaamo.samples.defects.planning import Injector, Make
from kirjaamo.samples.defects.scene import Damage, Row, Scene
from kirjaamo.samples.identity import CHECK_CHARACTERS, identity_code
from kirjaamo.samples.people import temporary_id


def changed(field: str, how: Callable[[str], str | None]) -> Make:
    """Return an injector's function that rewrites the text of *field*."""

    def make(row: Row, _: Scene) -> Damage | None:
        value = row.get(field)
        broken = how(str(value)) if value is not None else None
        return Damage({field: broken}) if broken is not None and broken != value else None

    return make


def fixed(field: str, value: object) -> Make:
    """Return an injector's function that writes *value* where *field* has something."""

    def make(row: Row, _: Scene) -> Damage | None:
        return Damage({field: value}) if row.get(field) is not None else None

    return make


def lost(field: str, letter: str) -> Make:
    """Return an injector's function that makes *field* name a row that does not exist."""

    def make(row: Row, scene: Scene) -> Damage | None:
        number = scene.positions[id(row)][1]
        identifier = f"{scene.system}{letter}9{number:05}"
        return Damage({field: identifier}) if row.get(field) is not None else None

    return make


def changed_code(how: Callable[[str], str]) -> Make:
    """Return an injector's function that turns an identity code into one that nobody has."""

    def make(row: Row, scene: Scene) -> Damage | None:
        broken = how(row["identity_code"]) if row["identity_code"] else None
        if broken is None or broken in scene.codes:
            return None
        scene.codes.add(broken)
        return Damage({"identity_code": broken})

    return make


def _check_character(code: str) -> str:
    place = CHECK_CHARACTERS.index(code[-1])
    return code[:-1] + CHECK_CHARACTERS[(place + 7) % 31]


def _last_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 3) % 10)


def _node(oid: str) -> str:
    """Return an OID with a wrong check digit in the business id, which is its fifth number."""
    nodes = oid.split(".")
    nodes[4] = _last_digit(nodes[4])
    return ".".join(nodes)


def _day_that_never_was(code: str) -> str:
    """Return a code of the 31st of February whose check character is right."""
    digits = f"3102{code[4:6]}{code[7:10]}"
    return f"{digits[:6]}{code[6:10]}{CHECK_CHARACTERS[int(digits) % 31]}"


def _wrong_century(code: str) -> str:
    return code[:6] + ("A" if code[6] in "+-YXWVU" else "-") + code[7:]


def _other_birth_date(row: Row, scene: Scene) -> Damage | None:
    if not row["identity_code"] or row["birth_date"].year < 1900:  # noqa: PLR2004 - a rare case of its own
        return None
    return Damage(
        {"birth_date": row["birth_date"] + dt.timedelta(scene.rng.choice((1, 2, 30)))}
    )


def _without_identity(row: Row, _: Scene) -> Damage | None:
    return Damage({"identity_code": None}) if row["identity_code"] else None


def _same_code(row: Row, scene: Scene) -> Damage | None:
    other = scene.of_same_age(row)
    if other is None or not row["identity_code"]:
        return None
    values = {name: other[name] for name in ("identity_code", "birth_date")}
    return Damage(values, beside=other)


def _registered_twice(row: Row, scene: Scene) -> Damage | None:
    other = scene.of_same_age(row)
    if other is None or not row["identity_code"]:
        return None
    name: str = other["last_name"]
    values = {
        "identity_code": None,
        "temporary_id": temporary_id(2018, 900_000 + scene.rng.randrange(10_000)),
        "birth_date": other["birth_date"],
        "last_name": name[:3] + name[2:],
        "first_names": other["first_names"],
    }
    return Damage(values, beside=other)


def same_key(field: str) -> Make:
    """Return an injector's function that gives a row the key of the next one."""

    def make(row: Row, scene: Scene) -> Damage | None:
        table, place = scene.positions[id(row)]
        rows = scene.rows[table]
        other = rows[(place + 1) % len(rows)]
        return Damage({field: other[field]}, beside=other) if other is not row else None

    return make


def code_in_text(row: Row, scene: Scene) -> Damage | None:
    """Return a text that holds an identity code which no client of the sample has."""
    day = dt.date(1961, 5, 9) + dt.timedelta(scene.rng.randrange(5000))
    code = identity_code(day, 999, "-")
    return Damage({"text": f"{row['text']} Puolison tunnus on {code}."})


ALL = (
    Injector("same-identity-code", "ID011", "client.identity_code", _same_code, alone=True),
    Injector("client-registered-twice", "ID012", "client.last_name", _registered_twice, alone=True, systems="BC"),
    Injector("identity-code-too-short", "ID001", "client.identity_code", changed_code(lambda c: c[:-1])),
    Injector("identity-code-strange-separator", "ID001", "client.identity_code", changed_code(lambda c: f"{c[:6]}/{c[7:]}")),
    Injector("wrong-check-character", "ID002", "client.identity_code", changed_code(_check_character)),
    Injector("separator-of-wrong-century", "ID003", "client.identity_code", changed_code(_wrong_century)),
    Injector("birth-date-differs", "ID004", "client.birth_date", _other_birth_date),
    Injector("day-that-never-was", "ID005", "client.identity_code", changed_code(_day_that_never_was)),
    Injector("identity-code-untidy", "ID016", "client.identity_code", changed_code(lambda c: f"{c[:6]} {c[6:]}")),
    Injector("temporary-id-malformed", "ID006", "client.temporary_id", changed("temporary_id", lambda c: c.replace(".22.", ".", 1))),
    Injector("person-without-identity", "ID013", "client.identity_code", _without_identity),
    Injector("business-id-wrong", "ID007", "unit.business_id", changed("business_id", _last_digit)),
    Injector("unit-oid-malformed", "ID008", "unit.oid", changed("oid", lambda c: c.replace(".10.", "..", 1))),
    Injector("unit-oid-wrong-business-id", "ID009", "unit.oid", changed("oid", _node)),
    Injector("controller-malformed", "ID008", "disclosure.controller", changed("controller", lambda c: c.removeprefix("1.2.246."))),
    Injector("structure-malformed", "ID010", "document.structure", changed("structure", lambda c: c.rpartition(".")[0])),
    Injector("decision-number-twice", "ID014", "decision.decision_id", same_key("decision_id"), alone=True),
    Injector("entry-number-twice", "ID014", "entry.entry_id", same_key("entry_id"), alone=True),
    Injector("decision-maker-missing", "ID015", "decision.decision_maker", lost("decision_maker", "T"), systems="BC"),
    Injector("decision-unit-missing", "ID015", "decision.unit", lost("unit", "Y"), systems="BC"),
    Injector("decision-client-missing", "ID015", "decision.client_id", lost("client_id", ""), systems="BC"),
    Injector("entry-client-missing", "ID015", "entry.client_id", lost("client_id", "")),
    Injector("entry-author-missing", "ID015", "entry.author", lost("author", "T")),
    Injector("document-author-missing", "ID015", "document.author", lost("author", "T")),
    Injector("responsible-worker-missing", "ID015", "relationship.responsible_worker", lost("responsible_worker", "T")),
)  # fmt: skip
