"""Every target takes a batch once, gives it back, and never overwrites what is not its own."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.migration.errors import OtherTargetError, UnknownTargetError
from kirjaamo.migration.targets import FILES, Document, open_target


def document(number, text="x"):
    content = f'{{"a":"{text}"}}'.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    return Document(f"1.2.{number}", "decision", "1.3", number % 2 == 0, sha256, content)


@pytest.fixture(params=[*FILES, "sqlite"])
def opened(request, tmp_path):
    """Return a function that opens a target, and its folder."""
    folder = tmp_path / "target"
    if request.param != "sqlite":
        return lambda: open_target(request.param, folder), folder
    folder.mkdir()
    return lambda: open_target(f"sqlite:///{folder}/t.sqlite", folder), folder


def test_a_batch_taken_twice_is_taken_once(opened):
    opening, _ = opened
    documents = [document(n) for n in range(1, 6)]
    with opening() as target:
        first = target.apply(1, 1, documents)
        second = target.apply(1, 1, documents)
        target.finish()

        assert first == second
        assert sorted(target.held()) == [(d.target_id, d.content) for d in documents]
        assert target.receipts() == {(1, 1): first}


def test_taking_a_batch_back_leaves_the_others(opened):
    opening, _ = opened
    with opening() as target:
        target.apply(1, 1, [document(1)])
        target.finish()
        before = list(target.held()), target.receipts()
        target.apply(1, 2, [document(2), document(3)])
        target.finish()
        target.revert(1, 2)
        target.finish()

        assert (list(target.held()), target.receipts()) == before


def test_a_target_of_files_that_gave_everything_back_is_gone(tmp_path):
    for form in FILES:
        with open_target(form, tmp_path / form) as target:
            target.apply(1, 1, [document(1)])
            target.finish()
            target.revert(1, 1)
            target.finish()

        assert not (tmp_path / form).exists()


def test_what_another_hand_wrote_is_not_overwritten(tmp_path):
    with open_target("folder", tmp_path) as target:
        target.apply(1, 1, [document(1)])
        with pytest.raises(OtherTargetError):
            target.apply(2, 1, [document(1, "y")])
        with pytest.raises(OtherTargetError):
            target.apply(2, 1, [document(1)])


def test_a_changed_document_is_not_taken_back(opened):
    opening, folder = opened
    with opening() as target:
        target.apply(1, 1, [document(1)])
    for path in (p for p in folder.rglob("*") if p.suffix in {".json", ".jsonl"}):
        path.write_bytes(path.read_bytes().replace(b'"x"', b'"z"'))
    if (folder / "t.sqlite").exists():
        import sqlite3

        with sqlite3.connect(folder / "t.sqlite") as base:
            base.execute("UPDATE kirjaamo_document SET content = 'z'")
        base.close()

    with opening() as target, pytest.raises(OtherTargetError):
        target.revert(1, 1)


def test_half_written_files_do_not_stay(tmp_path):
    with open_target("folder", tmp_path) as target:
        target.apply(1, 1, [document(1)])
        (tmp_path / ".receipts" / ".left").write_text("half")
        (tmp_path / "decision" / "x.json.new").write_text("half")
        target.finish()

    names = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith(".new") or name == ".left"] == []


def test_a_target_of_no_known_form_is_refused(tmp_path):
    with pytest.raises(UnknownTargetError, match="“pigeon” is no target"):
        open_target("pigeon", tmp_path).__enter__()


@settings(max_examples=20)
@given(st.lists(st.integers(1, 99), unique=True, min_size=1), st.sampled_from(["jsonl", "zip"]))
def test_one_file_holds_the_same_bytes_however_batches_were_repeated(
    tmp_path_factory, ids, form
):
    folder = tmp_path_factory.mktemp("one")
    documents = [document(n) for n in ids]
    for place, again in (("a", 1), ("b", 3)):
        with open_target(form, folder / place) as target:
            for _ in range(again):
                target.apply(1, 1, documents[::2])
                target.apply(1, 2, documents[1::2])
                target.finish()

    name = f"documents.{form}"
    assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()
