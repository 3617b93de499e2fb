"""The reference page of a rule, in the language in use: for ``explain`` and the docs."""

import datetime as dt

from kirjaamo import records
from kirjaamo.messages import N_, gettext
from kirjaamo.rules import Kind, Rule

KINDS = {
    Kind.COLUMN: N_("rows of a table"),
    Kind.TABLE: N_("several rows or tables together"),
    Kind.DOCUMENT: N_("documents"),
}
SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}
CAUSES = {"person": N_("a person"), "system": N_("the system"), "data": N_("the data")}


def markdown(rule: Rule) -> str:
    """Return the page of *rule* as Markdown."""
    lines = [f"## {rule.code} {gettext(rule.title)}", *map(gettext, rule.paragraphs)]
    lines += [f"**{gettext('What to do.')}** {gettext(rule.advice)}"]
    facts = [
        (N_("Severity"), gettext(SEVERITIES[rule.severity])),
        (N_("Mended by"), gettext(CAUSES[rule.cause])),
        (N_("Looks at"), gettext(KINDS[rule.kind])),
        (N_("Places"), _places(rule)),
        (N_("Applies"), _dates(rule.applies_from, rule.applies_to)),
        (N_("Basis"), gettext(rule.basis)),
        (N_("Since version"), rule.since),
    ]
    lines += ["\n".join(f"* {gettext(name)}: {text}" for name, text in facts if text)]
    if rule.settings:
        lines += ["\n".join(_setting(rule, number) for number in range(len(rule.settings)))]
    return "\n\n".join(lines) + "\n"


def _setting(rule: Rule, number: int) -> str:
    setting = rule.settings[number]
    return (
        f"* {gettext('Threshold')} `{setting.name} = {setting.default}`: "
        f"{gettext(setting.about)} ({gettext(setting.source)})"
    )


def _places(rule: Rule) -> str:
    """Return the places, or how many there are when they are many."""
    if len(rule.places) > 8:  # noqa: PLR2004 - more do not fit on two lines
        return gettext("{count} fields of the record model").format(count=len(rule.places))
    known = records.tables()
    return ", ".join(f"`{p.table}.{p.field}`" for p in rule.places if p.table in known)


def _dates(start: dt.date | None, end: dt.date | None) -> str:
    if start is None and end is None:
        return ""
    return f"{start.isoformat() if start else ''} \N{EN DASH} {end.isoformat() if end else ''}"
