"""The sample taxonomy: whole, valid, always the same, and one in all its forms."""

import csv
import io
import subprocess
import sys
import zipfile

import pytest
from lxml import etree

from kirjaamo.finance.datapoints.reading import read
from kirjaamo.finance.proof.package import opened
from kirjaamo.samples.taxonomy import assertions, markup, package
from kirjaamo.samples.taxonomy.design import MODULES, sample
from tests.command_line import kirjaamo
from tests.reference import DATA, needs_data

ARELLE = """
import logging, sys
from arelle.api.Session import Session
from arelle.RuntimeOptions import RuntimeOptions
class Told(logging.Handler):
    def emit(self, record):
        if record.levelno >= logging.WARNING:
            print(record.levelname, getattr(record, "messageCode", ""), record.getMessage())
for given in ({"entrypointFile": sys.argv[1], "taxonomyPackage": True},
              *({"entrypointFile": one, "packages": [sys.argv[1]]} for one in sys.argv[2:])):
    with Session() as session:
        options = RuntimeOptions(validate=True, internetConnectivity="offline",
            disablePersistentConfig=True, logFile="logToBuffer", keepOpen=True,
            baseTaxonomyValidationMode="all", **given)
        session.run(options, logHandler=Told())
        for model in session.get_models():
            print("model", len(model.qnameConcepts))
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("taxonomy")
    return {path.name: path for path in package.write(folder)}


@pytest.fixture(scope="module")
def content(written):
    with zipfile.ZipFile(written["malli-taxonomy.zip"]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_arelle_finds_no_fault_in_the_taxonomy_nor_in_its_package(written):
    points = [module.entry_point for module in MODULES]
    command = [sys.executable, "-c", ARELLE, str(written["malli-taxonomy.zip"]), *points]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    lines = told.stdout.splitlines()
    models = [line for line in lines if line.startswith("model")]
    assert [line for line in lines if line not in models] == []
    assert len(models) == 2 * len(points), "each through the package and by its address"
    assert all(int(line.split()[1]) > 100 for line in models)


def test_it_always_has_the_same_bytes(written, tmp_path):
    for path in package.write(tmp_path):
        assert path.read_bytes() == written[path.name].read_bytes(), path.name


def test_every_file_says_that_it_is_an_example(content):
    for name, data in content.items():
        if not name.endswith("catalog.xml"):
            assert b"sample taxonomy" in data, name
            assert b"valtiokonttori" not in data, name


def test_every_concept_has_a_name_in_both_languages(content):
    named = {"fi": set(), "sv": set()}
    concepts = set()
    for name, data in content.items():
        root = etree.fromstring(data)
        if name.endswith(".xsd"):
            concepts |= {one.get("id") for one in root.iter("{*}element")}
        for language in named:
            if name.endswith(f"-lab-{language}.xml"):
                hrefs = [
                    one.get("{http://www.w3.org/1999/xlink}href") for one in root.iter("{*}loc")
                ]
                named[language] |= {href.partition("#")[2] for href in hrefs}
                assert all((one.text or "").strip() for one in root.iter("{*}label"))
    assert named["fi"] == named["sv"] == concepts
    assert len(concepts) > 100


def test_it_has_two_modules_and_the_namespaces_of_its_signatures(written):
    found = opened(written["malli-taxonomy.zip"])
    assert list(found.entry_points) == [module.entry_point for module in MODULES]
    assert len(found.entry_points) == 2
    assert all(found.holds(address) for address in found.entry_points)
    assert dict(found.namespaces) == markup.namespaces()
    assert all("example.org" in uri for uri in found.namespaces.values())


def test_every_total_of_a_table_has_an_assertion():
    design = sample()
    table = design.table("T02")
    made = list(assertions.assertions(design, table))
    totals = {m.parent for one in design.dimensions for m in one.members if m.parent}
    assert {one.calculation.total for one in made if one.calculation.operator == "="} == totals
    assert {one.calculation.operator for one in made} == {"=", ">="}
    assert not list(assertions.assertions(design, design.table("T04"))), "per cents do not sum"


def test_all_forms_of_the_data_points_say_the_same(written):
    vk = read(written["malli-datapoints.sqlite"])
    dpm = read(written["malli-dpm.sqlite"])
    table = read(written["malli-datapoints.csv"])
    names = ["signature", "id", "open"]
    assert vk.frame.select(names).equals(dpm.frame.select(names))
    assert vk.frame.drop("label").equals(table.frame.drop("label"))
    assert vk.nodes.equals(dpm.nodes)
    assert vk.labels == dpm.labels
    assert vk.versions == dpm.versions == table.versions == ("malli-2026-01",)
    assert vk.frame["mandatory"].sum() == 4
    assert vk.frame.height == sum(len(list(sample().cells(one))) for one in sample().tables)


@needs_data
def test_accounts_and_service_classes_are_of_the_lists_of_municipalities():
    known = {name: set(_codes(name)) for name in ("account_info.csv", "service_codes.csv")}
    design = sample()
    for dimension, name in (("TIL", "account_info.csv"), ("PAL", "service_codes.csv")):
        own = {m.code[1:] for m in design.dimension(dimension).members if m.code[0] == "x"}
        assert own <= known[name], own - known[name]


def _codes(name):
    text = (DATA / "finance" / name).read_text("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        yield from (cell.strip() for cell in row if cell.strip().isdigit())


def test_the_command_writes_it(tmp_path):
    result = kirjaamo("samples", "taxonomy", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "malli-taxonomy.zip", "malli-datapoints.sqlite", "malli-dpm.sqlite",
        "malli-datapoints.csv",
    }  # fmt: skip
    assert result.stderr.count("malli-") == 4
