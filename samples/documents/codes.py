"""Which codes a sample document may hold: the structure's own, else those of the lists."""

import datetime as dt
from dataclasses import dataclass

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.structures.model import Code, Field, Structure, SystemCheck
from kirjaamo.samples.documents.persons import BUSINESS, MAN, WOMAN
from kirjaamo.samples.identity import organisation_oid

APPEAL_MEANS, ORGANISATIONS = "1.2.246.537.6.1211", "1.2.246.537.6.202"
SEXES = "1.2.246.537.5.1"
"""OIDs of the lists of appeal means, of organisations and of sexes."""

APPEAL, REVIEW = "2", "1"
"""The means of appeal: to the administrative court, which is the only one in child protection,
and a request for a review by the authority itself, which comes first in most other matters."""

MOST = 40
"""Codes that are chosen from when a list is long."""

UNITS = (
    (10, "Kaskivuoren hyvinvointialue, sosiaalipalvelut"),
    (11, "Mallilan perhepalvelut"),
    (12, "Mallilan palvelukeskus"),
)
"""Last nodes and names of units under the business id of the organisation."""

Coded = tuple[str, str]
"""A code and its name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The codes of a field.

    Attributes:
        system: What stands as the system of the code.
        codes: The codes to choose from; never empty.
    """

    system: str
    codes: tuple[Coded, ...]


def choice(field: Field, structure: Structure, codes: Codes, *, told: bool) -> Choice:
    """Return the codes of *field* in documents that follow *structure*.

    Args:
        field: A field of a code, or a text with a list of values.
        structure: The structure.
        codes: The code lists.
        told: Whether a condition looks at the code, so that what "other" (*Muu*) means can
            be told in the field beside it.
    """
    listed = codes.find(field.system) if field.system else None
    found = _own(field, listed) if field.codes else _of_list(field, structure, listed)
    if field.system == APPEAL_MEANS:
        means = APPEAL if is_child_protection(structure) else REVIEW
        found = tuple(one for one in found if one[0] == means) or found
    if not told:
        found = tuple(one for one in found if not _is_other(one)) or found
    return Choice(system(field), found)


def sexes(structure: Structure, codes: Codes) -> str:
    """Return the codes of sexes whose people can stand in documents of *structure*.

    Where a structure asks for the sex, only those sexes whose codes are known.
    """
    fields = [field for field in structure.fields if field.system == SEXES]
    known = {
        code for field in fields for code, _ in choice(field, structure, codes, told=True).codes
    }
    return "".join(sex for sex in (WOMAN, MAN) if sex in known or not fields) or MAN


def system(field: Field) -> str:
    """Return what stands as the system of the code in *field*."""
    known = field.system or field.path
    is_own = field.system_check is SystemCheck.EXACT or not known[:1].isdigit()
    return known if is_own else f"urn:oid:{known}"


def is_child_protection(structure: Structure) -> bool:
    """Return whether the structure belongs to child protection."""
    return structure.subject.startswith("Lastensuojelu")


def _own(field: Field, listed: CodeList | None) -> tuple[Coded, ...]:
    return tuple((code.code, _name(code, listed)) for code in field.codes)


def _name(code: Code, listed: CodeList | None) -> str:
    """Return the name that the structure gives a code, else that of the list."""
    known = listed.display(code.code, "fi") if listed is not None else None
    return code.fi or known or code.code


def _of_list(field: Field, structure: Structure, listed: CodeList | None) -> tuple[Coded, ...]:
    if field.system == ORGANISATIONS:
        return tuple((organisation_oid(BUSINESS, 10, node), name) for node, name in UNITS)
    rows = _in_force(listed, structure) if listed is not None else ()
    return rows or (("1", str(field.name.fi)),)


def _in_force(listed: CodeList, structure: Structure) -> tuple[Coded, ...]:
    """Return the codes in force on every day of the structure, the sure ones if there are any."""
    until = (structure.valid_to or dt.date(2026, 6, 30)) - dt.timedelta(1)
    later = set(listed.on(until)["code"])
    rows = [
        (row["code"], row["name_fi"], row["confidence"])
        for row in listed.on(structure.valid_from).iter_rows(named=True)
        if row["code"] in later and row["name_fi"]
    ]
    is_means = listed.oid == APPEAL_MEANS  # both are known, one of them for certain
    sure = rows if is_means else [row for row in rows if row[2] != "uncertain"]
    return tuple((code, name) for code, name, _ in (sure or rows)[:: max(1, len(rows) // MOST)])


def _is_other(one: Coded) -> bool:
    code, name = one
    return code == "99" or name.lower().startswith(("muu ", "muu,", "muut")) or name == "Muu"
