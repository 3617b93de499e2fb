"""The hand-written Polars query: scan, ten expressions, faulty rows out. FILE OUT."""

import json
import sys

import facts
import polars as pl
from polars import col

source, target = sys.argv[1:]
digits = col("hetu").str.slice(0, 6) + col("hetu").str.slice(7, 3)
number = digits.cast(pl.Int64, strict=False)
formed = col("hetu").str.contains(facts.IDENTITY_FORM)
century = col("hetu").str.slice(6, 1).replace_strict(facts.CENTURIES, default="")
inside = pl.concat_str(
    century, col("hetu").str.slice(4, 2), pl.lit("-"), col("hetu").str.slice(2, 2),
    pl.lit("-"), col("hetu").str.slice(0, 2),
)  # fmt: skip
expected = (number % 31).replace_strict(
    dict(enumerate(facts.ALPHABET)), default="", return_dtype=pl.String
)
known_task = col("service_task").is_in(facts.TASKS)
pairs = [f"{task}|{document}" for task, document in facts.PAIRS]
day = col("decision_date").str.to_date("%Y-%m-%d", strict=False)
real = (day.dt.strftime("%Y-%m-%d") == col("decision_date")).fill_null(value=False)
BREAKS = {
    "R01": ~col("record_id").str.contains(facts.RECORD_FORM),
    "R02": ~formed,
    "R03": formed & (expected != col("hetu").str.slice(10, 1)),
    "R04": formed & (inside != col("birth_date")),
    "R05": ~col("municipality").is_in(facts.MUNICIPALITIES),
    "R06": ~known_task,
    "R07": known_task
    & ~pl.concat_str(col("service_task"), pl.lit("|"), col("doc_type")).is_in(pairs),
    "R08": (col("valid_to") != "") & (col("valid_to") < col("valid_from")),
    "R09": ~real
    | (col("decision_date") > facts.TODAY)
    | (col("decision_date") < col("birth_date")),
    "R10": (col("text").str.strip_chars() == "")
    | (col("text").str.len_chars() > facts.LONGEST)
    | col("text").str.contains(facts.IDENTITY_INSIDE),
}
flagged = (
    pl.scan_csv(source, infer_schema=False, empty_string_is_null=False)
    .with_row_index("row", offset=2)
    .select("row", **BREAKS)
    .filter(pl.any_horizontal(list(BREAKS)))
    .collect(engine="streaming")
)
found = pl.concat(
    flagged.filter(col(rule)).select("row", field=pl.lit(facts.FIELDS[rule]), rule=pl.lit(rule))
    for rule in BREAKS
).sort("row")
found.write_csv(target)
json.dump(dict(found["rule"].value_counts().sort("rule").iter_rows()), sys.stdout)
