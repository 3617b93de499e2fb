"""Kirjaamo's engine with the ten rules. FILE OUT [JOBS] [NUMBER OF RULES]."""

import datetime as dt
import json
import sys
from pathlib import Path

import facts
from ten_rules import RULES

from kirjaamo import reports
from kirjaamo.engines.driver import check
from kirjaamo.engines.pack import Context
from kirjaamo.files import replacing
from kirjaamo.records import Label, read_table
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Part, Profile, TableMap

path, target, jobs, rules = (*sys.argv[1:], *("2", "10")[len(sys.argv) - 3 :])
table = read_table(Path(__file__).with_name("row.yaml"))
part = Part(files="*.csv", tables={"row": TableMap({name: name for name in facts.COLUMNS})})
profile = Profile("benchmark", Label("", "", ""), (part,))
run = check(
    [Source(path, profile, part, "csv")],
    RULES[: int(rules)],
    context=Context(dt.date.fromisoformat(facts.TODAY)),
    model={"row": table},
    jobs=int(jobs),
)
with replacing(Path(target)) as stream:
    reports.write("csv", run, stream)
json.dump({state.rule.code: state.found for state in run.states}, sys.stdout)
