"""The metadata that a record can tell, and the field of each table that tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kirjaamo.messages import N_

IDS: Final = {"decision": "decision_id", "document": "document_id", "entry": "entry_id"}
"""Tables that hold documents, and the id of their records."""

TYPES: Final = {"decision": "old_type", "document": "document_type"}
AUTHORS: Final = {"decision": "decision_maker", "document": "author", "entry": "author"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """A metadata field, and the field of each table that tells it."""

    name: str
    fields: Mapping[str, str]


def _everywhere(field: str, *tables: str) -> dict[str, str]:
    return dict.fromkeys(tables or IDS, field)


METADATA: Final[Mapping[str, Metadata]] = {
    "client": Metadata(
        N_("client"),
        {"decision": "client_id", "document": "client_ids", "entry": "client_id"},
    ),
    "matter": Metadata(N_("matter"), _everywhere("matter_id")),
    "author": Metadata(N_("author"), AUTHORS),
    "authored": Metadata(
        N_("time of authoring"),
        {"decision": "decided", "document": "authored", "entry": "event_time"},
    ),
    "type": Metadata(N_("document type"), TYPES),
    "structure": Metadata(N_("structure"), _everywhere("structure", "document", "entry")),
    "service_task": Metadata(N_("service task"), _everywhere("service_task")),
    "service_process": Metadata(
        N_("service process"), _everywhere("service_process", "document")
    ),
    "social_service": Metadata(
        N_("social service"), _everywhere("social_service", "decision", "document")
    ),
    "unit": Metadata(N_("unit"), _everywhere("unit", "decision")),
    "language": Metadata(N_("language"), _everywhere("language", "document")),
    "status": Metadata(N_("status"), _everywhere("status", "document", "entry")),
    "version": Metadata(N_("version"), _everywhere("version", "document")),
}
"""Metadata that a record can tell, in the order in which they are shown."""


def has(name: str) -> str:
    """Return the column that tells whether a metadata field is filled.

    >>> has("author")
    'has_author'
    """
    return f"has_{name}"
