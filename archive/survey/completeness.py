"""How complete the metadata of a kind are, in words."""

from collections.abc import Mapping
from typing import Final

from kirjaamo.archive.survey.metadata import METADATA, has
from kirjaamo.archive.survey.reading import Found
from kirjaamo.messages import N_, gettext

FULL: Final = 0.995
"""From this share on a metadata field counts as complete, so that 100 % is never shown wrongly."""

Line = Mapping[str, object]


def incomplete(kind: Line, found: Found) -> str:
    """Return the metadata that are not complete, with their share."""
    told = []
    for name, text in shares(kind, found).items():
        if text != "100 %":
            told.append(f"{gettext(METADATA[name].name)} {text}")
    return ", ".join(told)


def shares(kind: Line, found: Found) -> dict[str, str]:
    """Return metadata field to its share, or why there is none."""
    table, count = str(kind["table"]), int(str(kind["records"]))
    told: dict[str, str] = {}
    for name, one in METADATA.items():
        filled = kind[has(name)]
        if (kind["system"], table, name) in found.cannot and not filled:
            told[name] = gettext(N_("the system cannot"))
        elif filled is not None:
            share = int(str(filled)) / count
            told[name] = f"{100 * min(share, FULL) if share < 1 else 100:.0f} %"
        elif table in one.fields:
            told[name] = gettext(N_("not in the export"))
    return told
