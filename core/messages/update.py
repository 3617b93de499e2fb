"""Keep the message catalogues complete: ``python -m kirjaamo.messages.update [DOMAIN ...]``.

A domain is a room: ``core``, ``core-sources``, ``reports``, ``validators-identifiers``,
``cli-check`` ...; ``click`` holds click's own sentences.  English keys are collected from
``gettext`` and ``N_`` calls, rule pages and the help of commands.  Translations already
made are kept; what is missing is printed; ``.mo`` files are compiled byte for byte the same.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kirjaamo.rules import Rule

ROOMS = (
    "classifications", "cli", "core", "mappings", "reports", "samples", "validators",
)  # fmt: skip
"""The folders whose sentences are translated."""

ROOT = Path(str(files("kirjaamo"))).parent
LOCALE = Path(str(files("kirjaamo"))) / "locale"
TRANSLATED = ("fi", "sv")


def domain_of(path: Path) -> str:
    """Return the domain of a module: its folder, or the command for ``cli``.

    >>> domain_of(Path("cli/check.py")), domain_of(Path("core/sources/csv.py"))
    ('cli-check', 'core-sources')
    """
    parts = path.with_suffix("").parts
    return "-".join(parts if parts[0] == "cli" and parts[-1] != "__init__" else parts[:-1])


def keys() -> dict[str, dict[str, str]]:
    """Return domain to {English sentence: where it stands}."""
    found: dict[str, dict[str, str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            place = path.relative_to(ROOT)
            sentences = found.setdefault(domain_of(place), {})
            for sentence in [*_marked(path), *_rule_page(place), *_help(place)]:
                sentences.setdefault(sentence, place.as_posix())
    found["click"] = dict.fromkeys(_click(), "click")
    return {domain: sentences for domain, sentences in found.items() if sentences}


def _marked(path: Path) -> Iterator[str]:
    """Yield the sentences inside ``gettext(...)`` and ``N_(...)``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name("gettext" | "N_"), args=[ast.Constant(str(text)), *_]):
                yield text


def _module(place: Path) -> str:
    parts = [p for p in place.with_suffix("").parts if p != "__init__"]
    return ".".join(["kirjaamo", *(parts[1:] if parts[0] == "core" else parts)])


def _rule_page(place: Path) -> Iterator[str]:
    """Yield the title, the paragraphs and the advice of a rule."""
    if place.parts[0] != "validators" or place.name == "__init__.py":
        return
    rule = getattr(import_module(_module(place)), "check", None)
    if isinstance(rule, Rule):
        yield rule.title
        yield from rule.paragraphs
        yield rule.advice
        yield from (setting.about for setting in rule.settings)


def _help(place: Path) -> Iterator[str]:
    """Yield the help of the commands of a module and of their options."""
    if place.parts[0] != "cli" or place.name == "base.py":
        return
    for found in vars(import_module(_module(place))).values():
        if isinstance(found, click.Command):
            yield from _help_of(found)


def _help_of(command: click.Command) -> Iterator[str]:
    for owner in [command, *command.params]:
        key = getattr(owner, "key", None)
        if key:
            yield key
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _help_of(inner)


def _click() -> Iterator[str]:
    """Yield click's own sentences that are not plural forms."""
    folder = Path(inspect.getfile(click)).parent
    for _, _, text, _, _ in extract_from_dir(folder, [("**.py", "python")], keywords={"_": None}):
        if isinstance(text, str):
            yield text


def update(domain: str, language: str, sentences: dict[str, str]) -> list[str]:
    """Write one catalogue, ``.po`` and ``.mo``, and return the sentences without translation."""
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{domain}.po"
    old = read_po(source.open("rb"), locale=language) if source.exists() else Catalog()
    new = Catalog(locale=language, project="kirjaamo", fuzzy=False, charset="utf-8")
    new.mime_headers = [
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    for sentence, place in sorted(sentences.items(), key=lambda item: (item[1], item[0])):
        known = old.get(sentence)
        text = known.string if known is not None else ""
        new.add(sentence, text, locations=[(place, 1)])
    with source.open("wb") as stream:
        write_po(stream, new, width=96, omit_header=False, include_lineno=False)
    with (folder / f"{domain}.mo").open("wb") as stream:
        write_mo(stream, new)
    return [str(message.id) for message in new if message.id and not message.string]


def main(wanted: list[str]) -> int:
    """Update the domains asked for, or all; return how many sentences lack a translation."""
    found = keys()
    missing = 0
    for domain in wanted or sorted(found):
        for language in TRANSLATED:
            for sentence in update(domain, language, found.get(domain, {})):
                missing += 1
                print(f"{language} {domain}: {sentence!r}")  # noqa: T201 - a maintainer's tool
    print(f"{missing} sentences without translation")  # noqa: T201 - a maintainer's tool
    return missing


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
