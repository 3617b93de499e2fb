"""Reading maps: parts are laid in, a workspace overrides, mistakes are one sentence."""

import pytest

from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.mappings import recordmaps
from kirjaamo.mappings.recordmaps.computing import computation

HEAD = """\
structure: 1.2.246.537.6.1506.19013.2022.1.10
of: entry
root: muu_asiakaskertomusmerkinta
about: {fi: a, sv: b, en: c}
"""


def write(folder, text, name="19013.yaml"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(HEAD + text if name == "19013.yaml" else text, "utf-8")
    return path


def test_a_map_of_the_workspace_takes_the_place_of_the_shipped_one(tmp_path):
    write(tmp_path, "targets: {paivamaara: {computed: day_of, of: [entry.event_time]}}\n")

    maps = recordmaps.maps(tmp_path)

    assert list(maps["19013"].targets) == ["muu_asiakaskertomusmerkinta/paivamaara"]
    assert set(maps) == set(recordmaps.shipped())
    assert recordmaps.get("19013", maps).about.en == "c"


def test_without_a_folder_the_shipped_maps_are_used(tmp_path):
    assert recordmaps.maps(tmp_path / "none") == recordmaps.maps() == recordmaps.shipped()


def test_a_part_of_the_workspace_comes_before_the_shipped_one(tmp_path):
    write(tmp_path / "parts", "targets: {sukunimi: author.position}\n", "author.yaml")
    path = write(
        tmp_path, "parts: [{part: author, at: laatija}, {part: client, at: asiakas}]\n"
    )

    found = recordmaps.read(path, tmp_path / "parts").targets

    assert found["muu_asiakaskertomusmerkinta/laatija/sukunimi"].field == "author.position"
    assert found["muu_asiakaskertomusmerkinta/asiakas/sukunimi"].field == "client.last_name"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("parts: [{part: nobody}]\n", "there is no part “nobody”"),
        ("parts: [{part: author, at: laatija}]\ntargets: {laatija/sukunimi: author.position}\n",
         "stands twice"),
        ("parts: [{part: loop}]\n", "uses itself"),
        ("targets: {x: {field: a.b, setting: c.d}}\n", "both “field” and “setting”"),
        ("targets: {x: {first: [{first: [a.b]}]}}\n", "a source of its own"),
        ("targets: {x: {python: 1}}\n", "python"),
        ("of: planet\n", "stands twice"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_the_file(tmp_path, text, reason):
    write(tmp_path / "parts", "parts: [{part: loop}]\n", "loop.yaml")
    path = write(tmp_path, text)

    with pytest.raises(SettingsError, match=reason) as caught:
        recordmaps.read(path, tmp_path / "parts")

    assert str(path) in str(caught.value)


def test_an_unknown_map_is_told_with_the_nearest_name():
    with pytest.raises(UnknownNameError, match="11000"):
        recordmaps.get("1100")


def test_an_unknown_computation_is_told():
    with pytest.raises(UnknownNameError, match="computation"):
        computation("day")


def test_the_edition_changes_with_what_the_map_says(tmp_path):
    one = recordmaps.read(write(tmp_path / "1", "targets: {paivamaara: entry.event_time}\n"))
    same = recordmaps.read(write(tmp_path / "2", "targets: {paivamaara: entry.event_time}\n"))
    other = recordmaps.read(
        write(tmp_path / "3", "targets: {paivamaara: entry.recorded_time}\n")
    )

    assert one.edition == same.edition != other.edition
