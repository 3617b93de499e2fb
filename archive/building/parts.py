"""Elements that the document and the frame share, as text.

Names and values of fixed codes are those seen in archive messages of the customer test
environment in 2026.
"""

import datetime as dt
from typing import Final

from kirjaamo.archive.building.model import Coded, Document, Organisation, Person
from kirjaamo.archive.view.text import escaped, quoted

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
KINDS: Final = ("1.2.246.537.6.1506.201701", "Sosiaalihuolto - Asiakasasiakirjatyyppi")
REGISTER: Final = ("1.2.246.537.6.1264.201701", "Sosiaalihuolto - Asiakirjan rekisteritunnus")
CLIENTS: Final = Coded("1", "Sosiaalihuollon asiakasrekisteri")
_GENDER = ("1.2.246.537.5.1.1997", "AR/YDIN - Sukupuoli")
_SECRECY = ("1.2.246.777.5.99902.2006", "KanTa-palvelut - Asiakirjan luottamuksellisuus")


def coded(name: str, value: Coded, system: tuple[str, str]) -> str:
    """Return a coded element; *system* is the OID and name of the list."""
    return (
        f'<{name} code="{quoted(value.code)}" codeSystem="{system[0]}" '
        f'codeSystemName="{system[1]}" displayName="{quoted(value.name)}"/>'
    )


def instant(name: str, time: dt.datetime) -> str:
    """Return an element with a time as yyyymmddhhmmss+zzzz."""
    return f'<{name} value="{time:%Y%m%d%H%M%S%z}"/>'


def organisation(one: Organisation) -> str:
    """Return the id and the name of an organisation."""
    return f'<id root="{quoted(one.oid)}"/><name>{escaped(one.name)}</name>'


def identity(person: Person) -> str:
    """Return the id of a person."""
    return f'<id root="1.2.246.21" extension="{quoted(person.identity)}"/>'


def given(person: Person) -> str:
    """Return the given names of a person, the one used apart."""
    used = f'<given qualifier="CL">{escaped(person.used)}</given>' if person.used else ""
    return f"<given>{escaped(person.given)}</given>{used}"


def client(person: Person) -> str:
    """Return name, gender and day of birth of a client; what is not known is left out."""
    gender = coded("administrativeGenderCode", person.gender, _GENDER) if person.gender else ""
    born = f'<birthTime value="{person.born:%Y%m%d}"/>' if person.born else ""
    return (
        f"<name>{given(person)}<family>{escaped(person.family)}</family></name>{gender}{born}"
    )


def start(document: Document) -> str:
    """Return what both parts begin the description of a document with."""
    return (
        '<realmCode code="FI"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>'
        f'<id root="{quoted(document.oid)}"/>'
    )


def labels(document: Document) -> str:
    """Return secrecy, language, set and version; the first version is its own set."""
    secrecy = coded(
        "confidentialityCode", Coded("6", "Sosiaalihuollon salassapidettävä"), _SECRECY
    )
    return (
        f'{secrecy}<languageCode code="{document.language.upper()}"/>'
        f'<setId root="{quoted(document.oid)}"/><versionNumber value="1"/>'
    )
