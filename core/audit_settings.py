"""Settings of the audit of recording quality: ``[audit]`` in ``kirjaamo.toml``."""

from typing import Annotated

import msgspec


class Audit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How recording quality is measured and shown.

    Attributes:
        records: A group with fewer judged records than this is not shown.
        workers: A group in which fewer workers than this recorded is not shown.
        months: Newest months that are shown one by one; older records are shown by year.
        goal: Share of flawed records, 0 to 1, up to which an area counts as in order.
        thresholds: Code of a measure to {setting: value}.
        words: CSV file below the workspace with words to avoid of your own
            (columns ``word``, ``source``).
        abbreviations: Text file below the workspace with abbreviations that everybody in the
            organisation knows, one a line.
    """

    records: Annotated[int, msgspec.Meta(ge=2)] = 10
    workers: Annotated[int, msgspec.Meta(ge=1)] = 3
    months: Annotated[int, msgspec.Meta(ge=0, le=120)] = 12
    goal: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.05
    thresholds: dict[str, dict[str, int | float | str | bool]] = {}
    words: str = ""
    abbreviations: str = ""
