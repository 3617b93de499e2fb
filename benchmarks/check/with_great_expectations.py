"""great_expectations on pandas; rules over several fields as columns made before. FILE OUT."""

import csv
import json
import logging
import sys
from pathlib import Path

import facts
import great_expectations as gx
import pandas as pd
from with_csv import broken

logging.disable(logging.WARNING)
MADE_BEFORE = ("R03", "R04", "R07", "R08", "R09", "R10")
frame = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
found = [frozenset(broken(list(row))) for row in frame.itertuples(index=False)]
for rule in MADE_BEFORE:
    frame[rule] = [rule not in rules for rules in found]
e = gx.expectations
EXPECTATIONS = {
    "R01": e.ExpectColumnValuesToMatchRegex(column="record_id", regex=facts.RECORD_FORM),
    "R02": e.ExpectColumnValuesToMatchRegex(column="hetu", regex=facts.IDENTITY_FORM),
    "R05": e.ExpectColumnValuesToBeInSet(
        column="municipality", value_set=list(facts.MUNICIPALITIES)
    ),
    "R06": e.ExpectColumnValuesToBeInSet(column="service_task", value_set=list(facts.TASKS)),
} | {rule: e.ExpectColumnValuesToBeInSet(column=rule, value_set=[True]) for rule in MADE_BEFORE}

context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
batch = asset.add_batch_definition_whole_dataframe("all")
suite = gx.ExpectationSuite(name="ten", expectations=list(EXPECTATIONS.values()))
result = gx.ValidationDefinition(name="ten", data=batch, suite=context.suites.add(suite)).run(
    batch_parameters={"dataframe": frame}, result_format={"result_format": "COMPLETE"}
)
by_column = {"record_id": "R01", "hetu": "R02", "municipality": "R05", "service_task": "R06"}
counts = {}
with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as target:
    out = csv.writer(target)
    for one in result.results:
        column = one.expectation_config.kwargs["column"]
        rule = by_column.get(column, column)
        rows = one.result.get("unexpected_index_list") or []
        out.writerows((row + 2, facts.FIELDS[rule], rule) for row in rows)
        counts[rule] = len(rows)
json.dump(dict(sorted(counts.items())), sys.stdout)
