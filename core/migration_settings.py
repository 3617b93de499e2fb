"""Settings of a migration: what national documents need and old systems do not record.

The organisation states it once in ``[migration]``.  Record maps name each of these as a source
of its own, so that a document can always tell what came from the old record and what from here.
``[ledger]`` says where the books are kept.
"""

from typing import Annotated, Literal

import msgspec


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who gives more information on old decisions (lisätietojen antaja).

    Attributes:
        last_name: Last name.
        first_names: First names.
        position: Position.
        street: Street address or post-office box.
        postal_code: Postal code.
        post_office: Post office.
        phone: Telephone number.
        email: E-mail address.
    """

    last_name: str = ""
    first_names: str = ""
    position: str = ""
    street: str = ""
    postal_code: str = ""
    post_office: str = ""
    phone: str = ""
    email: str = ""


class Appeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a kind of old decision could be appealed.

    Attributes:
        text: The instructions.
        means: Code of the means of appeal (list 1.2.246.537.6.1211).
        authority: Name of the authority.
        recipient: Name of the authority to which the appeal is sent.
        deadline: The time limit, in words.
    """

    text: str = ""
    means: str = ""
    authority: str = ""
    recipient: str = ""
    deadline: str = ""


class ServiceUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit in the national register of organisations.

    Attributes:
        oid: OID of the unit.
        name: Its name.
    """

    oid: str = ""
    name: str = ""


class Migration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What national documents need and old systems do not record.

    Attributes:
        signature: How old decisions are signed (code of list 1.2.246.537.5.40161).
        contact: By old unit, or ``default``.
        appeal: By document type of the decision, or ``default``.
        unit: By old unit whose OID the old system does not know; ``default`` for
            relationships without a unit.
        left_out: System of which nothing moves, and why.
    """

    signature: str = ""
    contact: dict[str, Contact] = {}
    appeal: dict[str, Appeal] = {}
    unit: dict[str, ServiceUnit] = {}
    left_out: dict[str, Literal["out_of_scope", "not_certifiable"]] = {}


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a migration keeps its books.

    Attributes:
        url: Database URL without password; a SQLite file in the workspace when empty.
        node: Arc below the organisation's OID under which documents get their identifiers.
    """

    url: str = ""
    node: Annotated[int, msgspec.Meta(ge=1)] = 95
