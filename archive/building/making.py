"""Building one document, or holding it with the reason."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from kirjaamo.archive.building import document as cda
from kirjaamo.archive.building import frame
from kirjaamo.archive.building.model import Context, Document
from kirjaamo.archive.view import Letterhead, Views
from kirjaamo.archive.view.text import ILLEGAL
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_

_OPTIONAL = {"used", "gender", "born", "registration"}
_views = Views()
_structures = Structures()


class HeldError(KirjaamoError):
    """A document cannot be built before something is told; nothing is filled in for it."""

    sentence = N_("The archive document is held: {field} is missing or cannot stand in XML.")


@dataclass(frozen=True, slots=True)
class Built:
    """A document and its frame, UTF-8 with LF line ends."""

    cda: bytes
    frame: bytes


def build(document: Document, context: Context) -> Built:
    """Return the first version of a document and its frame; the same input gives the same bytes.

    Raises:
        HeldError: A value, code, name or setting is missing, or XML cannot hold it.
        UnknownNameError: The structure is not known.
        WrongStructureError: The body follows another structure.
        IllegalCharacterError: A text of the body holds a character XML does not allow.
    """
    for field in (*_missing(document, "document"), *_missing(context, "context")):
        raise HeldError(field=field)
    if not document.author.registration:
        raise HeldError(field="document.author.registration")
    view = _views.view(
        document.body,
        _structures.get(document.structure),
        language=document.language,
        oid=document.oid,
        letterhead=Letterhead(context.controller.name),
        kind=document.kind.name,
        date=document.authored.date(),
    )
    return Built(
        cda.written(document, context, view).encode(), frame.written(document, context).encode()
    )


def _missing(value: object, place: str) -> Iterator[str]:
    """Yield the place of everything that is needed and empty; the body is the view's to judge."""
    if isinstance(value, str):
        if not value.strip() or ILLEGAL.search(value):
            yield place
    elif isinstance(value, tuple):
        if not value:
            yield place
        for one in value:
            yield from _missing(one, place)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if field.name != "body" and not (field.name in _OPTIONAL and not inner):
                yield from _missing(inner, f"{place}.{field.name}")
    elif hasattr(value, "tzinfo") and value.tzinfo is None:
        yield place
