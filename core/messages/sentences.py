"""Collect the English sentences of the product: the keys of the message catalogues."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from itertools import chain
from pathlib import Path

import click
from babel.messages.extract import extract_from_dir
from jinja2 import Environment, nodes

from kirjaamo import records
from kirjaamo.rules import Rule

ROOMS = (
    "archive", "audit", "classifications", "cli", "core", "finance", "mappings", "migration",
    "reports", "samples", "validators",
)  # fmt: skip
"""The folders whose sentences are translated."""

RULES = (
    "validators/", "archive/checking/family/", "audit/access/family/",
    "finance/checking/family/", "finance/instances/family/",
)  # fmt: skip
"""Where rules stand whose pages are translated."""

ROOT = Path(str(files("kirjaamo"))).parent

Sentence = str | tuple[str, str]
"""A key of a catalogue; a pair is a singular and its plural."""

Domains = dict[str, dict[Sentence, str]]
"""Domain to {English sentence: where it stands}."""


def domain_of(path: Path) -> str:
    """Return the domain of a module: its folder, or the command for ``cli``.

    >>> domain_of(Path("cli/check.py")), domain_of(Path("core/sources/csv.py"))
    ('cli-check', 'core-sources')
    """
    parts = path.with_suffix("").parts
    return "-".join(parts if parts[0] == "cli" and parts[-1] != "__init__" else parts[:-1])


def keys() -> Domains:
    """Return every sentence that has to be translated."""
    found: Domains = {"click": dict.fromkeys(_click(), "click")}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            place = path.relative_to(ROOT)
            for sentence in chain(_marked(path), _rule_page(place), _record_model(place)):
                found.setdefault(domain_of(place), {}).setdefault(sentence, place.as_posix())
        for path in sorted((ROOT / room).rglob("*.j2")):
            place = path.relative_to(ROOT)
            for sentence in _in_template(path):
                found.setdefault(domain_of(place), {}).setdefault(sentence, place.as_posix())
    marked = set(chain.from_iterable(found.values()))
    for place, sentence in _help():
        if sentence not in marked:
            found.setdefault(domain_of(place), {}).setdefault(sentence, place.as_posix())
    return found


def _marked(path: Path) -> Iterator[str]:
    """Yield the sentences inside ``gettext(...)`` and ``N_(...)``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name("gettext" | "N_") | ast.Attribute(attr="gettext" | "N_"),
                args=[ast.Constant(str(text)), *_],
            ):
                yield text


def _in_template(path: Path) -> Iterator[str]:
    """Yield the sentences inside ``_(...)`` of a page's template."""
    tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            yield from (text.value for text in call.args if isinstance(text, nodes.Const))


def _module(place: Path) -> str:
    parts = [p for p in place.with_suffix("").parts if p != "__init__"]
    return ".".join(["kirjaamo", *(parts[1:] if parts[0] == "core" else parts)])


def _rule_page(place: Path) -> Iterator[str]:
    """Yield what the page of a rule says."""
    if not place.as_posix().startswith(RULES) or place.name == "__init__.py":
        return
    rule = getattr(import_module(_module(place)), "check", None)
    if isinstance(rule, Rule):
        yield rule.title
        yield from rule.paragraphs
        yield from (rule.advice, rule.basis)
        for setting in rule.settings:
            yield from (setting.about, setting.source)


def _record_model(place: Path) -> Iterator[str]:
    """Yield where the fields of the record model come from."""
    if place.as_posix() == "core/records/__init__.py":
        for table in records.tables().values():
            yield from (field.source for field in table.fields.values())


def _help() -> Iterator[tuple[Path, str]]:
    """Yield the help of commands, groups and options, at the module of their function.

    Every command is a name of the module that defines it, whatever group it belongs to.
    """
    for path in sorted((ROOT / "cli").rglob("*.py")):
        place = path.relative_to(ROOT)
        module = import_module(_module(place))
        for found in vars(module).values():
            if isinstance(found, click.Command) and _stands_in(found, module.__name__):
                for owner in (found, *found.params):
                    key = getattr(owner, "key", None)
                    if key:
                        yield place, key


def _stands_in(command: click.Command, module: str) -> bool:
    return command.callback is not None and command.callback.__module__ == module


def _click() -> Iterator[Sentence]:
    """Yield click's own sentences, those with a plural form as pairs."""
    folder = Path(inspect.getfile(click)).parent
    wanted = {"_": None, "ngettext": (1, 2)}
    for _, _, text, _, _ in extract_from_dir(folder, [("**.py", "python")], keywords=wanted):
        match text:
            case str():
                yield text
            case (str(one), str(many)):
                yield one, many
