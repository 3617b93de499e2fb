"""What is counted and kept while a check goes on, and the `Run` it becomes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from kirjaamo.engines.pack import Context
from kirjaamo.engines.spool import Spool
from kirjaamo.rules import Rule
from kirjaamo.run import RuleState, Run, SourceSummary, State
from kirjaamo.waivers import Known

Progress = Callable[[str, int], None]
"""Called with the source and the records of each finished piece."""


def silent(_source: str, _records: int) -> None:
    """Say nothing of progress."""


@dataclass(slots=True)
class Tally:
    """Findings in order, counts, and what became of each rule.

    Attributes:
        settled: Waivers and baseline.
        sources: What was read.
        ran: Codes of the rules that ran somewhere.
        failed: Codes of the rules that broke.
        reasons: Code to the reasons for which the rule did not run somewhere.
    """

    settled: Known = field(default_factory=Known)
    sources: list[SourceSummary] = field(default_factory=list)
    spool: Spool = field(default_factory=Spool)
    found: Counter[str] = field(default_factory=Counter)
    ran: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    reasons: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    waived: int = 0
    known: int = 0

    def add(self, found: pl.DataFrame) -> None:
        """Keep findings that are neither waived nor known."""
        left, waived, before = self.settled.split(found)
        self.waived += waived
        self.known += before
        self.found.update(dict(left["rule"].value_counts().iter_rows()))
        self.spool.append(left)

    def finish(self, rules: Sequence[Rule], context: Context) -> Run:
        """Return the finished run."""
        lists = context.codes.editions() if context.codes is not None else {}
        return Run(
            as_of=context.as_of,
            sources=tuple(self.sources),
            states=tuple(self._state(rule) for rule in rules),
            findings=self.spool,
            waived=self.waived,
            known=self.known,
            lists=lists,
        )

    def _state(self, rule: Rule) -> RuleState:
        """Return what became of *rule*; worst first."""
        code = rule.code
        found = self.found[code]
        if code in self.failed:
            state = State.FAILED
        elif found:
            state = State.FOUND
        else:
            state = State.RUN if code in self.ran else State.NOT_RUN
        return RuleState(rule, state, found, tuple(self.reasons.get(code, {})))


def counts(run: Run) -> Mapping[str, int]:
    """Return the number of findings of each severity."""
    totals: Counter[str] = Counter()
    for state in run.states:
        totals[str(state.rule.severity)] += state.found
    return totals
