"""Keep the message catalogues complete: ``python -m kirjaamo.messages.update [DOMAIN ...]``.

A domain is a room: ``core``, ``core-sources``, ``reports``, ``validators-identifiers``,
``cli-check`` ...; ``click`` holds click's own sentences.  English keys are collected from
``gettext`` and ``N_`` calls, rule pages and the help of commands.  Translations already
made are kept, also when a sentence moves to another domain; what is missing is printed.
The same sentences give the same bytes: no dates, no versions, no line numbers.
"""

import sys
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kirjaamo.messages.sentences import Domains, Sentence, keys

LOCALE = Path(str(files("kirjaamo"))) / "locale"
TRANSLATED = {"fi": "Finnish", "sv": "Swedish"}

Text = str | list[str] | tuple[str, ...] | None
"""What babel holds as a key or a translation."""


class _Undated(Catalog):
    """A catalogue whose header holds only what the sentences need."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the header: language, plural form and character set."""
        return [
            ("Project-Id-Version", "kirjaamo"),
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def read(domain: str, language: str) -> Catalog:
    """Return the catalogue as it is stored, or an empty one."""
    source = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    if not source.exists():
        return Catalog(locale=language)
    with source.open("rb") as stream:
        return read_po(stream, locale=language)


@cache
def _everywhere(language: str) -> Mapping[Sentence, Text]:
    """Return the translations of all domains, for sentences that move between them."""
    known: dict[Sentence, Text] = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        for message in read(path.stem, language):
            if message.id and _whole(message.string):
                known.setdefault(_key(message.id), message.string)
    return known


def _key(found: Text) -> Sentence:
    match found:
        case (one, many):
            return one, many
        case _:
            return str(found)


def _whole(text: Text) -> bool:
    """Tell whether a translation is there, with all its plural forms."""
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def renewed(domain: str, language: str, sentences: Mapping[Sentence, str]) -> Catalog:
    """Return the catalogue of these sentences, with the translations that are known."""
    old, new = read(domain, language), _Undated(locale=language, fuzzy=False)
    new.header_comment = f"# {TRANSLATED[language]} sentences of Kirjaamo: {domain}."
    for sentence, place in sorted(sentences.items(), key=lambda item: (item[1], str(item[0]))):
        known = old.get(sentence)
        text = known.string if known is not None else ""
        if not _whole(text):
            text = _everywhere(language).get(sentence, "")
        new.add(sentence, text, locations=[(place, 1)])
    return new


def as_bytes(catalogue: Catalog) -> tuple[bytes, bytes]:
    """Return a catalogue as the bytes of its ``.po`` and its ``.mo``."""
    text, compiled = BytesIO(), BytesIO()
    write_po(text, catalogue, width=96, include_lineno=False)
    write_mo(compiled, catalogue)
    return text.getvalue(), compiled.getvalue()


def update(domain: str, language: str, sentences: Mapping[Sentence, str]) -> list[Sentence]:
    """Write one catalogue, ``.po`` and ``.mo``, and return the sentences without translation."""
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    new = renewed(domain, language, sentences)
    for ending, content in zip(("po", "mo"), as_bytes(new), strict=True):
        path = folder / f"{domain}.{ending}"
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    return [_key(message.id) for message in new if message.id and not _whole(message.string)]


def orphans(found: Domains) -> list[Path]:
    """Return the files of domains that have no sentence any more."""
    return sorted(
        path for path in LOCALE.glob("*/LC_MESSAGES/*.[mp]o") if path.stem not in found
    )


def main(wanted: list[str]) -> int:
    """Update the domains asked for, or all.

    Returns:
        How many sentences lack a translation, or how many domains do not exist.
    """
    found = keys()
    unknown = set(wanted) - set(found)
    if unknown:
        print("No such domain:", *sorted(unknown))  # noqa: T201 - a maintainer's tool
        return len(unknown)
    missing = 0
    for domain in wanted or sorted(found):
        for language in TRANSLATED:
            for sentence in update(domain, language, found[domain]):
                missing += 1
                print(f"{language} {domain}: {sentence!r}")  # noqa: T201 - a maintainer's tool
    for path in [] if wanted else orphans(found):
        path.unlink()
    print(f"{missing} sentences without translation")  # noqa: T201 - a maintainer's tool
    return missing


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
