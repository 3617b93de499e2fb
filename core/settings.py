"""Reading settings files: YAML and TOML into typed, frozen objects.

A mistake in a file (broken syntax, unknown key, wrong type, a key given twice) becomes
one sentence with the file and, where known, the line.
"""

import re
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from kirjaamo.errors import SettingsError
from kirjaamo.files import why
from kirjaamo.messages import N_, gettext
from kirjaamo.plain_words import in_words

T = TypeVar("T")


class _Loader(yaml.CSafeLoader):
    """A safe loader that refuses a key given twice and keeps text as text."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[object] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            problem = gettext("the key “{key}” stands twice").format(key=key)
            raise yaml.constructor.ConstructorError(
                problem=problem, problem_mark=key_node.start_mark
            )
        seen.add(key)
    return {
        loader.construct_object(k, deep=True): loader.construct_object(v, deep=True)
        for k, v in node.value
    }


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path | Traversable, kind: type[T]) -> T:
    """Return the contents of a YAML file as *kind*."""
    try:
        facts = yaml.load(_text(path), _Loader)  # noqa: S506 - _Loader is a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        reason = error.problem or N_("this is not YAML")
        raise SettingsError(file=path, line=line, reason=reason) from None
    except yaml.YAMLError:
        raise SettingsError(file=path, reason=N_("this is not YAML")) from None
    return convert(facts, kind, path)


def read_toml(path: Path | Traversable, kind: type[T]) -> T:
    """Return the contents of a TOML file as *kind*."""
    try:
        facts = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        reason, line = _without_place(str(error))
        raise SettingsError(file=path, line=line, reason=reason) from None
    return convert(facts, kind, path)


def _without_place(problem: str) -> tuple[str, int | None]:
    """Return what the TOML reader says, and the line that it says it of.

    >>> _without_place("Invalid value (at line 3, column 5)")
    ('Invalid value', 3)
    """
    reason, _, place = problem.partition(" (at ")
    line = re.match(r"line ([0-9]+)", place)
    return reason, int(line[1]) if line else None


def convert(facts: object, kind: type[T], path: object) -> T:
    """Return plain data as *kind*; *path* names where they came from."""
    try:
        return msgspec.convert(facts, kind)
    except msgspec.ValidationError as error:
        raise SettingsError(file=path, reason=in_words(str(error))) from None


def _text(path: Path | Traversable) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise SettingsError(file=path, reason=N_("the file does not exist")) from None
    except UnicodeDecodeError:
        raise SettingsError(file=path, reason=N_("the file is not UTF-8 text")) from None
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
