"""The summary a person reads: sources, findings by rule, what was not run, what to do next.

It fits 80 columns and every colour has a word beside it.  Each rule names its first places
only and says how many more there are; the other formats hold every finding.
"""

import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

import kirjaamo
from kirjaamo.findings import SEVERITIES, Severity
from kirjaamo.messages import N_, gettext
from kirjaamo.reports import wording
from kirjaamo.reports.tally import Tally, tally
from kirjaamo.run import RuleState, Run, State
from kirjaamo.wording import day, number, visible

PLACES = 3
"""How many places of a rule are shown."""

LISTED = 10
"""How many reasons and pieces of advice are shown."""

WIDTH = 80

_COLOUR = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def write(run: Run, stream: BinaryIO) -> None:
    """Write the summary of *run* as plain UTF-8 text."""
    page = io.StringIO()
    console = Console(
        file=page, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False
    )
    show(run, console)
    lines = (line.rstrip() for line in page.getvalue().splitlines())
    stream.write("".join(f"{line}\n" for line in lines).encode())


def show(run: Run, console: Console) -> None:
    """Print the summary of *run* on a console, in colour where it can show colours."""
    found = tally(run, PLACES)
    title = gettext(N_("Kirjaamo {version}: check as of {day}"))
    console.print(Text(title.format(version=kirjaamo.__version__, day=day(run.as_of)), "bold"))
    _sources(run, console)
    _findings(run, found, console)
    _not_run(run, console)
    _set_aside(run, console)
    _next(run, console)
    console.print()
    console.print(_totals(run, found))


def _heading(text: str, console: Console) -> None:
    console.print()
    console.print(Text(text, "bold"))


def _table(*headings: tuple[str, str]) -> Table:
    """Return an empty table; each heading is a text and ``left``, ``right`` or ``fold``."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for text, form in headings:
        if form == "right":
            table.add_column(Text(text), justify="right", no_wrap=True)
        else:
            table.add_column(Text(text), overflow="fold", no_wrap=form == "left")
    return table


def _sources(run: Run, console: Console) -> None:
    _heading(gettext(N_("Sources")), console)
    if not run.sources:
        console.print(Text(gettext(N_("No source was read."))))
        return
    table = _table(
        (gettext(N_("Source")), "fold"),
        (gettext(N_("Rows")), "right"),
        (gettext(N_("Encoding")), "fold"),
        (gettext(N_("Tables")), "fold"),
    )
    for source in run.sources:
        table.add_row(
            Text(visible(source.source)),
            number(source.rows),
            Text(source.encoding),
            Text(", ".join(source.tables)),
        )
    console.print(table)


def _findings(run: Run, found: Tally, console: Console) -> None:
    _heading(gettext(N_("Findings")), console)
    hit = _worst_first(state for state in run.states if state.state is State.FOUND)
    if not hit:
        ran = sum(state.state is State.RUN for state in run.states)
        nothing = gettext(N_("Nothing was found. Rules that ran: {count}."))
        console.print(Text(nothing.format(count=number(ran))))
        return
    table = _table(
        (gettext(N_("Rule")), "left"),
        (gettext(N_("Severity")), "left"),
        (gettext(N_("Count")), "right"),
        (gettext(N_("What is wrong, and the first places")), "fold"),
    )
    for state in hit:
        severity = state.rule.severity
        table.add_row(
            Text(state.rule.code),
            Text(gettext(wording.SEVERITY[severity]), _COLOUR[severity]),
            number(state.found),
            _what_and_where(state, found),
        )
    console.print(table)


def _worst_first(states: Iterable[RuleState]) -> list[RuleState]:
    return sorted(states, key=lambda s: (SEVERITIES.index(s.rule.severity), s.rule.code))


def _what_and_where(state: RuleState, found: Tally) -> Text:
    places = found.places.get(state.rule.code, [])
    lines = [f"  {place}" for place in places]
    more = state.found - len(places)
    if more > 0:
        rest = gettext(N_("… and {count} more")).format(count=number(more))
        lines.append(f"  {rest}")
    text = Text(gettext(state.rule.title), "bold")
    return text.append("".join(f"\n{line}" for line in lines), "not bold")


def _not_run(run: Run, console: Console) -> None:
    """Print the rules that did not run, and by reason those that ran only in part."""
    states = list(wording.incomplete(run))
    if not states:
        return
    _heading(gettext(N_("Not run, or run only in part")), console)
    console.print(
        Text(gettext(N_("These rules say nothing about the records they did not see.")))
    )
    table = _table((gettext(N_("Why")), "fold"), (gettext(N_("Rules")), "fold"))
    for why, rules in _reasons(states)[:LISTED]:
        table.add_row(Text(why), Text(", ".join(rules)))
    console.print(table)
    _say_more(len(_reasons(states)) - LISTED, console)


def _reasons(states: Sequence[RuleState]) -> list[tuple[str, list[str]]]:
    """Return reasons with their rules: first each rule that did not run at all."""
    whole = [state for state in states if state.state in {State.NOT_RUN, State.FAILED}]
    part: dict[str, list[str]] = {}
    for state in states:
        if state not in whole:
            for reason in state.reasons:
                part.setdefault(visible(reason), []).append(state.rule.code)
    often = sorted(part.items(), key=lambda item: (-len(item[1]), item[0]))
    marked = gettext(N_("{reason} (in part)"))
    return [
        *((_first_reason(state), [state.rule.code]) for state in whole),
        *((marked.format(reason=reason), rules) for reason, rules in often),
    ]


def _first_reason(state: RuleState) -> str:
    """Return why a rule did not run: the first reason, and how many more there are."""
    if state.state is State.FAILED or len(state.reasons) <= 1:
        return wording.explanation(state)
    more = gettext(N_("{reason}, and {count} more reasons"))
    return more.format(reason=visible(state.reasons[0]), count=len(state.reasons) - 1)


def _say_more(count: int, console: Console) -> None:
    """Say how many lines are left out, and where they are."""
    if count > 0:
        more = gettext(N_("… and {count} more; all of them are in the formats json and xlsx."))
        console.print(Text(more.format(count=number(count))))


def _set_aside(run: Run, console: Console) -> None:
    """Print how many findings are not shown, and why."""
    lines = [
        (run.waived, N_("Findings set aside by a waiver: {count}.")),
        (run.known, N_("Findings that the baseline already had: {count}.")),
    ]
    if run.waived or run.known:
        _heading(gettext(N_("Set aside")), console)
    for count, line in lines:
        if count:
            console.print(Text(gettext(line).format(count=number(count))))


def _next(run: Run, console: Console) -> None:
    hit = _worst_first(state for state in run.states if state.state is State.FOUND)
    if not hit:
        return
    _heading(gettext(N_("What to do next")), console)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for state in hit[:LISTED]:
        table.add_row(Text(state.rule.code), Text(gettext(state.rule.advice)))
    console.print(table)
    _say_more(len(hit) - LISTED, console)
    more = gettext(N_("More about a rule: kirjaamo explain {code}"))
    console.print(Text(more.format(code=hit[0].rule.code)))


def _totals(run: Run, found: Tally) -> Text:
    line = gettext(
        N_(
            "Errors {errors}, warnings {warnings}, notes {notes}; rows {rows}; rules run {run}, not run {not_run}."
        )
    )
    ran = sum(state.state in {State.RUN, State.FOUND} for state in run.states)
    return Text(
        line.format(
            errors=number(found.severities[Severity.ERROR]),
            warnings=number(found.severities[Severity.WARNING]),
            notes=number(found.severities[Severity.NOTE]),
            rows=number(run.rows),
            run=number(ran),
            not_run=number(len(run.states) - ran),
        )
    )
