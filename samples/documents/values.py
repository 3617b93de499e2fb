"""Values of fields, kind by kind: a maker is chosen once for each field of a structure."""

from collections.abc import Callable, Sequence
from typing import Any

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.checking import DEEPEST_OWN_DAY, OWN_DAY
from kirjaamo.classifications.structures.condition_ages import is_minor
from kirjaamo.classifications.structures.model import Field, Kind, Structure
from kirjaamo.samples.documents import codes as coded
from kirjaamo.samples.documents import persons, vocabulary
from kirjaamo.samples.documents.draft import Draft, moment

Make = Callable[[Draft], Any]
"""Makes one value of a field."""

YES = 0.75
"""Share of questions that are answered yes."""

IDENTITY_CODES = "urn:oid:1.2.246.21"


def maker(field: Field, structure: Structure, codes: Codes, *, told: bool) -> Make:  # noqa: PLR0911 - one per kind
    """Return what makes values of *field*.

    Args:
        field: A field that is no group.
        structure: Its structure.
        codes: The code lists.
        told: Whether a condition looks at the code of the field.
    """
    match field.kind:
        case Kind.DATE:
            return _day(field, structure)
        case Kind.DATETIME:
            return _moment(field, structure)
        case Kind.CODE:
            choice = coded.choice(field, structure, codes, told=told)
            return _sex(choice) if field.system == coded.SEXES else _code(choice)
        case Kind.IDENTIFIER:
            return _identifier(field)
        case Kind.BOOLEAN:
            return _switch(field)
        case Kind.NUMBER | Kind.COUNT:
            return _number(field)
        case Kind.AMOUNT | Kind.MEASURE | Kind.PERCENT:
            return _measured(field.kind)
        case Kind.PHRASE:
            return _always(field.fixed or "")
        case _ if field.codes:
            return _one_of([code.code for code in field.codes])
        case _:
            return _text(field, structure)


def is_own_day(field: Field, structure: Structure) -> bool:
    """Return whether *field* records the document's own day."""
    parents = [structure.field(path) for path in _above(field.path)]
    repeats = any(above is not None and above.maximum != 1 for above in [*parents, field])
    return field.key in OWN_DAY and field.depth <= DEEPEST_OWN_DAY and not repeats


def _above(path: str) -> list[str]:
    keys = path.split("/")
    return ["/".join(keys[:number]) for number in range(2, len(keys))]


def _below_root(field: Field) -> str:
    return field.path.partition("/")[2]


def _always(value: object) -> Make:
    return lambda _: value


def _one_of(values: Sequence[Any]) -> Make:
    if len(values) == 1:
        return _always(values[0])
    return lambda draft: values[int(draft.rng.random() * len(values))]


def _day(field: Field, structure: Structure) -> Make:
    if is_own_day(field, structure):
        return lambda draft: draft.day.isoformat()
    if "syntyma" in field.key:
        return lambda draft: draft.person.born.isoformat()
    first, last = _band(field, structure)
    return lambda draft: draft.within(first, last).isoformat()


def _band(field: Field, structure: Structure) -> tuple[int, int]:
    words = vocabulary.read()
    row = vocabulary.first(words.days, field.key)
    assert row is not None, "the last row fits everything"  # noqa: S101 - by construction
    looks_back = row.past is not None and structure.type in words.backward
    shift = row.past - row.first if looks_back and row.past is not None else 0
    last = min(row.last + shift, 0) if looks_back else row.last
    return row.first + shift, last


def _moment(field: Field, structure: Structure) -> Make:
    if is_own_day(field, structure):
        return lambda draft: moment(draft.day, 15, int(draft.rng.random() * 60))
    hour = 9
    if any(word in field.key for word in ("paatty", "lopett", "poistum")):
        hour = 13
    return lambda draft: moment(draft.event, hour, int(draft.rng.random() * 60))


def _code(choice: coded.Choice) -> Make:
    system, codes = choice.system, choice.codes

    def make(draft: Draft) -> dict[str, str]:
        code, name = codes[int(draft.rng.random() * len(codes))]
        return {"system": system, "code": code, "display": name}

    return make


def _sex(choice: coded.Choice) -> Make:
    """Return what tells the sex of the person, as the identity code does."""
    system, names = choice.system, dict(choice.codes)
    return lambda draft: {
        "system": system,
        "code": draft.person.sex,
        "display": names[draft.person.sex],
    }


def _identifier(field: Field) -> Make:
    if field.key == "henkilotunnus":
        return lambda draft: {"system": IDENTITY_CODES, "value": draft.person.code}
    if field.key == "tilapainen_yksilointitunnus":
        return lambda draft: {"value": persons.temporary(draft.rng, draft.day)}
    row = vocabulary.first(vocabulary.read().identifiers, _below_root(field))
    match row and row.what:
        case "oid":
            return lambda draft: {"value": persons.oid(draft.rng, draft.day)}
        case "business":
            return lambda _: {"value": persons.BUSINESS}
        case "iban":
            return lambda draft: {"value": persons.iban(draft.rng)}
        case _:
            said = _one_of(row.say if row else ())
            return lambda draft: {"value": said(draft)}


def _switch(field: Field) -> Make:
    if "alaikainen" in field.key:
        return lambda draft: is_minor(draft.client.born, draft.day)
    if "taysi_ikainen" in field.key:
        return lambda draft: not is_minor(draft.client.born, draft.day)
    return lambda draft: draft.rng.random() < YES


def _number(field: Field) -> Make:
    row = vocabulary.first(vocabulary.read().numbers, _below_root(field))
    match row and row.what:
        case "age":
            return _age
        case "year":
            return lambda draft: draft.day.year - 1
        case _:
            least, most = (row.least, row.most) if row else (0, 0)
            return lambda draft: least + int(draft.rng.random() * (most - least + 1))


def _age(draft: Draft) -> int:
    born, day = draft.person.born, draft.day
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _measured(kind: Kind) -> Make:
    unit, most = {
        Kind.AMOUNT: ("EUR", 90_000),
        Kind.MEASURE: ("m2", 20_000),
        Kind.PERCENT: ("%", 10_000),
    }[kind]
    return lambda draft: {"value": int(draft.rng.random() * most) / 100, "code": unit}


def _text(field: Field, structure: Structure) -> Make:
    key = field.key
    if key == "sukunimi":
        return lambda draft: draft.person.last
    if key == "etunimet":
        return lambda draft: draft.person.first
    kinds = {"", "child_protection" if coded.is_child_protection(structure) else "other"}
    rows = [row for row in vocabulary.read().texts if row.kind in kinds]
    row = vocabulary.for_field(rows, _below_root(field))
    if field.kind in {Kind.NAME, Kind.SIGNATURE} and (row is None or not _names(row)):
        return lambda draft: draft.person.name
    said = _one_of(row.say if row else ())
    if row is None or "{" not in row.say[0]:
        return said
    return lambda draft: said(draft).format(
        name=draft.person.name, age=_age(draft), year=draft.day.year - 1
    )


def _names(row: vocabulary.Sentences) -> bool:
    """Return whether what a row says may stand in a field of a name: it is no sentence."""
    return not any(text.endswith(".") for text in row.say)
