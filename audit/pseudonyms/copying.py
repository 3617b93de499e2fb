"""A pseudonymised copy of exports: the same columns and rows, tokens in place of persons.

The copy is a small workspace: ``exports/*.csv``, one file for each part of an export, profiles
that read them, and a report of counts.  Columns that no profile names are left out, because
nobody has said what they hold.
"""

import csv
import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import polars as pl
import yaml

from kirjaamo.audit.pseudonyms import shifting
from kirjaamo.audit.pseudonyms.columns import Treatment, Way, treatments
from kirjaamo.audit.pseudonyms.errors import FolderInUseError
from kirjaamo.audit.pseudonyms.keys import Keys
from kirjaamo.audit.pseudonyms.masking import Masker
from kirjaamo.audit.pseudonyms.names import Names
from kirjaamo.audit.pseudonyms.shifting import Links
from kirjaamo.audit.pseudonyms.vault import Contents, Kind, Tokens, save
from kirjaamo.errors import CannotWriteError
from kirjaamo.files import why
from kirjaamo.messages import N_
from kirjaamo.sources import RAGGED
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Part, Profile

EXPORTS, PROFILES, REPORT = "exports", "profiles", "report.csv"
LEFT_OUT = N_("left out: no profile names the column")
KEPT = N_("kept as it was")
REPLACED = N_("replaced")

Change = Callable[[pl.Series], pl.Series]


@dataclass(slots=True)
class Job:
    """What a copy is made with, and what it counts.

    Attributes:
        tokens: Makes the tokens.
        masker: Replaces what names a person in texts.
        links: Which client each record belongs to.
        key: Key of the shifting of days.
        days: Days by which days move at most; 0 when they do not.
        report: File, column, what was done and with what kind, to the number of cells.
        cells: Days that could not be written back as they stood; see `Contents`.
    """

    tokens: Tokens
    masker: Masker
    links: Links
    key: bytes
    days: int
    report: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)


def copy(
    sources: Sequence[Source], folder: Path, vault: Path, keys: Keys, *, days: int = 0
) -> pl.DataFrame:
    """Write a pseudonymised copy of *sources* and return its report.

    Args:
        sources: What is copied.
        folder: New or empty folder of the copy.
        vault: File for what the tokens stand for, encrypted.
        keys: Keys.
        days: Days by which each client's days move at most; 0 leaves them as they are.

    Returns:
        ``file``, ``column``, ``done``, ``kind`` and ``cells``: counts, no values.

    Raises:
        FolderInUseError: The folder holds something.
        SourceError: A source cannot be read.
        CannotWriteError: No permission or no space.
    """
    job = prepare(sources, keys, days)
    with new_folder(folder) as place:
        (place / EXPORTS).mkdir()
        for source in sources:
            _copy_part(source, job, place / EXPORTS)
        _write_profiles(sources, place / PROFILES)
        report = _report(job.report)
        report.write_csv(place / REPORT, separator=";", include_bom=True)
        save(vault, keys, Contents(job.tokens.known, job.cells, days))
    return report


def prepare(sources: Sequence[Source], keys: Keys, days: int) -> Job:
    """Read who is in the sources and whose each record is."""
    links, names = Links(), set[str]()
    for source in sources:
        ways = treatments(source.part, source.profile.forms.separator)
        named = [column for column, treatment in ways.items() if treatment.way is Way.NAME]
        for frame in frames(source):
            links.learn(frame, source.part, source.profile.forms)
            for column in named:
                names.update(frame[column].drop_nulls().unique())
    tokens = Tokens(keys.tokens)
    return Job(tokens, Masker(tokens, Names(names), days > 0), links, keys.days, days)


def frames(source: Source) -> Iterator[pl.DataFrame]:
    """Yield the columns of a source as text, piece by piece."""
    for unit in source.units():
        yield source.read(unit).frame.drop("_row", RAGGED)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder that takes the name of *folder* when the block ends well.

    Raises:
        FolderInUseError: The folder holds something.
        CannotWriteError: No permission or no space.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUseError(path=folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            yield place
            place.replace(folder)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    except OSError as error:
        raise CannotWriteError(path=folder, reason=why(error)) from None


def file_of(source: Source) -> str:
    """Return the name of the file that holds the copy of a source.

    >>> from kirjaamo.sources.profile import Part
    >>> file_of(Source("in/b_vienti.xlsx", None, Part("*", {}, sheet="Asiat"), "xlsx"))
    'b_vienti.Asiat.csv'
    """
    name = Path(source.location.rsplit("/", 1)[-1]).stem
    sheet = "".join(c if c.isalnum() else "_" for c in source.part.sheet)
    return f"{name}.{sheet}.csv" if sheet else f"{name}.csv"


def _copy_part(source: Source, job: Job, folder: Path) -> None:
    """Write the copy of one part, piece by piece."""
    name = file_of(source)
    ways = treatments(source.part, source.profile.forms.separator)
    first = 0
    with (folder / name).open("wb") as stream:
        stream.write(header(ways))
        for frame in frames(source):
            copied = _copied(frame, source, ways, job, first)
            stream.write(rows(copied))
            for column in frame.columns:
                if column not in ways:
                    job.report[name, column, LEFT_OUT, ""] += frame[column].count()
            first += len(frame)


def _copied(
    frame: pl.DataFrame, source: Source, ways: Mapping[str, Treatment], job: Job, first: int
) -> pl.DataFrame:
    """Return a piece with every column treated; *first* is the number of its first row."""
    part, forms, name = source.part, source.profile.forms, file_of(source)
    spelled = dict(shifting.forms_of(part, forms))
    days = None
    if job.days:
        days = shifting.offsets(job.links.clients(frame, part, forms), job.key, job.days)
    columns = []
    for column, treatment in ways.items():
        before, cells = Counter(job.masker.counts), frame[column]
        if treatment.way is Way.DAY and days is not None:
            new = _moved(cells, days, spelled[column], job, (name, first))
        else:
            new = changed(cells, _change(treatment, job))
        kinds = ", ".join(sorted(job.masker.counts - before))
        replaced = int((new != cells).sum())
        job.report[name, column, REPLACED, kinds] += replaced
        job.report[name, column, KEPT, ""] += cells.count() - replaced
        columns.append(new)
    return pl.DataFrame(columns)


def changed(cells: pl.Series, change: Callable[[str], str]) -> pl.Series:
    """Return a column with every text changed; the same text is changed once."""
    known = cells.drop_nulls().unique(maintain_order=True)
    new = {text: change(text) for text in known}
    return cells.replace_strict(new, default=None, return_dtype=pl.String)


def _change(treatment: Treatment, job: Job) -> Callable[[str], str]:
    """Return what is done with one cell."""
    kind, masker = treatment.kind, job.masker
    match treatment.way:
        case Way.NAME:
            return masker.name
        case Way.TOKEN if treatment.separator:
            mark = treatment.separator
            return lambda text: mark.join(
                _inside(item, lambda core: masker.replaced(kind, core))
                for item in text.split(mark)
            )
        case Way.TOKEN:
            return lambda text: _inside(text, lambda core: masker.replaced(kind, core))
        case Way.MASK:
            return masker.mask
        case _:
            return lambda text: text


def _inside(text: str, change: Callable[[str], str]) -> str:
    """Change a text but leave the white space around it."""
    core = text.strip()
    return text.replace(core, change(core), 1) if core else text


def _moved(
    cells: pl.Series, days: pl.Series, forms: Sequence[str], job: Job, place: tuple[str, int]
) -> pl.Series:
    """Return days moved; what is no day becomes a token, what would not come back is kept."""
    new = shifting.moved(cells, days, forms)
    back = shifting.moved(new, -days, forms)
    unread = cells.is_not_null() & new.is_null()
    tokens = changed(cells.filter(unread), lambda text: job.masker.replaced(Kind.DATE, text))
    new = new.scatter(unread.arg_true(), tokens)
    other = cells.is_not_null() & ~unread & (back != cells).fill_null(value=True)
    name, first = place
    kept = job.cells.setdefault(name, {})
    for row in other.arg_true():
        kept[f"{first + row}:{cells.name}"] = cells[row]
    job.masker.counts[Kind.DATE] += int((cells.is_not_null() & ~unread).sum())
    return new.alias(cells.name)


def header(columns: Iterable[str]) -> bytes:
    """Return the header of a file of a copy."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerow(columns)
    return text.getvalue().encode()


def rows(frame: pl.DataFrame) -> bytes:
    """Return the rows of a file of a copy: texts as they are, for a program to read."""
    stream = io.BytesIO()
    frame.write_csv(stream, separator=";", include_header=False)
    return stream.getvalue()


def _write_profiles(sources: Sequence[Source], folder: Path) -> None:
    """Write the profiles that read the copy: those of the sources, with its files."""
    folder.mkdir()
    whole: dict[str, tuple[Profile, list[Part]]] = {}
    for source in sources:
        part = msgspec.structs.replace(
            source.part, files=file_of(source), format="csv", sheet="", encoding="utf-8",
            delimiter=";", header_rows=1, skip_rows=0,
        )  # fmt: skip
        whole.setdefault(source.profile.system, (source.profile, []))[1].append(part)
    for system, (profile, parts) in whole.items():
        facts = msgspec.to_builtins(msgspec.structs.replace(profile, parts=tuple(parts)))
        text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)
        (folder / f"{system}.yaml").write_text(text, "utf-8")


def _report(counts: Mapping[tuple[str, str, str, str], int]) -> pl.DataFrame:
    names = ("file", "column", "done", "kind")
    rows_ = [(*key, count) for key, count in counts.items() if count]
    schema = {**dict.fromkeys(names, pl.String), "cells": pl.Int64}
    return pl.DataFrame(rows_, schema=schema, orient="row").sort(names)
