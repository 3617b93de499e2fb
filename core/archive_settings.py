"""Settings of archive documents: what an organisation states once for all of them.

Nothing here has a made-up value: what a document needs and nobody told stops the building.
"""

from collections.abc import Mapping
from typing import Annotated

import msgspec

Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9.]{1,20}$")]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation or unit.

    Attributes:
        oid: Its OID.
        name: Its name.
    """

    oid: str = ""
    name: str = ""


class Performer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The professional who archives and whom the frame names.

    Attributes:
        identity_code: Personal identity code.
        first_names: First names.
        last_name: Last name.
    """

    identity_code: str = ""
    first_names: str = ""
    last_name: str = ""


class Archive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What archive documents say besides the record.

    Attributes:
        receiver: OID of the receiving system.
        message_root: OID under which messages get their ids.
        moderator: Who maintains the software, as documents tell it.
        performer: Who archives.
        operating: The operating unit (toimintayksikkö).
        organiser: The organiser of the service, when it is not the controller.
        unit: The service unit of documents whose record names none.
        language: Language of documents whose record tells none: fi or sv.
        time_of_day: Time of day (HH:MM) of documents whose record tells only a day.
        special_content: Code of list 1.2.246.537.6.112 for documents whose record tells none.
        service_process: Kind, type, general type or service task of a document, or ``default``, to
            a code of list 1.2.246.537.6.1277.
        retention_class: The same, to a code of list 1.2.246.537.6.1258.
        service_request: The same, to a code of list 1.2.246.537.6.1503.
        pdf_format: Code of list 1.2.246.537.6.1502 for PDF/A.
        checked: Code lists whose uncertain codes the organisation has checked and uses.
        logo: PNG file below the workspace that stands above documents.
        logo_text: What the logo shows.
        footer: At most three lines below documents.
    """

    receiver: str = ""
    message_root: str = ""
    moderator: str = ""
    performer: Performer = Performer()
    operating: Unit = Unit()
    organiser: Unit = Unit()
    unit: Unit = Unit()
    language: Annotated[str, msgspec.Meta(pattern="^(fi|sv)?$")] = ""
    time_of_day: Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$|^$")] = ""
    special_content: str = ""
    service_process: Mapping[str, Code] = {}
    retention_class: Mapping[str, Code] = {}
    service_request: Mapping[str, Code] = {}
    pdf_format: str = ""
    checked: tuple[str, ...] = ()
    logo: str = ""
    logo_text: str = ""
    footer: tuple[str, ...] = ()
