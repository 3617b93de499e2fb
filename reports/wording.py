"""Words that every format shares: severities, states, parameters and places."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from kirjaamo.findings import Severity
from kirjaamo.messages import N_, gettext, language
from kirjaamo.run import RuleState, Run, State
from kirjaamo.wording import visible

SEVERITY: Mapping[str, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.NOTE: N_("note"),
}
STATE: Mapping[str, str] = {
    State.RUN: N_("ran, found nothing"),
    State.FOUND: N_("found"),
    State.NOT_RUN: N_("not run"),
    State.FAILED: N_("failed"),
}

_SHEET = re.compile(r"\[([^\[\]]*)\]$")


def parameters(text: str | None) -> str:
    """Return the parameters of a finding as ``name: value`` pairs, or as a sentence they name.

    >>> parameters('{"limit":20,"list":"palvelutehtävä"}')
    'limit: 20, list: palvelutehtävä'
    >>> parameters('{"damage":"json"}')
    'it is not whole JSON'
    """
    return _parameters(text, language()) if text else ""


@lru_cache(1024)
def _parameters(text: str, chosen: str) -> str:
    del chosen  # the sentences are in the language in use
    return ", ".join(
        visible(_sentence(str(name), str(value)) or f"{name}: {value}")
        for name, value in msgspec.json.decode(text).items()
    )


def _sentence(name: str, value: str) -> str:
    """Return the sentence that a parameter names: a kind of damage or a national condition."""
    match name:
        case "damage":
            from kirjaamo.documents.parsing import DAMAGES

            return gettext(DAMAGES.get(value, ""))
        case "condition":
            from kirjaamo.classifications.structures.conditions import conditions

            found = conditions().get(value)
            return found.text().rstrip(".") if found else ""
        case _:
            return ""


def place(source: str, row: int | None, column: str | None) -> str:
    """Return a place as a person looks for it.

    >>> place("asiakkaat.csv", 12, "Hetu")
    'asiakkaat.csv:12 Hetu'
    """
    at = "" if row is None else f":{row}"
    return f"{visible(source)}{at} {visible(column)}".rstrip()


def sheet(source: str) -> str:
    """Return the sheet in the name of a source, or "".

    >>> sheet("vienti.xlsx[Päätökset]"), sheet("vienti.csv")
    ('Päätökset', '')
    """
    found = _SHEET.search(source)
    return found.group(1) if found else ""


def file(source: str) -> str:
    """Return the file in the name of a source.

    >>> file("vienti.xlsx[Päätökset]")
    'vienti.xlsx'
    """
    return _SHEET.sub("", source)


def message(title: str, facts: str) -> str:
    """Return what is wrong, with the facts of one finding.

    >>> message("Too long", "limit: 20")
    'Too long (limit: 20)'
    """
    return f"{title} ({facts})" if facts else title


def titles(run: Run) -> dict[str, str]:
    """Return the title of every rule of a run, in the language in use."""
    return {state.rule.code: gettext(state.rule.title) for state in run.states}


def incomplete(run: Run) -> Iterator[RuleState]:
    """Yield the rules that did not run, broke, or ran only in part."""
    for state in run.states:
        if state.state in {State.NOT_RUN, State.FAILED} or state.reasons:
            yield state


def explanation(state: RuleState) -> str:
    """Return why a rule did not run everywhere, in one line."""
    if state.reasons:
        return " ".join(visible(reason) for reason in state.reasons)
    if state.state is State.FAILED:
        return gettext("The rule itself broke; please report it to the makers of Kirjaamo.")
    return gettext("What it needs was not in the sources.")
