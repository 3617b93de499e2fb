"""JUnit XML: a suite for each family of rules, a case for each rule.

A case fails when its rule found something, whatever the severity; a rule that did not run is
skipped, one that broke is an error.  A case names the first places and counts the others:
JUnit is for a yes or no, the other formats hold every finding.
"""

from itertools import groupby
from typing import BinaryIO

from lxml import etree

from kirjaamo.messages import N_, gettext
from kirjaamo.reports import wording
from kirjaamo.reports.tally import Tally, tally
from kirjaamo.run import RuleState, Run, State
from kirjaamo.wording import number

PLACES = 100
"""How many places a case names."""


def write(run: Run, stream: BinaryIO) -> None:
    """Write *run* as a JUnit document."""
    found = tally(run, PLACES)
    root = etree.Element("testsuites", _totals(run.states), name="kirjaamo")
    states = sorted(run.states, key=lambda state: state.rule.family)
    for family, members in groupby(states, key=lambda state: state.rule.family):
        cases = tuple(members)
        suite = etree.SubElement(root, "testsuite", _totals(cases), name=family)
        for state in cases:
            _case(suite, state, found)
    etree.indent(root)
    stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")


def _totals(states: tuple[RuleState, ...]) -> dict[str, str]:
    kinds = [state.state for state in states]
    return {
        "tests": str(len(kinds)),
        "failures": str(kinds.count(State.FOUND)),
        "errors": str(kinds.count(State.FAILED)),
        "skipped": str(kinds.count(State.NOT_RUN)),
        "time": "0",  # a report of the same check is the same bytes
    }


def _case(suite: etree._Element, state: RuleState, found: Tally) -> None:
    rule = state.rule
    name = f"{rule.code} {gettext(rule.title)}"
    case = etree.SubElement(
        suite, "testcase", classname=f"kirjaamo.{rule.family}", name=name, time="0"
    )
    match state.state:
        case State.FOUND:
            message = wording.message(gettext(rule.title), number(state.found))
            failure = etree.SubElement(case, "failure", type=rule.severity, message=message)
            failure.text = _places(state, found)
        case State.FAILED:
            etree.SubElement(case, "error", type="failed", message=wording.explanation(state))
        case State.NOT_RUN:
            etree.SubElement(case, "skipped", message=wording.explanation(state))
    if state.reasons and state.state in {State.RUN, State.FOUND}:
        etree.SubElement(case, "system-out").text = wording.explanation(state)


def _places(state: RuleState, found: Tally) -> str:
    code = state.rule.code
    lines = [str(place) for place in found.places.get(code, [])]
    more = found.rules[code] - len(lines)
    if more > 0:
        rest = gettext(N_("… and {count} more; the csv and jsonl formats hold them all."))
        lines.append(rest.format(count=number(more)))
    return "\n".join([*lines, gettext(state.rule.advice)])
