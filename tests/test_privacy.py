"""No value of a person's record leaves a check, but in the workbook that was asked for."""

import pytest

from kirjaamo import records, reports, validators
from kirjaamo.cli.inputs import inputs
from kirjaamo.rule_pages import markdown
from tests.command_line import AS_OF, kirjaamo

SHORTEST = 4
"""Shorter values are found in any text by chance."""

PIECE = 20
"""Characters of a piece of a longer text."""

TYPES = {"identity_code", "name", "text"}
TRAVELLING = [name for name, form in reports.FORMATS.items() if not form.binary]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("damaged")
    kirjaamo("samples", "generate", "--clients", 45, "--defects", 0.2, "-o", folder)
    for truth in folder.glob("*truth*"):
        truth.unlink()
    return folder


@pytest.fixture(scope="module")
def values(damaged):
    """Return what stands in the personal columns, whole and in pieces."""
    found = set()
    for source in inputs([str(damaged)], None, None).tables:
        for unit in source.units():
            frame = source.read(unit).frame
            for column in personal(source) & set(frame.columns):
                found |= set(frame[column].drop_nulls())
    long = {text for text in found if len(text) > 2 * PIECE}
    pieces = {text[start : start + PIECE] for text in long for start in (0, len(text) // 2)}
    return {text.strip() for text in found | pieces if len(text.strip()) >= SHORTEST}


def personal(source):
    """Return the columns of personal data, identities, names and texts; codes are no secret."""
    model = records.tables()
    return {
        mapped.column(name).column
        for table, mapped in source.part.tables.items()
        for name in mapped.fields
        for field in [model[table].fields[name]]
        if (field.personal or field.type in TYPES) and not field.code_system
    }


@pytest.fixture(scope="module")
def known(damaged):
    """Return what may be said: the rule pages, and the names of the person's own columns."""
    columns = [
        name
        for source in inputs([str(damaged)], None, None).tables
        for name in next(source.units()).header
    ]
    return "\n".join([*columns, *map(markdown, validators.rules().values())])


def leaked(values, text):
    return sorted(value for value in values if value in text)


def test_there_is_enough_to_look_for(values):
    assert len(values) > 400
    assert any(value[6:7] in "-+AY" and value[7:8] == "9" for value in values)


def test_the_search_finds_a_value_that_leaks(values):
    one = min(values)

    assert leaked(values, f"x{one}y")


@pytest.fixture(scope="module")
def outputs(damaged, tmp_path_factory):
    """Return everything that one check gives, as text."""
    folder = tmp_path_factory.mktemp("reports")
    files = {name: folder / f"report{reports.FORMATS[name].suffix}" for name in TRAVELLING}
    words = [word for file in files.values() for word in ("-o", file)]
    result = kirjaamo("check", damaged, *AS_OF, "--verbose", *words)
    assert result.exit_code == 1
    written = {name: file.read_text("utf-8") for name, file in files.items()}
    return written | {"standard output": result.stdout, "standard error": result.stderr}


@pytest.mark.parametrize("name", [*TRAVELLING, "standard output", "standard error"])
def test_no_value_is_in_what_a_check_prints_writes_or_logs(name, outputs, values, known):
    found = leaked(values, outputs[name])

    assert len(outputs[name]) > 100
    assert [value for value in found if value not in known] == []


def test_no_value_is_in_what_is_told_of_a_broken_export(damaged, values, tmp_path):
    source = (damaged / "a_paatokset.csv").read_bytes()
    half = source[: len(source) // 2].replace(b"HETU", b"HTEU")
    (tmp_path / "a_paatokset.csv").write_bytes(half)

    result = kirjaamo("check", tmp_path / "a_paatokset.csv", "--verbose")

    assert result.exit_code == 2
    assert leaked(values, result.stdout + result.stderr) == []
