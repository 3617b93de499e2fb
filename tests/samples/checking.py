"""Exports a sample and checks it with every rule, for the tests that measure."""

from importlib.resources import files

import polars as pl

from kirjaamo import findings, validators
from kirjaamo.classifications import Codes
from kirjaamo.engines import driver
from kirjaamo.engines.pack import Context
from kirjaamo.rules import Kind
from kirjaamo.run import State
from kirjaamo.samples import AS_OF, export, generate
from kirjaamo.sources import formats, profile

RULES = [rule for rule in validators.rules().values() if rule.kind is not Kind.DOCUMENT]
PLACE = ["source", "row", "field", "rule"]


def profile_of(system):
    return profile.read(files("kirjaamo.samples") / "profiles" / f"{system.lower()}.yaml")


def sources_of(system, folder):
    region = folder.glob(f"{system.lower()}_[!t]*")
    of = profile_of(system)
    return [source for path in sorted(region) for source in formats.open_source(path, [of])]


def exported(system, folder, *, clients, seed, defects):
    region = generate(clients, seed, defects, system)
    export(region, system, folder)
    return region


def found_in(system, folder, as_of=AS_OF):
    run = driver.check(sources_of(system, folder), RULES, context=Context(as_of, Codes()))
    failed = [state.rule.code for state in run.states if state.state is State.FAILED]
    assert failed == []
    return findings.concat(run.findings)


def truth_of(system, folder):
    frame = pl.read_csv(folder / f"{system.lower()}_truth.csv", infer_schema=False)
    return frame.with_columns(pl.col("row").cast(pl.UInt64), pl.col("field").fill_null(""))


def missed(truth, found):
    """Return the kinds of which no place was found, once for each defect."""
    hit = truth.join(found.select(PLACE).unique(), on=PLACE, how="semi")
    lost = truth.unique("defect").join(hit, on="defect", how="anti")
    return sorted(zip(lost["rule"], lost["kind"], strict=True))


def beside(truth, found):
    """Return the findings that no damage explains, as rule and field."""
    extra = found.join(truth, on=PLACE, how="anti").filter(pl.col("rule") != "CL006")
    return sorted(set(zip(extra["rule"], extra["table"], extra["field"], strict=True)))
