"""Crosswalks as tables for a person; the docs page is made from them too."""

from collections.abc import Mapping

import polars as pl

from kirjaamo.mappings.checking import PROBLEMS, numbered
from kirjaamo.mappings.crosswalk import Crosswalk
from kirjaamo.messages import N_, gettext

HEADINGS = (
    N_("mapping"), N_("source"), N_("target"), N_("rows"), N_("approved"), N_("proposed"),
    N_("rejected"), N_("overridden"), N_("edition"), N_("number"), N_("old"), N_("unit"),
    N_("new"), N_("new name"), N_("owner"), N_("reason"), N_("evidence"), N_("valid from"),
    N_("valid to"), N_("origin"), N_("old name"), N_("rank"), N_("score"), N_("problem"),
    N_("severity"), N_("values"), N_("records"), N_("places"), N_("system"), N_("year"),
    N_("covered"), N_("percent"), N_("decisions"), N_("decisions covered"),
    N_("decisions percent"), N_("unmappable"), N_("waiting"), N_("missing"), N_("unknown"),
    N_("not a code"), N_("outcome"), N_("changed"), N_("status"), N_("confidence"),
)  # fmt: skip
"""Every heading of a table about mappings."""

ORIGINS = (N_("base"), N_("profile"), N_("workspace"))
SEVERITIES = (N_("error"), N_("warning"), N_("note"))


def listed(crosswalks: Mapping[str, Crosswalk]) -> pl.DataFrame:
    """Return one row a crosswalk: its lists, how many rows of each status, its edition."""
    schema = dict.fromkeys(("rows", "approved", "proposed", "rejected", "overridden"), pl.Int64)
    texts = dict.fromkeys(("mapping", "source", "target"), pl.String)
    return pl.DataFrame(
        [_listed(one) for one in crosswalks.values()],
        schema={**texts, **schema, "edition": pl.String},
        orient="row",
    )


def _listed(one: Crosswalk) -> tuple[object, ...]:
    counts = [
        one.rows.filter(pl.col("status") == word).height
        for word in ("approved", "proposed", "rejected")
    ]
    head = (one.name, one.source, one.target, one.rows.height)
    return (*head, *counts, one.replaced.height, one.edition[:12])


def rows(one: Crosswalk) -> pl.DataFrame:
    """Return the rows of a crosswalk with their numbers, without columns that are empty."""
    frame = numbered(one)
    empty = [
        name
        for name in ("unit", "valid_from", "valid_to", "new_name", "owner", "evidence")
        if (frame[name].is_null() | (frame[name].cast(pl.String) == "")).all()
    ]
    return frame.drop(empty)


def translated(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table for eyes: words of our own in the language in use."""
    meanings = {name: gettext(sentence) for name, (_, sentence) in PROBLEMS.items()}
    words = {word: gettext(word) for word in (*ORIGINS, *SEVERITIES)}
    return frame.with_columns(
        [
            pl.col(column).replace(meanings if column == "problem" else words)
            for column in ("problem", "severity", "origin")
            if column in frame.columns
        ]
    )
