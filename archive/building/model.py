"""What a document, its people, its organisations and its message say."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a list and its name in that list."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or unit: its OID and name."""

    oid: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A client or a professional.

    Attributes:
        identity: Identity code.
        given: All given names.
        used: The given name used.
        family: Family name.
        gender: Code of list 1.2.246.537.5.1.1997; of clients only.
        born: Day of birth; of clients only.
        registration: Registration number; of professionals only.
    """

    identity: str
    given: str
    family: str
    used: str = ""
    gender: Coded | None = None
    born: dt.date | None = None
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a document of a client, and what its header says.

    Attributes:
        oid: OID of this version.
        structure: OID of the structure version the body follows.
        body: The JSON body with its root key.
        language: ``fi`` or ``sv``.
        authored: When it was authored, with its time zone.
        matter: OID of the matter.
        clients: Its clients; a joint document has several.
        author: The professional.
        kind: General document type (list 1506).
        specific: Specific document type (list 1506).
        service_task: List 1221.
        process: List 1277.
        retention: List 1258.
        special: Whether the content is special (list 112): K or E.
        unit: The service unit.
        message: Extension of the id of the message.
    """

    oid: str
    structure: str
    body: Mapping[str, Any]
    language: Literal["fi", "sv"]
    authored: dt.datetime
    matter: str
    clients: tuple[Person, ...]
    author: Person
    kind: Coded
    specific: Coded
    service_task: Coded
    process: Coded
    retention: Coded
    special: Coded
    unit: Organisation
    message: str


@dataclass(frozen=True, slots=True)
class Context:
    """The settings of an organisation that its documents share.

    Attributes:
        controller: The controller of the register, who also organises the service.
        operating: The operating unit (toimintayksikkö).
        receiver: OID of the receiving system.
        message_root: Node of the ids of messages.
        act: Code of the act that the frame tells; its value is a setting.
        moderator: Who maintains the software.
        product: Name of the software.
        version: Version of the software.
        sent: When the message is made, with its time zone.
    """

    controller: Organisation
    operating: Organisation
    receiver: str
    message_root: str
    act: str
    moderator: str
    product: str
    version: str
    sent: dt.datetime
