"""What an old value can become: the codes of a list in force, and classes without a code."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import polars as pl

from kirjaamo import messages
from kirjaamo.classifications import CodeList, Codes
from kirjaamo.mappings.targets import Target
from kirjaamo.messages import N_, gettext

BETWEEN: Final = " | "
"""Parts a code and its name in a cell."""

WAITING: Final = "?"
NOTHING: Final = "-"
"""What stands before the bar where there is no code: not known yet, or none at all."""

UNMAPPABLE: Final = N_("cannot be mapped")


@dataclass(frozen=True, slots=True)
class Choice:
    """A code that can be chosen, or a class whose code is not known.

    Attributes:
        code: The code; None where it is not known.
        fi: Finnish name.
        sv: Swedish name.
        confidence: How sure the code is.
        names: Every name by which it can be recognised.
    """

    code: str | None
    fi: str
    sv: str
    confidence: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name in the language in use; Finnish stands in for English."""
        return self.sv if messages.language() == "sv" and self.sv else self.fi

    @property
    def label(self) -> str:
        """Return what is shown in a cell: the code and its name."""
        return BETWEEN.join(filter(None, [self.code or WAITING, self.name]))


def choices(target: Target, codes: Codes, day: dt.date) -> list[Choice]:
    """Return what values of *target* can become on *day*, codes first, in order of the list."""
    found = codes.find(target.target)
    return [*_codes(found, target.parent, day), *_unnumbered(found)] if found else []


def _codes(found: CodeList, parent: str, day: dt.date) -> list[Choice]:
    rows = found.on(day).unique("code", keep="last", maintain_order=True)
    if parent:
        rows = rows.filter(pl.col("parent") == parent)
    more = found.displays.select("code", "name_fi", "name_sv").rows()
    return [
        Choice(
            row["code"],
            row["name_fi"],
            row["name_sv"],
            row["confidence"],
            _names(row["name_fi"], row["name_sv"], *(n for c, *ns in more if c == row["code"] for n in ns)),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip


def _unnumbered(found: CodeList) -> list[Choice]:
    known = set(found.frame["name_fi"])
    return [
        Choice(None, one.fi, one.sv, "confirmed", _names(one.fi, one.sv))
        for one in found.unnumbered
        if one.fi not in known
    ]


def _names(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def nothing() -> str:
    """Return what is shown in a cell for a value that has no counterpart."""
    return BETWEEN.join([NOTHING, gettext(UNMAPPABLE)])
