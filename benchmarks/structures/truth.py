"""What document rules find: nothing wrong in valid documents, and every known damage.

Documents of every current structure are generated, checked as they are, damaged once in each
way for which they have a place, and checked again.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import msgspec
from rich.console import Console
from rich.table import Table

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.model import Raw
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.findings import Severity
from kirjaamo.rules import Kind
from kirjaamo.samples.documents import FILLS, Documents
from kirjaamo.samples.documents.mutations import KINDS, TOLD_INSIDE, mutate

AS_OF = dt.date(2026, 6, 30)
"""The day of the check; no sample document is younger."""


@dataclass
class Score:
    """Valid documents and those with errors, and damage put in and found, by kind."""

    valid: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    put: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    rule: dict[str, str] = field(default_factory=dict)


def measure(structures: Structures, seeds: int) -> Score:
    """Return the score over every current structure, fill and seed."""
    rules = [rule for rule in validators.rules().values() if rule.kind is Kind.DOCUMENT]
    errors = {rule.code for rule in rules if rule.severity is Severity.ERROR}
    documents = Documents(structures)
    checker = Checker(Library(structures), rules, Context(AS_OF, Codes()))
    score = Score()
    for oid in documents.current():
        if documents.unworded(oid):
            continue  # a fixed text is not known here; see Documents.unworded
        for fill, seed in ((fill, seed) for fill in FILLS for seed in range(seeds)):
            tree = documents.make(oid, fill, seed)
            score.valid += 1
            score.refused.update(
                {code for code in _codes(checker, tree, oid) if code in errors}
            )
            for kind, rule, damaged in _damaged(tree, oid, documents, seed):
                codes = _codes(checker, damaged, "" if kind in TOLD_INSIDE else oid)
                score.put[kind] += 1
                score.found[kind] += any(code.startswith(rule) for code in codes)
                score.rule[kind] = rule
    return score


def _codes(checker: Checker, tree: dict[str, object], oid: str) -> set[str]:
    """Return the codes of the rules that a document breaks."""
    raw = Raw("sample", 1, msgspec.json.encode(tree), oid)
    return {code for _, _, code, _ in checker.check(raw)}


def _damaged(
    tree: dict[str, object], oid: str, documents: Documents, seed: int
) -> Iterator[tuple[str, str, dict[str, object]]]:
    for kind in KINDS:
        made = mutate(tree, oid, kind, Random(f"{oid} {kind} {seed}"), documents)  # noqa: S311 - no secret
        if made is not None:
            yield kind, made.rule, made.tree


def show(score: Score) -> dict[str, float]:
    """Print the table and return the figures that are recorded."""
    table = Table("damage", "rule", "put in", "found", "share", title="damaged documents")
    for kind, put in score.put.items():
        share = score.found[kind] / put
        table.add_row(kind, score.rule[kind], str(put), str(score.found[kind]), f"{share:.1%}")
    console = Console(width=100)
    console.print(table)
    console.print(f"valid documents: {score.valid}, errors in them: {dict(score.refused)}")
    return {
        "documents_valid": score.valid,
        "documents_with_errors": sum(score.refused.values()),
        "mutations": sum(score.put.values()),
        "mutations_found": sum(score.found.values()),
        "mutations_found_share_min": min(score.found[k] / put for k, put in score.put.items()),
    }
