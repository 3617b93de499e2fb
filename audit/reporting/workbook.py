"""The report as a workbook: areas, measures, groups, changes and method."""

from collections.abc import Iterator
from typing import BinaryIO

from kirjaamo.audit.definition import AREAS, Area
from kirjaamo.audit.reporting import sentences, tables
from kirjaamo.audit.reporting.content import Content
from kirjaamo.audit.reporting.wording import GROUPINGS, group_name, title
from kirjaamo.audit.scores.counting import BY
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext
from kirjaamo.tabular import Cell, Sheet, write_workbook
from kirjaamo.wording import visible

DIGITS = 4


def write(told: Content, codes: Codes, stream: BinaryIO) -> None:
    """Write the workbook in the language in use."""
    sheets = [_summary(told), _areas(told, codes)]
    sheets += [_groups(told, by, codes) for by in BY]
    if told.before:
        sheets.append(
            Sheet(
                gettext("What changed"),
                tables.change_columns(),
                tables.changes(told),
                widths=[45],
            )
        )
    sheets.append(
        Sheet(
            gettext("Method"),
            tables.definition_columns(),
            tables.definitions(told),
            widths=[8, 30, 25, 60, 60, 40, 40],
        )
    )
    sheets.append(
        Sheet(gettext("Not judged"), tables.left_columns(), tables.left(told), widths=[45])
    )
    write_workbook(stream, sheets)


def _summary(told: Content) -> Sheet:
    facts: dict[str, Cell] = {
        gettext("Organisation"): visible(told.organisation),
        gettext("Day of the audit"): told.scores.as_of,
        gettext("Records read"): told.scores.rows,
        gettext("Score, 0 to 100"): None if told.whole is None else round(told.whole, 1),
        gettext("Summary"): sentences.lead(told),
    }
    return Sheet(gettext("Summary"), facts=facts, widths=[28, 90])


def _areas(told: Content, codes: Codes) -> Sheet:
    names = (
        N_("Grouping"),
        N_("Group"),
        N_("Area"),
        N_("Score, 0 to 100"),
        N_("Low"),
        N_("High"),
        N_("Measures"),
    )
    return Sheet(gettext("Areas"), [gettext(name) for name in names], _area_rows(told, codes))


def _area_rows(told: Content, codes: Codes) -> Iterator[list[Cell]]:
    for row in told.areas.to_dicts():
        yield [
            gettext(GROUPINGS[row["by"]]), group_name(row["by"], row["group"], codes),
            gettext(AREAS[Area(row["area"])]), *(round(row[n], 1) for n in ("score", "low", "high")),
            row["measures"],
        ]  # fmt: skip


def _groups(told: Content, by: str, codes: Codes) -> Sheet:
    heading = gettext(GROUPINGS[by])
    names = (
        N_("Code"),
        N_("Measure"),
        N_("Judged"),
        N_("Flawed"),
        N_("Share"),
        N_("Low"),
        N_("High"),
    )
    rows = (
        [
            group_name(by, row["group"], codes), row["measure"], title(row["measure"]),
            row["judged"], row["flawed"],
            *(round(row[name], DIGITS) for name in ("share", "low", "high")),
        ]
        for row in told.scores.of(by).to_dicts()
    )  # fmt: skip
    columns = [heading, *(gettext(name) for name in names)]
    return Sheet(heading, columns, rows, widths=[32, 8, 42])
