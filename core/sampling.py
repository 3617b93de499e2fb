"""Samples that anyone can draw again, and the values of documents field by field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, TypeVar

Record = TypeVar("Record", bound=Mapping[str, Any])


def drawn(
    records: Iterable[Record], strata: Sequence[str], size: int, seed: int
) -> list[Record]:
    """Return a stratified sample, stratum by stratum in their order.

    The same records, size and seed give the same sample.

    Args:
        records: What is drawn from.
        strata: Names of the facts that make a stratum together.
        size: Records of each stratum, at most.
        seed: Where chance begins.
    """
    grouped = defaultdict(list)
    for record in records:
        grouped[tuple(record[name] for name in strata)].append(record)
    chance = Random(seed)  # noqa: S311 - a sample that anyone can draw again, not a secret
    return [
        record
        for _, members in sorted(grouped.items())
        for record in chance.sample(members, min(size, len(members)))
    ]


def leaves(tree: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    """Yield pointer and value of what holds no other; codes and identifiers count as one.

    >>> list(leaves({"a": [{"b": 1}]}, ""))
    [('/a/0/b', 1)]
    """
    match tree:
        case {"code": _} | {"value": _}:
            yield pointer, tree
        case dict():
            for key, inner in tree.items():
                yield from leaves(inner, f"{pointer}/{key}")
        case list():
            for number, inner in enumerate(tree):
                yield from leaves(inner, f"{pointer}/{number}")
        case _:
            yield pointer, tree


def field_path(pointer: str) -> str:
    """Return the path of the field that a JSON pointer leads to, without places in arrays.

    >>> field_path("/a/0/b")
    'a/b'
    """
    return "/".join(key for key in pointer.split("/") if key and not key.isdigit())


def text(value: Any) -> str:  # noqa: ANN401 - any value
    """Return a value as a person reads it.

    >>> text({"code": "10", "display": "Lastensuojelu"}), text(None)
    ('10 Lastensuojelu', '')
    """
    match value:
        case None:
            return ""
        case {"code": code}:
            return f"{code} {value.get('display', '')}".strip()
        case {"value": inner}:
            return str(inner)
        case list():
            return ", ".join(map(text, value))
        case _:
            return str(value)
