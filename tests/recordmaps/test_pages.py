"""Maps as a person reads them: on the terminal, in Markdown and in HTML, in three languages."""

import pytest
from click.testing import CliRunner
from lxml import etree

from kirjaamo import messages
from kirjaamo.classifications.structures import get
from kirjaamo.cli import main
from kirjaamo.mappings import recordmaps
from kirjaamo.mappings.recordmaps import describing, wording
from kirjaamo.mappings.recordmaps.model import Source, When

MAPS = recordmaps.shipped()


def run(*words):
    return CliRunner().invoke(main, ["map", *words])


def test_show_puts_old_beside_new():
    result = run("show", "11000")

    assert result.exit_code == 0
    assert "1.2.246.537.6.1506.11000.2023.9.8" in result.output
    assert "decision: legal basis" in result.output
    assert "Päätös · Ratkaisun lakiperuste *" in result.output
    assert "⚙" in result.output
    assert "Not carried over" in result.output


def test_show_without_a_name_lists_every_map():
    result = run("show")

    assert result.exit_code == 0
    assert all(one.structure in result.output for one in MAPS.values())


def test_show_takes_an_oid_and_writes_a_file(tmp_path):
    result = run("show", "1.2.246.537.6.1505.1.2023.6.1", "-o", str(tmp_path / "map.txt"))

    assert result.exit_code == 0
    assert result.output == ""
    assert "Asiakkuusasiakirja" in (tmp_path / "map.txt").read_text("utf-8")


def test_an_unknown_map_is_one_sentence():
    result = run("show", "11999")

    assert result.exit_code == 2
    assert "There is no record map called “11999”." in result.output


def test_problems_of_a_map_of_the_workspace_are_marked(tmp_path, monkeypatch):
    folder = tmp_path / "mappings" / "records"
    folder.mkdir(parents=True)
    (tmp_path / "kirjaamo.toml").write_text("")
    (folder / "19013.yaml").write_text(
        "structure: 1.2.246.537.6.1506.19013.2022.1.10\nof: entry\n"
        "root: muu_asiakaskertomusmerkinta\nabout: {fi: a, sv: b, en: c}\n"
        "targets: {nowhere: entry.text}\n"
    )
    monkeypatch.chdir(tmp_path)

    result = run("show", "19013")

    assert (
        "muu_asiakaskertomusmerkinta/nowhere: the structure has no such field" in result.output
    )


@pytest.mark.parametrize("form", describing.FORMATS)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_description_is_written_in_every_form_and_language(form, lang, tmp_path):
    file = tmp_path / f"map.{form}"

    result = run("describe", "1505.1", "--format", form, "-o", str(file), "--lang", lang)

    assert result.exit_code == 0
    text = file.read_text("utf-8")
    assert str(getattr(MAPS["1505.1"].about, lang)) in text
    assert "asiakas/turvakielto" in text


@pytest.mark.parametrize("name", MAPS)
def test_the_html_is_whole_and_stands_alone(name):
    page = describing.html(MAPS[name], get(MAPS[name].structure))

    tree = etree.fromstring(page.replace("<!doctype html>\n", "").replace(
        '<meta charset="utf-8">', "").replace(
        '<meta name="viewport" content="width=device-width, initial-scale=1">', ""))  # fmt: skip
    assert tree.get("lang") == "en"
    assert len(tree.findall(".//h1")) == 1
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert all(row[0].get("scope") == "row" for row in tree.iterfind(".//tbody/tr"))
    assert "http" not in page
    assert "<script" not in page


def test_what_a_map_says_is_escaped():
    record_map = MAPS["19013"]
    path = "muu_asiakaskertomusmerkinta/asiakaskertomusmerkinta/tapahtuma/kuvaus"
    targets = {**record_map.targets, path: Source(template=("<b>|{entry.text}",))}
    changed = recordmaps.RecordMap(
        "19013", record_map.structure, "entry", record_map.about, record_map.applies,
        targets, {}, {},
    )  # fmt: skip

    structure = get(record_map.structure)

    assert "&lt;b&gt;|" in describing.html(changed, structure)
    assert "<b>\\|" in describing.markdown(changed, structure)


def test_a_description_without_rows_says_so():
    text = describing.markdown(MAPS["19013"], get(MAPS["19013"].structure))

    crosswalks = text.partition("## Crosswalks that must be approved\n\n")[2]
    assert crosswalks.startswith("Nothing.\n")


def test_conditions_are_told_in_words():
    when = When(("entry.text",), ("entry.status",), {"entry.service_task": ("10", "20")})

    assert list(wording.conditions(when)) == [
        "when there is a value: record entry: text",
        "when there is no value: record entry: status of the entry",
        "when record entry: service task is 10 or 20",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source(constant=False), "always: no"),
        (Source(constant="1"), "always: 1"),
        (Source(), "no source"),
        (Source(field="ids.matter"), "new OID of the matter"),
        (Source(field="author.last_name"), "author: last name"),
        (Source(field="planet.x"), "planet: x"),
        (Source(setting="signature"), "setting migration.signature"),
        (Source(template=("a {entry.text}.",)), "lines of text: a [record entry: text]."),
    ],
)
def test_a_source_is_told_in_words(source, text):
    assert wording.said(source) == text
