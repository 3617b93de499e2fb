"""One code list: its facts, its codes as a frame, and what rules ask of it.

Questions of rules are Polars expressions, so that a million rows are answered in one pass.
An answer is null where it cannot be known: the value is null, nothing is known of the list,
or a name is missing.  A rule that reports what is *false* is then silent, never wrong.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import polars as pl

from kirjaamo import messages

STATUSES: Final = ("active", "proposal", "deleted", "unknown")
"""The code server's own three, and *unknown* where the source does not say."""

CONFIDENCES: Final = ("confirmed", "secondary", "uncertain")
"""How sure a code is, surest first."""

TEXT = ("code", "name_fi", "name_sv", "parent", "status", "confidence", "source")

SCHEMA = pl.Schema(
    {
        "code": pl.String,
        "name_fi": pl.String,
        "name_sv": pl.String,
        "parent": pl.String,
        "valid_from": pl.Date,  # null: open
        "valid_to": pl.Date,  # last day in force; null: open
        "status": pl.String,
        "confidence": pl.String,
        "source": pl.String,
    }
)

DISPLAYS = pl.Schema(
    dict.fromkeys(("code", "name_fi", "name_sv", "confidence", "source"), pl.String)
)
"""Other names that a code bears in official material, beside those of its own row."""

_BETWEEN = "\x1f"  # parts code and name in one key; no name contains it
_ODD_SPACE = r"\s{2,}|[\s&&[^ ]]"  # a lone space is left alone: that is nearly all of them
_NEVER = pl.lit(None, dtype=pl.Boolean)


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names of a list; Finnish stands in where a language is missing."""

    fi: str
    sv: str = ""
    en: str = ""

    def __str__(self) -> str:
        """Return the name in the language in use."""
        return str(getattr(self, messages.language())) or self.fi


class Unnumbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class that is known by name only; its code is not known."""

    fi: str
    sv: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """A code list in one edition.

    Attributes:
        oid: OID of the list; empty for the lists of statutes.
        slug: Short English name, also the name of its folder.
        label: Names of the list.
        owner: Who decides its content; empty when not known.
        source: Where the list is published.
        licence: What the publisher allows.
        note: What a reader must know about it.
        complete: Whether a code that is not in it does not exist.
        edition: Day of the edition in use, ``YYYY-MM-DD``; empty without codes.
        imported: Whether the edition is the workspace's own.
        unnumbered: Classes known by name only.
        frame: The codes; a code may have several rows with different dates.
        displays: Further names of codes.
    """

    oid: str
    slug: str
    label: Names
    owner: str
    source: str
    licence: str
    note: str
    complete: bool
    edition: str
    imported: bool
    unnumbered: tuple[Unnumbered, ...]
    frame: pl.DataFrame
    displays: pl.DataFrame

    @property
    def key(self) -> str:
        """Return the OID, or the slug of a list that has none."""
        return self.oid or self.slug

    @property
    def has_codes(self) -> bool:
        """Tell whether any code of the list is known."""
        return not self.frame.is_empty()

    @property
    def uncertain(self) -> pl.Series:
        """Return the codes that no one should rely on."""
        return self.frame.filter(pl.col("confidence") == "uncertain")["code"].unique(
            maintain_order=True
        )

    def known(self, value: pl.Expr) -> pl.Expr:
        """Tell whether *value* stands in the list, whatever its status and dates."""
        if not self.has_codes:
            return _unanswered(value)
        return _among(value, self.frame["code"])

    def retired(self, value: pl.Expr) -> pl.Expr:
        """Tell whether *value* stands in the list only as deleted."""
        if not self.has_codes:
            return _unanswered(value)
        alive = self.frame.filter(pl.col("status") != "deleted")["code"]
        return _among(value, self.frame.filter(~pl.col("code").is_in(alive.implode()))["code"])

    def valid_on(self, value: pl.Expr, day: pl.Expr) -> pl.Expr:
        """Tell whether *value* is in force on *day*; open dates hold for ever.

        Deleted and proposed codes are never in force, nor is a code that is not in the list.
        """
        if not self.has_codes:
            return _unanswered(value)
        usable = self.frame.filter(~pl.col("status").is_in(["deleted", "proposal"]))
        opened = pl.col("valid_from").is_null() & pl.col("valid_to").is_null()
        holds = _among(value, usable.filter(opened)["code"])
        for period in _periods(usable.filter(~opened)):
            starts, ends = (
                value.replace_strict(
                    period["code"], period[bound], default=None, return_dtype=pl.Date
                )
                for bound in ("valid_from", "valid_to")
            )
            holds |= day.is_between(starts, ends).fill_null(value=False)
        return pl.when(value.is_not_null() & day.is_not_null()).then(holds)

    def name_is(self, value: pl.Expr, text: pl.Expr) -> pl.Expr:
        """Tell whether *text* is a name of the code *value*, in Finnish or Swedish.

        Case and white space do not matter.  A name that does not match is false only when
        both names of the code are known.
        """
        if not self.has_codes:
            return _unanswered(value)
        names = pl.concat(
            [
                frame.select("code", "name_fi", "name_sv")
                for frame in (self.frame, self.displays)
            ]
        )
        pairs = names.unpivot(index="code").filter(pl.col("value") != "")
        keys = pairs.select(_key(pl.col("code"), pl.col("value"))).to_series()
        both = (pl.col("name_fi") != "").any() & (pl.col("name_sv") != "").any()
        judged = names.group_by("code", maintain_order=True).agg(both.alias("both"))
        complete = judged.filter("both")["code"]
        matches = _among(_key(value, text), keys)
        return pl.when(matches | _among(value, complete)).then(matches)

    def display(self, code: str, language: str) -> str | None:
        """Return the latest name of *code* in Finnish or Swedish (*language* ``fi``, ``sv``).

        Any other language gives the Finnish name, and so does a missing Swedish one.
        """
        rows = self.frame.filter(pl.col("code") == code).sort("valid_from", nulls_last=False)
        if rows.is_empty():
            return None
        names = [rows[-1, "name_sv"]] if language == "sv" else []
        return next((name for name in [*names, rows[-1, "name_fi"]] if name), None)

    def as_of(self, day: dt.date) -> "CodeList":
        """Return the list with only the codes that are in force on *day*."""
        frame = self.on(day)
        displays = self.displays.filter(pl.col("code").is_in(frame["code"].implode()))
        return replace(self, frame=frame, displays=displays)

    def on(self, day: dt.date) -> pl.DataFrame:
        """Return the rows that are in force on *day*."""
        return self.frame.filter(
            ~pl.col("status").is_in(["deleted", "proposal"]),
            pl.col("valid_from").fill_null(dt.date.min) <= day,
            pl.col("valid_to").fill_null(dt.date.max) >= day,
        )


def fold(text: pl.Expr) -> pl.Expr:
    """Return *text* in lower case, with single spaces and none at the ends."""
    return text.str.replace_all(_ODD_SPACE, " ").str.strip_chars(" ").str.to_lowercase()


def _key(code: pl.Expr, name: pl.Expr) -> pl.Expr:
    return pl.concat_str([code, fold(name)], separator=_BETWEEN)


def _among(value: pl.Expr, members: pl.Series) -> pl.Expr:
    return value.is_in(members.unique(maintain_order=True).implode())


def _unanswered(value: pl.Expr) -> pl.Expr:
    """Return null for every row of *value*."""
    return value.is_null() ^ _NEVER


def _periods(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the first period of every code, then the second of those that have one, and so on."""
    bounded = rows.with_columns(
        pl.col("valid_from").fill_null(dt.date.min),
        pl.col("valid_to").fill_null(dt.date.max),
        pl.int_range(pl.len()).over("code").alias("turn"),
    )
    return bounded.partition_by("turn", maintain_order=True)
