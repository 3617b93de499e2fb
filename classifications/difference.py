"""What differs between two editions of a code list: a table a person can act on."""

import polars as pl

from kirjaamo.classifications.codelist import CodeList
from kirjaamo.messages import N_

CHANGES = (N_("added"), N_("removed"), N_("renamed"), N_("dates changed"), N_("status changed"))
"""Every kind of change, in the order in which they are listed."""

SCHEMA = pl.Schema({name: pl.String for name in ("change", "code", "before", "after")})  # noqa: C420 - reads as a table


def difference(before: CodeList, after: CodeList) -> pl.DataFrame:
    """Return the changes from one edition to the other, one row each.

    A code with several periods is compared by all of them together.  A name, date or status
    that one edition does not have is no change.
    """
    both = _facts(before).join(
        _facts(after),
        on="code",
        how="full",
        coalesce=True,
        suffix="_after",
        maintain_order="left_right",
    )
    old, new = pl.col("names"), pl.col("names_after")
    kinds = {
        "added": (old.is_null(), pl.lit(""), new),
        "removed": (new.is_null(), old, pl.lit("")),
        "renamed": (_changed("fi") | _changed("sv"), old, new),
        "dates changed": (_changed("dates"), pl.col("dates"), pl.col("dates_after")),
        "status changed": (_changed("status"), pl.col("status"), pl.col("status_after")),
    }
    return pl.concat(
        [SCHEMA.to_frame()]
        + [
            both.filter(holds).select(
                pl.lit(kind).alias("change"),
                "code",
                was.alias("before"),
                becomes.alias("after"),
            )
            for kind, (holds, was, becomes) in kinds.items()
        ]
    )


def _changed(name: str) -> pl.Expr:
    """Tell whether both editions state *name*, and differently."""
    one, other = pl.col(name), pl.col(f"{name}_after")
    return ((one != other) & (one != "") & (other != "")).fill_null(value=False)


def _facts(codes: CodeList) -> pl.DataFrame:
    """Return one row a code: its latest names and status, and all its periods as text."""
    start, end = (
        pl.col(c).dt.to_string("iso").fill_null("") for c in ("valid_from", "valid_to")
    )
    period = pl.concat_str([start, end], separator="/").replace("/", "")
    status = pl.col("status").replace("unknown", "")
    return (
        codes.frame.sort("valid_from", nulls_last=False, maintain_order=True)
        .group_by("code", maintain_order=True)
        .agg(
            fi=pl.col("name_fi").last(),
            sv=pl.col("name_sv").last(),
            status=status.last(),
            dates=period.filter(period != "").str.join(" "),
        )
        .with_columns(
            names=pl.concat_str(["fi", "sv"], separator=" / ").str.strip_chars(" /"),
        )
    )
