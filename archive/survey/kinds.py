"""Document types as the rules of retention know them: general types, kinds, and their rules."""

from collections.abc import Iterable
from typing import Final

from kirjaamo.archive.retention.facts import KINDS
from kirjaamo.archive.retention.model import Rule

_SPECIFIC: Final = 3
"""Digits of a specific document type below its general type."""


def general(code: str | None) -> str:
    """Return the general document type of a specific one.

    >>> general("15007"), general("1019"), general("15"), general(None)
    ('15', '1', '15', '')
    """
    return (code or "")[:-_SPECIFIC] if len(code or "") > _SPECIFIC else code or ""


def kind_of(code: str | None, table: str) -> str:
    """Return what kind of document retention takes a document type for.

    >>> kind_of("15007", "document"), kind_of(None, "entry"), kind_of("1019", "document")
    ('plan', 'entry', 'other')
    """
    return KINDS.get(general(code)) or (table if table in KINDS.values() else "other")


def rules_for(rules: Iterable[Rule], kind: str, tasks: Iterable[str]) -> list[Rule]:
    """Return the rules that may hold for a kind of document and service tasks (Finnish names).

    A rule for the kind comes before those for whole service tasks, as in judging.
    """
    wanted = set(tasks)
    every = list(rules)
    of_kind = [rule for rule in every if kind in rule.kinds]
    return of_kind or [
        rule for rule in every if not rule.kinds and not wanted.isdisjoint(rule.tasks)
    ]
