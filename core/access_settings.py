"""Settings of the access audit: ``[access]`` of ``kirjaamo.toml``."""

import msgspec


class Access(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How access rights are audited; the rule table is a file of its own.

    Attributes:
        thresholds: Rule code to {setting: value}.
    """

    thresholds: dict[str, dict[str, int | float | str | bool]] = {}
