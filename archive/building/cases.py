"""One document to build: its record and what belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
"""A row of a canonical table: field to value, as text or typed."""

NOBODY: Row = {}


@dataclass(frozen=True, slots=True)
class Case:
    """One document to build.

    Attributes:
        place: File or table that the record stands in, as a person knows it.
        row: Row in it, from 1.
        document: Row of the table ``document``, and more fields that `fields.yaml` reads of it.
        content: The JSON body as bytes; empty for a document that is only a PDF.
        pdf: The PDF main document; empty when there is none.
        clients: Rows of its clients; those of the body when empty.
        author: Row of its author; the body's when empty.
        unit: Row of its unit.
        matter: Row of its matter.
    """

    place: str
    row: int
    document: Row
    content: bytes = b""
    pdf: bytes = b""
    clients: tuple[Row, ...] = ()
    author: Row = field(default_factory=dict)
    unit: Row = field(default_factory=dict)
    matter: Row = field(default_factory=dict)
