"""What people see of structures: tables, and the tree of a document."""

import datetime as dt
import io
from collections.abc import Callable, Iterable

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from kirjaamo.classifications.structures.comparing import Difference
from kirjaamo.classifications.structures.finding import Match
from kirjaamo.classifications.structures.model import (
    KIND_NAMES,
    Field,
    Kind,
    Structure,
)
from kirjaamo.classifications.structures.templates import mandatory
from kirjaamo.messages import N_, gettext, language

COLUMNS = (
    N_("oid"), N_("code"), N_("name"), N_("type"), N_("subject"), N_("valid from"),
    N_("valid to"), N_("status"), N_("path"), N_("kind"), N_("occurs"), N_("system"),
    N_("codes"), N_("mandatory"), N_("national"), N_("hidden"), N_("conditions"), N_("score"),
    N_("versions"), N_("change"), N_("fact"), N_("before"), N_("after"),
)  # fmt: skip
"""The headings of the tables; keys of the catalogue."""

WORDS = (N_("current"), N_("obsolete"), N_("added"), N_("removed"), N_("changed"), N_("no"))
"""Words inside the tables; keys of the catalogue."""

FACTS = {
    "name fi": N_("name fi"),
    "name sv": N_("name sv"),
    "root": N_("root key"),
    "author": N_("maker"),
    "system_check": N_("check of the system"),
    "fixed": N_("fixed value"),
    "fingerprint": N_("wording of the fixed text"),
    "open": N_("other codes accepted"),
    "conditional": N_("conditionally mandatory"),
    "hidden": N_("hidden"),
    "untitled": N_("shown without its name"),
}
"""What a person calls a fact that changed; a fact that is not here has its own name."""

NAMED_CODES = 12
"""A tree names this many codes of a field; the table has them all."""

SPOKEN = {"kind", "open", "conditional", "national", "hidden", "untitled"}
"""Facts whose values are words of ours, shown in the language in use."""

SystemNames = Callable[[str], str | None]
"""Gives the name of a code system by its OID, where it is known."""


def versions(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table of structure versions, names in the language in use."""
    name = pl.coalesce("name_sv", "name_fi") if language() == "sv" else pl.col("name_fi")
    return frame.select(
        "oid",
        "code",
        name.alias("name"),
        "type",
        "subject",
        "valid_from",
        "valid_to",
        pl.col("status").map_elements(gettext, return_dtype=pl.String),
    )


def in_force(frame: pl.DataFrame, on: dt.date) -> pl.DataFrame:
    """Return the versions in force on a day."""
    ended = (pl.col("valid_to") <= on).fill_null(value=False)
    return frame.filter((pl.col("valid_from") <= on) & ~ended)


def fields(structure: Structure) -> pl.DataFrame:
    """Return the table of the fields of a structure."""
    rows = [_field(field) for field in structure.fields]
    names = (
        "path", "name", "kind", "occurs", "system", "codes", "mandatory", "national", "hidden",
        "conditions",
    )  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _field(field: Field) -> tuple[str, ...]:
    return (
        field.path,
        str(field.name),
        gettext(KIND_NAMES[field.kind]),
        field.occurs,
        field.system or "",
        "; ".join(str(code) for code in field.codes),
        mandatory(field),
        gettext("yes") if field.national else "",
        gettext("yes") if field.hidden else "",
        " ".join(conditions(field)),
    )


def conditions(field: Field) -> list[str]:
    """Return what the conditions of a field demand, each once, in the language in use."""
    return list(dict.fromkeys(one.text() for one in field.when))


def matches(found: Iterable[Match]) -> pl.DataFrame:
    """Return the table of names that resemble what was looked for."""
    rows = [(one.score, str(one.name), one.oid, one.path, one.versions) for one in found]
    kinds = [pl.Int64, pl.String, pl.String, pl.String, pl.Int64]
    names = ("score", "name", "oid", "path", "versions")
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def differences(found: Iterable[Difference]) -> pl.DataFrame:
    """Return the table of what changed between two versions."""
    rows = [_difference(one) for one in found]
    names = ("change", "path", "fact", "before", "after")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _difference(one: Difference) -> tuple[str, ...]:
    fact = gettext(FACTS.get(one.what, one.what)) if one.what else ""
    values = [_spoken(text) if one.what in SPOKEN else text for text in (one.before, one.after)]
    return gettext(one.change), one.path, fact, *values


def _spoken(text: str) -> str:
    return gettext(KIND_NAMES[Kind(text)] if text in set(Kind) else text)


def tree(structure: Structure, system_name: SystemNames, *, width: int, colour: bool) -> str:
    """Return a structure as a tree, the way a person reads it."""
    title = f"[bold]{escape(str(structure.name))}[/bold]  {structure.oid}"
    root = Tree(f"{title}\n{escape(_validity(structure))}", guide_style="dim")
    branches = {structure.root: root}
    for field in structure.fields:
        branches[field.path] = branches[field.parent].add(_branch(field, system_name))
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, no_color=not colour, emoji=False
    )
    with console.capture() as captured:
        console.print(root, highlight=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _validity(structure: Structure) -> str:
    end = structure.valid_to.isoformat() if structure.valid_to else ""
    days = f"{structure.valid_from.isoformat()}–{end}"  # noqa: RUF001 - from one day to another
    status = gettext(structure.status)
    told = (structure.type, structure.subject, structure.author, f"{days} ({status})")
    return " · ".join(part for part in told if part)


def _branch(field: Field, system_name: SystemNames) -> str:
    name = escape(str(field.name))
    head = f"[bold]{name}[/bold]" if field.is_group else name
    lines = [f"{head}  [cyan]{field.occurs}[/cyan]{_kind(field)}{_marks(field)}"]
    if field.kind is Kind.CODE and field.system:
        named = system_name(field.system)
        lines.append(escape(f"{field.system} {named}" if named else field.system))
    if field.codes:
        more = " …" if len(field.codes) > NAMED_CODES else ""
        lines.append(escape("; ".join(map(str, field.codes[:NAMED_CODES])) + more))
    lines += [f"[yellow]{escape(text)}[/yellow]" for text in conditions(field)]
    return "\n  ".join(lines)


def _kind(field: Field) -> str:
    return "" if field.is_group else f" [green]{gettext(KIND_NAMES[field.kind])}[/green]"


def _marks(field: Field) -> str:
    marks = [mandatory(field) if field.conditional else ""]
    marks += [gettext("national") if field.national else ""]
    marks += [gettext("hidden") if field.hidden else ""]
    told = ", ".join(mark for mark in marks if mark)
    return f" [dim]({told})[/dim]" if told else ""
