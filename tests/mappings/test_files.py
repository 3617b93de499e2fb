"""Crosswalks as files: reading, writing, the base, overrides and awaited codes."""

import pytest
from hypothesis import given

from kirjaamo.classifications import Codes
from kirjaamo.cli.inputs import shipped
from kirjaamo.errors import SettingsError
from kirjaamo.mappings import find, load
from kirjaamo.mappings.crosswalk import local
from kirjaamo.mappings.errors import CrosswalkError, OtherListError
from kirjaamo.mappings.form import canonical, read
from kirjaamo.mappings.loading import built_in, resolved
from kirjaamo.workspace import Settings, Workspace
from tests.classifications.lists import with_lists
from tests.mappings.crosswalks import TASKS, answers, crosswalk, row
from tests.mappings.test_crosswalk import sets

OLD_TASKS = "service_task_2015"


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "mappings").mkdir()
    return Workspace(tmp_path, Settings())


def put(workspace, one):
    (workspace.folder / "mappings" / f"{one.name}.yaml").write_bytes(canonical(one))


@given(sets)
def test_what_is_written_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "sample.yaml"
    one = crosswalk(*rows, note='A "note": with\nlines')

    path.write_bytes(canonical(one))
    found = read(path, "workspace")

    assert found.rows.equals(one.rows)
    assert canonical(found) == canonical(one)
    assert found.edition == one.edition


def test_the_canonical_form_is_what_a_person_would_write():
    text = canonical(crosswalk(row("049", "10", owner="A", confidence="confirmed"))).decode()

    assert text == (
        'source: "local:Old:service_task"\n'
        'target: "1.2.246.537.6.1221"\n'
        "rows:\n"
        '  - old: "049"\n'
        '    new: "10"\n'
        '    status: "approved"\n'
        '    confidence: "confirmed"\n'
        '    owner: "A"\n'
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("rows: [", "line 2"),
        ("source: a\ntarget: b\nrows: [{old: a, status: perhaps}]", "perhaps"),
        ("source: a\ntarget: b\nrows: [{old: 49, status: proposed}]", "`str`"),
        ("source: a\ntarget: b\nrows: [{old: a, status: proposed, colour: red}]", "colour"),
        ("source: a\nsource: b\ntarget: b\nrows: []", "twice"),
        ("target: b\nrows: []", "source"),
    ],
)
def test_a_broken_file_is_one_sentence_with_its_name(tmp_path, text, reason):
    path = tmp_path / "sample.yaml"
    path.write_text(text)

    with pytest.raises(SettingsError) as error:
        read(path, "workspace")

    assert str(error.value).startswith(str(path))
    assert reason in str(error.value)


def test_a_row_that_contradicts_another_is_named_by_its_number_in_the_file(tmp_path):
    rows = "{old: b, new: x, status: approved, owner: A}, " * 2
    path = tmp_path / "sample.yaml"
    path.write_text(
        f"source: a\ntarget: b\nrows: [{{old: z, new: x, status: proposed}}, {rows}]"
    )

    with pytest.raises(CrosswalkError, match="row 3: this old value has two approved rows"):
        read(path, "workspace")


def test_the_starting_crosswalk_has_a_proposal_for_every_old_task():
    one = built_in()[OLD_TASKS]

    assert sorted(one.rows["old"]) == sorted(Codes().get(OLD_TASKS).frame["code"])
    assert set(one.rows["status"]) == {"proposed"}
    assert all(one.rows["reason"])
    assert all("own judgement" in text for text in one.rows["evidence"])
    assert set(one.rows["owner"]) == {""}


def test_the_starting_crosswalk_lands_on_known_codes_or_on_classes_without_one():
    one, target = built_in()[OLD_TASKS], Codes().get(TASKS)

    codes = set(one.rows["new"].drop_nulls())
    names = {name for name in one.rows["new_name"] if name}

    assert codes == set(target.frame["code"])
    assert names == {known.fi for known in target.unnumbered}


def test_the_built_in_files_are_canonical():
    from importlib.resources import files

    for name, one in built_in().items():
        place = files("kirjaamo.mappings") / "crosswalks" / f"{name}.yaml"
        assert place.read_bytes() == canonical(one)


def test_the_values_of_a_profile_are_approved_rows_of_the_profile():
    found = load(None, [shipped()["a"]])

    one = find(found, local("A", "service_task"), TASKS)

    assert answers(one, ["LAS", "VAN"]) == [("10", "approved"), (None, "missing")]
    assert set(one.rows["owner"]) == {"profile A"}
    assert set(one.rows["origin"]) == {"profile"}
    assert find(found, local("A", "colour"), TASKS) is None


def test_the_workspace_wins_row_by_row_and_what_it_overrides_stays_visible(workspace):
    own = crosswalk(
        row("LAS", "24"), row("VAN", "20"), name="a_service_task", source="local:A:service_task"
    )
    put(workspace, own)

    one = load(workspace, [shipped()["a"]])["a_service_task"]

    assert answers(one, ["LAS", "VAN", "VAM"]) == [
        ("24", "approved"), ("20", "approved"), ("20", "approved"),
    ]  # fmt: skip
    assert one.replaced["old"].to_list() == ["LAS"]
    assert dict(zip(one.rows["old"], one.rows["origin"], strict=True))["LAS"] == "workspace"


def test_an_override_that_says_the_same_overrides_nothing(workspace):
    one = load(workspace, [shipped()["a"]])["a_service_task"]
    put(workspace, one)

    again = load(workspace, [shipped()["a"]])["a_service_task"]

    assert again.replaced.is_empty()
    assert again.edition == one.edition


def test_a_file_that_maps_other_lists_under_a_name_of_the_base_is_refused(workspace):
    put(workspace, crosswalk(row("L", "10"), name=OLD_TASKS))

    with pytest.raises(OtherListError, match="maps other lists than"):
        load(workspace)


def test_an_awaited_code_is_filled_in_when_the_official_list_has_its_name():
    awaited = row("VAN", new_name="Iäkkäiden palvelut", reason="no number is known")
    codes = with_lists({TASKS: [{"code": "77", "name_fi": "IÄKKÄIDEN  palvelut"}]})

    one = resolved(crosswalk(awaited), codes)

    assert answers(one, ["VAN"]) == [("77", "approved")]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"code": "77", "name_fi": "Muu"}],
        [{"code": "77", "name_fi": "Iäkkäiden palvelut", "confidence": "uncertain"}],
        [{"code": "77", "name_fi": "Iäkkäiden palvelut", "status": "deleted"}],
        [{"code": c, "name_fi": "Iäkkäiden palvelut"} for c in ("77", "78")],
    ],
)
def test_an_awaited_code_still_waits_when_the_list_does_not_tell_it_surely(rows):
    awaited = row("VAN", new_name="Iäkkäiden palvelut", reason="no number is known")

    one = resolved(crosswalk(awaited), with_lists({TASKS: rows}))

    assert answers(one, ["VAN"]) == [(None, "waiting")]
