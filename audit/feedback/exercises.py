"""Exercises for training: a flawed record in which nobody is named, a task, a model answer.

The records are drawn by chance that a seed decides: the same records and seed give the same
exercises.  Identifiers, names, telephone numbers, codes and days in texts are masked with a key
that is thrown away, so that nothing leads back; what a text tells of a life may still be known
to somebody, so that a trainer reads every exercise before use, and the audit trail tells that they
were made.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import polars as pl

from kirjaamo.audit.examples import EXAMPLES
from kirjaamo.audit.measures import get
from kirjaamo.audit.pseudonyms.masking import Masker
from kirjaamo.audit.pseudonyms.names import Names
from kirjaamo.audit.pseudonyms.vault import TOKEN, Tokens
from kirjaamo.audit.scores.judging import Judged
from kirjaamo.messages import N_, gettext
from kirjaamo.pages import render
from kirjaamo.sources.tables import System
from kirjaamo.wording import visible

LONGEST = 1200
"""Characters of a record that an exercise shows."""

TEXTS = ("text", "reasons", "legal_basis", "appeal")
"""Fields whose text is shown, the first that the measure looks at."""

NO_TEXT = N_("(The field is empty.)")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise; every text is in the language in use but the record."""

    number: int
    title: str
    record: str
    task: str
    answer: str
    example: str


def names_of(systems: Sequence[System]) -> Names:
    """Return the names of every client and worker, for masking."""
    found = (
        name
        for system in systems
        for table in ("client", "worker")
        for field in ("first_names", "last_name")
        if table in system.tables and field in system.tables[table].columns
        for name in system.tables[table][field].drop_nulls().to_list()
    )
    return Names(found)


def exercises(
    judged: Judged, names: Names, seed: int, each: int, measures: Sequence[str] = ()
) -> list[Exercise]:
    """Return at most *each* exercises for every measure."""
    key = hashlib.sha256(b"exercises %d" % seed).digest()
    masker = Masker(Tokens(key), names, days=True)
    drawn = (
        (code, record)
        for code in measures or judged.asked
        for record in _drawn(judged, code, seed, each)
    )
    return [
        _exercise(number, code, _plain(masker.mask(record)))
        for number, (code, record) in enumerate(drawn, start=1)
    ]


def _plain(text: str) -> str:
    """Return a masked text whose tokens are dots: no exercise needs to tell them apart."""
    return TOKEN.sub("[\u2026]", visible(text.replace("\n", " ")))


def _exercise(number: int, code: str, record: str) -> Exercise:
    one = get(code)
    task = gettext("What is wrong with the record, and how would you write it? ({title})")
    return Exercise(
        number, gettext(one.title), record[:LONGEST] or gettext(NO_TEXT),
        task.format(title=gettext(one.title)), gettext(one.advice), gettext(EXAMPLES[code].good),
    )  # fmt: skip


def _drawn(judged: Judged, code: str, seed: int, each: int) -> Iterator[str]:
    """Yield texts of flawed records, drawn by *seed*, each once."""
    chance = Random(f"{seed} {code}")  # noqa: S311 - exercises that anyone can draw again
    fields = {place.field for place in get(code).places}
    found: set[str] = set()
    for rows in judged.tables.values():
        if code not in rows.columns:
            continue
        shown = next((f for f in TEXTS if f in rows.columns and f in fields), None)
        text = pl.col(shown).fill_null("") if shown else _told(rows, fields)
        found.update(rows.filter(pl.col(code)).select(text.alias("text"))["text"].to_list())
    ordered = sorted(found)
    yield from chance.sample(ordered, min(each, len(ordered)))


def _told(rows: pl.DataFrame, fields: set[str]) -> pl.Expr:
    """Return the fields of a record without text as one line: codes and names of codes only."""
    wanted = [
        f
        for f in ("document_type", "service_task", "structure", *sorted(fields))
        if f in rows.columns and f not in {"author", "replaces", "status"}
    ]
    parts = [
        pl.format(f"{name}: {{}}", pl.col(name).cast(pl.String).fill_null("\u2013"))
        for name in dict.fromkeys(wanted)
    ]
    return pl.concat_str(parts, separator="; ") if parts else pl.lit("")


def page(made: Sequence[Exercise], seed: int) -> bytes:
    """Return the exercises as a page; answers open one by one."""
    return render(
        "kirjaamo.audit", "exercises.html.j2", title=gettext("Exercises in recording"),
        exercises=made, seed=seed,
    )  # fmt: skip
