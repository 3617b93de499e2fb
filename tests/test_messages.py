"""Every sentence of the product stands in Finnish and Swedish, and says the same thing."""

import re
import string
from collections import defaultdict
from functools import cache

import click
import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from click.testing import CliRunner

from kirjaamo import messages
from kirjaamo.cli import main
from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.messages import gettext
from kirjaamo.messages import sentences as collecting
from kirjaamo.messages import update as catalogues
from kirjaamo.plain_words import in_words

LANGUAGES = tuple(catalogues.TRANSLATED)

keys = cache(catalogues.keys)
stored = cache(catalogues.read)

SAME = {
    "fi": {"Arelle", "Choice({choices})", "{change}: {count}"},
    "sv": {
        "%(prog)s, version %(version)s", "Arelle", "{change}: {count}",
        "Cell", "Code", "Definition", "Organisation", "Plan", "Register", "Status", "System", "Version", "d",
        "information", "period", "problem", "status", "system", "text", "version",
    },
}  # fmt: skip
"""Sentences that are the same word in English and in the language."""


def sentences(language: str) -> list[tuple[str, Message]]:
    """Return every stored sentence with its domain."""
    return [
        (domain, message)
        for domain in sorted(keys())
        for message in stored(domain, language)
        if message.id
    ]


def forms(found: object) -> list[str]:
    """Return a key or a translation as its forms: one, or singular and plural."""
    return [found] if isinstance(found, str) else list(found)  # type: ignore[call-overload]


def fields(sentence: str) -> set[str]:
    """Return what is filled into a sentence."""
    named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
    return named | set(re.findall(r"%\([a-z]+\)s", sentence))


def is_template(sentence: str) -> bool:
    """Tell whether a sentence is filled in; TOML and JSON hold braces of their own."""
    try:
        return bool(fields(sentence))
    except ValueError:
        return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    missing = [
        (domain, sentence)
        for domain, found in keys().items()
        for sentence in found
        if (known := stored(domain, language).get(sentence)) is None
        or not all(forms(known.string))
    ]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_the_same_in_every_domain(language: str) -> None:
    said = defaultdict(set)
    for _, message in sentences(language):
        said[message.id].add(message.string)

    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_key_fills_in(language: str) -> None:
    wrong = [
        (domain, key, text)
        for domain, message in sentences(language)
        for key, text in zip(forms(message.id), forms(message.string), strict=True)
        if text and is_template(key) and fields(key) != fields(text)
    ]

    assert [w for w in wrong if w[1] != "{date.year}-{date.month:02}-{date.day:02}"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_english_by_mistake(language: str) -> None:
    same = {
        key
        for _, message in sentences(language)
        for key, text in zip(forms(message.id), forms(message.string), strict=True)
        if key == text
    }

    assert same == SAME[language] & same, same - SAME[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_punctuation_of_its_key(language: str) -> None:
    """What a sentence ends with decides what may follow it; “mom.” is a part of a section."""
    marks = (".", "?", "!", "…")
    wrong = [
        (domain, key, text)
        for domain, message in sentences(language)
        for key, text in zip(forms(message.id), forms(message.string), strict=True)
        if text
        and (key.endswith(marks), key[:1].isspace())
        != (text.removesuffix(" mom.").endswith(marks), text[:1].isspace())
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", sorted(keys()))
def test_running_update_changes_nothing(domain: str, language: str) -> None:
    folder = catalogues.LOCALE / language / "LC_MESSAGES"

    catalogue = catalogues.renewed(domain, language, keys()[domain])
    text, compiled = catalogues.as_bytes(catalogue)

    assert (folder / f"{domain}.po").read_bytes() == text
    assert (folder / f"{domain}.mo").read_bytes() == compiled


def test_no_catalogue_is_left_of_a_room_that_is_gone() -> None:
    assert catalogues.orphans(keys()) == []


def test_update_writes_the_same_bytes_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    place = tmp_path / "fi" / "LC_MESSAGES"
    found = {"A room.": "core/room.py", ("One cat.", "{n} cats."): "core/room.py"}

    missing = catalogues.update("core", "fi", found)
    first = [(place / f"core.{ending}").read_bytes() for ending in ("po", "mo")]
    catalogues.update("core", "fi", dict(reversed(found.items())))

    assert set(missing) == set(found)
    assert [(place / f"core.{ending}").read_bytes() for ending in ("po", "mo")] == first
    assert not re.search(rb"Date|Babel|[0-9]{4}-", first[0])


def test_a_sentence_that_moves_takes_its_translation_along() -> None:
    moved = catalogues.renewed("core-new", "sv", {"Wrote {path}": "core/new.py"})

    assert moved.get("Wrote {path}").string == gettext("Wrote {path}", "sv")


def test_update_refuses_a_domain_that_does_not_exist(capsys) -> None:
    assert catalogues.main(["--help"]) == 1
    assert "No such domain: --help" in capsys.readouterr().out


def test_an_empty_catalogue_is_read_where_none_is_stored() -> None:
    assert isinstance(catalogues.read("nothing", "fi"), Catalog)


def commands(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the path of a command and of every command below it."""
    found = [path]
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            found += commands(inner, (*path, name))
    return found


def named(path: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for name in path:
        command = command.get_command(click.Context(command), name)
    return command


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_the_help_of_every_command_is_a_key(path: tuple[str, ...]) -> None:
    known = {key for found in keys().values() for key in found}
    command = named(path)

    shown = [getattr(owner, "key", None) for owner in (command, *command.params)]

    assert command.help
    assert {key for key in shown if key} <= known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_help_holds_no_english(path: tuple[str, ...], language: str) -> None:
    english = {
        word
        for found in keys().values()
        for key in found
        for form in forms(key)
        for word in re.split(r"(?<=[.:;])\s+|\{[^}]*\}", form)
        if len(word.split()) >= 3 and "$(" not in word
    }

    result = CliRunner(env={"COLUMNS": "1000"}).invoke(
        main, [*path, "--lang", language, "--help"], prog_name="kirjaamo"
    )
    shown = " ".join(result.output.split())

    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{gettext('Usage:', language)} kirjaamo")
    assert [word for word in english if " ".join(word.split()) in shown] == []
    assert not re.search(r"\b(Usage|Options|Commands|Error|the|and|with|default)\b", shown)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "There is no rule called “ID999”."),
        ("fi", "Tuntematon sääntö: ”ID999”."),
        ("sv", "”ID999” finns inte (regel)."),
    ],
)
def test_an_error_is_a_whole_sentence_in_each_language(language, sentence, monkeypatch) -> None:
    monkeypatch.setattr(messages._Chosen, "language", language)

    assert str(UnknownNameError(kind="rule", name="ID999")) == sentence


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Virhe: Valitsinta '--selekt' ei ole."),
        ("sv", "Fel: Alternativet '--selekt' finns inte."),
    ],
)
def test_click_speaks_the_language_too(language: str, said: str) -> None:
    result = CliRunner().invoke(main, ["check", "--lang", language, "--selekt"])

    assert said in result.output


def test_a_reason_is_translated_inside_its_sentence(monkeypatch) -> None:
    monkeypatch.setattr(messages._Chosen, "language", "sv")

    error = SettingsError(file="a.yaml", line=3, reason="this is not YAML")

    assert str(error).startswith("a.yaml, rad 3: detta är inte YAML. Rätta filen")


@pytest.mark.parametrize(
    ("asked", "settings", "chosen"),
    [
        ("sv", {"KIRJAAMO_LANG": "fi"}, "sv"),
        (None, {"KIRJAAMO_LANG": "fi", "LANG": "sv_FI.UTF-8"}, "fi"),
        (None, {"LC_ALL": "sv_FI.UTF-8"}, "sv"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_asked_for_then_set_then_that_of_the_machine(
    asked, settings, chosen, monkeypatch
) -> None:
    for name in ("KIRJAAMO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert messages.preferred(asked) == chosen


def test_make_messages_runs_the_update() -> None:
    makefile = (collecting.ROOT / "Makefile").read_text("utf-8")

    assert "messages: $(STAMP)\n\t$(BIN)/python -m kirjaamo.messages.update\n" in makefile


def test_the_glossary_names_each_term_once_in_order() -> None:
    page = (collecting.ROOT / "docs" / "GLOSSARY.md").read_text("utf-8")
    rows = [
        line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")
    ]
    finnish = [row[0] for row in rows[2:]]

    assert all(len(row) == 4 and all(row) for row in rows)
    assert finnish == sorted(set(finnish), key=_finnish)


def _finnish(word: str) -> str:
    """Return a key that sorts å, ä and ö to the end of the alphabet, after z."""
    return word.lower().replace("å", "{").replace("ä", "|").replace("ö", "}")


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            "Object missing required field `path` - at `$.sources[0]`",
            "sources[0]: asetus `path` puuttuu",
        ),
        ("Invalid enum value 'x'", "'x' ei ole sallittu arvo"),
        ("Expected `int`, got `str` - at `$.a`", "a: tässä pitäisi olla `int` eikä `str`"),
        ("Something that is not known", "Something that is not known"),
    ],
)
def test_what_a_library_says_of_settings_is_said_in_words(problem, said, monkeypatch) -> None:
    monkeypatch.setattr(messages._Chosen, "language", "fi")

    assert in_words(problem) == said
