"""The way back: a pseudonymised copy and its vault give the exports again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from kirjaamo.audit.pseudonyms import shifting
from kirjaamo.audit.pseudonyms.columns import mapped
from kirjaamo.audit.pseudonyms.copying import (
    EXPORTS,
    PROFILES,
    changed,
    frames,
    header,
    new_folder,
    rows,
)
from kirjaamo.audit.pseudonyms.errors import NoCopyError
from kirjaamo.audit.pseudonyms.keys import Keys
from kirjaamo.audit.pseudonyms.shifting import Links
from kirjaamo.audit.pseudonyms.vault import Contents, Tokens, load, tokens_of
from kirjaamo.sources import profile
from kirjaamo.sources.formats import Source, open_source


def restore(folder: Path, output: Path, vault: Path, keys: Keys) -> int:
    """Write the exports that a copy was made from, and return how many rows they have.

    Args:
        folder: The copy.
        output: New or empty folder.
        vault: Its vault.
        keys: The keys with which it was made.

    Raises:
        NoCopyError: The folder is no copy.
        WrongKeyError: The vault does not open.
        FolderInUseError: The output holds something.
    """
    contents = load(vault, keys)
    tokens, sources = tokens_of(contents, keys), opened(folder)
    links = Links()
    for source in sources if contents.days else ():
        for frame in frames(source):
            plain = _without_tokens(frame, source, tokens)
            links.learn(plain, source.part, source.profile.forms)
    count = 0
    with new_folder(output) as place:
        for source in sources:
            cells = contents.cells.get(Path(source.location).name, {})
            with (place / Path(source.location).name).open("wb") as stream:
                first = 0
                for frame in frames(source):
                    stream.write(b"" if first else header(frame.columns))
                    plain = _without_tokens(frame, source, tokens)
                    whole = _moved_back(plain, frame, source, (links, keys, contents))
                    stream.write(rows(_as_they_stood(whole, cells, first)))
                    first += len(frame)
                count += first
    return count


def opened(folder: Path) -> Sequence[Source]:
    """Return the files of a copy with the profiles that stand in it.

    Raises:
        NoCopyError: The folder is no copy.
    """
    profiles = [profile.read(path) for path in sorted((folder / PROFILES).glob("*.yaml"))]
    files = sorted((folder / EXPORTS).glob("*.csv"))
    if not profiles or not files:
        raise NoCopyError(path=folder)
    return [source for path in files for source in open_source(path, profiles)]


def _without_tokens(frame: pl.DataFrame, source: Source, tokens: Tokens) -> pl.DataFrame:
    del source
    return frame.select(changed(frame[name], tokens.restore) for name in frame.columns)


def _moved_back(
    plain: pl.DataFrame, copied: pl.DataFrame, source: Source, how: tuple[Links, Keys, Contents]
) -> pl.DataFrame:
    """Return the rows with their days where they stood; a token is no day and stays."""
    links, keys, contents = how
    if not contents.days:
        return plain
    part, forms = source.part, source.profile.forms
    days = -shifting.offsets(links.clients(plain, part, forms), keys.days, contents.days)
    spelled: Mapping[str, Sequence[str]] = dict(shifting.forms_of(part, forms))
    for column in dict.fromkeys(c.column for _, _, c in mapped(part) if c.column in spelled):
        was_day = shifting.moved(copied[column], days, spelled[column])
        plain = plain.with_columns(was_day.fill_null(plain[column]).alias(column))
    return plain


def _as_they_stood(frame: pl.DataFrame, cells: Mapping[str, str], first: int) -> pl.DataFrame:
    """Return the rows with the texts that the vault keeps for single cells."""
    for place, text in cells.items():
        row, _, column = place.partition(":")
        if first <= int(row) < first + len(frame):
            frame[int(row) - first, column] = text
    return frame
