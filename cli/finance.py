"""``kirjaamo finance``: ledgers become checked financial reports that can be filed."""

from kirjaamo.cli import (
    finance_calendar,
    finance_check,
    finance_convert,
    finance_datapoints,
    finance_extract,
    finance_import,
    finance_show,
    finance_validate,
)
from kirjaamo.cli.base import group
from kirjaamo.messages import N_


@group(
    help=N_("Financial reports: ledgers in, checks, data points, instances, proof, deadlines.")
)
def finance() -> None:
    """Hold the commands about financial reports."""


for _added in (
    finance_import.import_,
    finance_check.check,
    finance_extract.coverage,
    finance_datapoints.datapoints,
    finance_extract.extract,
    finance_show.show,
    finance_show.diff,
    finance_convert.convert,
    finance_validate.validate,
    finance_calendar.calendar,
):
    finance.add_command(_added)
