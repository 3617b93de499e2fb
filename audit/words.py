"""Lists of words: words to avoid and abbreviations that everybody knows."""

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import polars as pl

from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_
from kirjaamo.workspace import Workspace

_DOTTED = r"\b\p{L}{1,4}\.(?:\s+\p{Ll}|,|;|\))"
_CAPITALS = r"\b\p{Lu}{2,6}\b"
_COLUMNS = {"word", "source"}
NO_COLUMNS = N_("the list of words needs the columns word and source")


@dataclass(frozen=True)
class Words:
    """The lists in use.

    Attributes:
        avoided: Word, small letters, to its source; a ``*`` at the end stands for any ending.
        abbreviations: Known abbreviations, small letters, without full stop.
    """

    avoided: dict[str, str]
    abbreviations: frozenset[str]

    @cached_property
    def avoided_pattern(self) -> str:
        """Return the pattern of a text with some word to avoid."""
        words = (
            re.escape(w.removesuffix("*")) + r"\p{L}*" * w.endswith("*") for w in self.avoided
        )
        return rf"(?i)\b(?:{'|'.join(words)})\b" if self.avoided else "[^\\s\\S]"

    def has_unknown_abbreviation(self, text: pl.Expr) -> pl.Expr:
        """Return whether a text has an abbreviation that is not known; null for capitals only."""
        known = pl.Series(sorted(self.abbreviations)).implode()
        found = text.str.extract_all(rf"{_DOTTED}|{_CAPITALS}")
        short = pl.element().str.extract(r"^(\p{L}+)").str.to_lowercase()
        unknown = found.list.eval(~short.is_in(known)).list.any()
        return pl.when(text != text.str.to_uppercase()).then(unknown)

    @cached_property
    def digest(self) -> str:
        """Return a hash of the lists: another list is another definition."""
        text = "\n".join([*sorted(self.avoided), "", *sorted(self.abbreviations)])
        return hashlib.sha256(text.encode()).hexdigest()


def read(workspace: Workspace | None = None) -> Words:
    """Return the built-in lists with those of the workspace.

    Raises:
        SettingsError: A list of the workspace cannot be read.
    """
    here = files("kirjaamo.audit")
    avoided = _avoided((here / "words_to_avoid.csv").read_text("utf-8"), None)
    known = _lines((here / "abbreviations.txt").read_text("utf-8"))
    if workspace is not None:
        settings = workspace.settings.audit
        if settings.words:
            path = workspace.folder / settings.words
            avoided |= _avoided(_text(path), path)
        if settings.abbreviations:
            known |= _lines(_text(workspace.folder / settings.abbreviations))
    return Words(avoided, frozenset(known))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(file=path, reason=type(error).__name__) from None


def _avoided(text: str, path: Path | None) -> dict[str, str]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    if not set(reader.fieldnames or ()) >= _COLUMNS:
        raise SettingsError(file=path, reason=NO_COLUMNS)
    rows = [(row["word"].strip().lower(), row["source"] or "") for row in reader if row["word"]]
    return {word: source for word, source in rows if word.strip("*")}


def _lines(text: str) -> set[str]:
    """Return the abbreviations of a list: one a line, ``#`` begins a comment."""
    lines = (line.partition("#")[0].strip().lower().rstrip(".") for line in text.splitlines())
    return {line for line in lines if line}
