"""The rules of every family are told of alike: explained, listed, completed, translated, written."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from kirjaamo import messages
from kirjaamo.cli import completion, rulebook
from kirjaamo.messages.sentences import RULES as TRANSLATED
from kirjaamo.messages.sentences import _module
from kirjaamo.rule_pages import markdown
from kirjaamo.rules import FAMILIES
from tests.command_line import kirjaamo, refused

ROOT = Path(__file__).parent.parent
ROOMS = ("archive", "audit", "finance", "migration", "mappings", "samples", "validators")
RULES = list(rulebook.rules().values())
LIKE_A_NUMBER = re.compile(r"[0-9]+")

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def written():
    """Return the names of all modules of the product that define a rule."""
    return {
        _module(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"^@(column|table|document)_rule\(", path.read_text("utf-8"), re.MULTILINE)
    }


def test_every_rule_that_is_written_is_in_the_book_under_a_code_of_its_own():
    assert written() == {rule.check.__module__ for rule in RULES}
    assert len(written()) == len(RULES)


def test_families_have_letters_that_are_known():
    assert {rule.family for rule in RULES} <= FAMILIES
    assert {"AR", "FN", "ID", "MD", "ST"} <= {rule.family for rule in RULES}


@every_rule
def test_a_rule_is_explained(rule):
    shown = " ".join(
        kirjaamo("explain", rule.code.lower(), env={"COLUMNS": "500"}).stdout.split()
    )

    assert f"{rule.code} {rule.title.replace('`', '')}" in shown


def test_a_code_that_no_rule_has_is_refused():
    assert "MD999" in refused("explain", "MD999")


def test_rules_are_listed_in_the_order_of_their_codes():
    shown = kirjaamo("rules", "list", env={"COLUMNS": "500"}).stdout

    assert re.findall(r"^([A-Z]{2}[0-9]{3}) ", shown, re.MULTILINE) == sorted(rulebook.rules())


@pytest.mark.parametrize("family", sorted({rule.family for rule in RULES}))
def test_one_family_is_listed(family):
    shown = kirjaamo("rules", "list", family, env={"COLUMNS": "500"}).stdout

    assert re.findall(r"^([A-Z]{2}[0-9]{3}) ", shown, re.MULTILINE) == [
        rule.code for rule in RULES if rule.family == family
    ]


def test_every_code_and_family_is_completed():
    assert completion.every_rule(None, None, "") == list(rulebook.rules())
    assert completion.every_rule(None, None, "md00")[0] == "MD001"
    assert completion.families(None, None, "") == sorted({rule.family for rule in RULES})


@pytest.mark.parametrize("language", ["fi", "sv"])
@every_rule
def test_a_page_is_translated(rule, language):
    place = f"{rule.check.__module__.removeprefix('kirjaamo.').replace('.', '/')}.py"
    english = [rule.title, *rule.paragraphs, rule.advice]

    assert place.startswith(TRANSLATED)
    assert [text for text in english if messages.gettext(text, language) == text] == []


@pytest.fixture(scope="module")
def page():
    return (ROOT / "docs" / "rules.md").read_text("utf-8")


@every_rule
def test_a_page_stands_in_the_docs(rule, page, monkeypatch):
    monkeypatch.setattr(messages._Chosen, "language", "en")

    assert f"\n#{markdown(rule)}" in page


@every_rule
def test_a_page_has_three_sections_a_basis_and_advice(rule):
    headings = [re.match(r"\*\*(.+?)\.\*\*", text) for text in rule.paragraphs]

    assert [found[1] for found in headings if found] == [
        "What it checks", "Why it matters", "Example",
    ]  # fmt: skip
    assert re.fullmatch(r"[A-Z]{2}[0-9]{3}", rule.code)
    assert rule.basis
    assert rule.advice.endswith(".")


@every_rule
def test_no_rule_is_younger_than_the_product(rule):
    def numbers(version):
        return [int(text) for text in LIKE_A_NUMBER.findall(version)]

    assert numbers(rule.since) <= numbers(metadata.version("kirjaamo"))
