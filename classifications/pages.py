"""Code lists as tables and sentences for a person; the docs page is made from them too."""

from collections.abc import Iterator

import polars as pl

from kirjaamo.classifications.catalogue import Codes
from kirjaamo.classifications.codelist import CONFIDENCES, CodeList
from kirjaamo.messages import N_, gettext

HEADINGS = (
    N_("code list"), N_("oid"), N_("name"), N_("codes"), N_("confirmed"), N_("secondary"),
    N_("uncertain"), N_("complete"), N_("edition"), N_("code"), N_("name fi"), N_("name sv"),
    N_("parent"), N_("valid from"), N_("valid to"), N_("status"), N_("confidence"),
    N_("source"), N_("score"), N_("change"), N_("before"), N_("after"),
)  # fmt: skip
"""Every heading of a table about code lists."""

WORDS = (N_("yes"), N_("no"), N_("active"), N_("proposal"), N_("deleted"), N_("unknown"))
"""The words inside the tables, beside the confidences and the kinds of change."""


def lists(codes: Codes) -> pl.DataFrame:
    """Return one row a list: how many codes are known, how surely, and from which edition."""
    return pl.DataFrame([_list_row(one) for one in codes.all()], infer_schema_length=None)


def _list_row(one: CodeList) -> dict[str, str | int]:
    counts = {
        c: one.frame.filter(pl.col("confidence") == c)["code"].n_unique() for c in CONFIDENCES
    }
    return {
        "code_list": one.slug,
        "oid": one.oid,
        "name": str(one.label),
        "codes": one.frame["code"].n_unique(),
        **counts,
        "complete": "yes" if one.complete else "no",
        "edition": edition(one),
    }


def edition(one: CodeList) -> str:
    """Return the edition in use in words."""
    if not one.edition:
        return gettext("no codes built in")
    return gettext("{day}, own").format(day=one.edition) if one.imported else one.edition


def codes(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the codes without the columns that are empty in every row."""
    empty = [
        name
        for name in ("parent", "valid_from", "valid_to")
        if (frame[name].is_null() | (frame[name].cast(pl.String) == "")).all()
    ]
    return frame.drop(empty)


def notes(one: CodeList) -> Iterator[str]:
    """Yield what a reader must know before relying on the list."""
    if not one.has_codes:
        yield gettext(
            "This list is known by name and OID; none of its codes is built in. Import the "
            "official list with “kirjaamo codes import” or “kirjaamo codes update”."
        )
    elif not one.complete:
        yield gettext("The list is not complete: a code that is not here may still be right.")
    if one.unnumbered:
        names = ", ".join(known.fi for known in one.unnumbered)
        yield gettext("Known by name only, the code is not known: {names}.").format(names=names)
    yield gettext("Source: {source}").format(source=one.source)
