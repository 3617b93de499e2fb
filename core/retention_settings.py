"""Settings of retention: what the organisation's own document types are."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Own = Literal["voucher", "fee_decision", "correspondence", "certificate_copy"]
"""Kinds of documents that only the organisation's own types tell."""


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What decides retention besides the records.

    Attributes:
        kinds: Document type or local decision type to the kind of document that it is.
    """

    kinds: Mapping[str, Own] = {}
