"""Packages: what goes in comes out, and no change goes unseen."""

import datetime as dt
import shutil
import zipfile
from dataclasses import replace
from random import Random

import bagit
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.archive.packages import (
    errors,
    files,
    lifecycle,
    opening,
    records,
    steps,
    verifying,
)
from kirjaamo.archive.packages.bagging import Limits
from kirjaamo.archive.packages.records import State
from kirjaamo.archive.packages.verifying import Grounds
from kirjaamo.archive.signing import SignatureKind
from kirjaamo.ledger import open_ledger
from tests.archive.authority import document, frame
from tests.archive.conftest import AT

DAY = dt.date(2026, 3, 6)
HOW = steps.Packing(Limits(3, 1 << 20), "test", {"Source-Organization": "Test"}, DAY)


@pytest.fixture
def ledger(tmp_path):
    """Return an open ledger."""
    with open_ledger(f"sqlite:///{tmp_path}/l.sqlite", lambda: AT, "tester") as opened:
        yield opened


@pytest.fixture
def grounds(trust):
    """Return what is verified against, without a ledger."""
    return Grounds(trust, AT)


@pytest.fixture
def signed(tmp_path, seal, ledger):
    """Return a folder of seven signed documents, three of them with frames."""
    return sign_some(tmp_path, seal, ledger, 7, 3)


def sign_some(tmp_path, seal, ledger, documents, frames):
    source = tmp_path / "signed-source"
    source.mkdir()
    for number in range(documents):
        (source / f"{number}.xml").write_bytes(document(number))
    for number in range(frames):
        (source / f"frame-{number}.xml").write_bytes(frame(number))
    signs = steps.signing(seal, SignatureKind.SYSTEM, AT)
    steps.sign_folder(source, tmp_path / "signed", signs, ledger)
    return tmp_path / "signed"


def packed(signed, tmp_path, ledger, grounds, how=HOW):
    return list(steps.pack(signed, tmp_path / "packages", how, ledger, grounds))


def tree(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_documents_are_packed_into_bags_of_bounded_size(signed, tmp_path, ledger, grounds):
    bags = packed(signed, tmp_path, ledger, grounds)

    kinds = [[one.kind for one in bag.entries] for bag in bags]
    assert [each.count("document") for each in kinds] == [3, 3, 1]
    assert [each.count("frame") for each in kinds] == [3, 0, 0]
    for bag in bags:
        bagit.Bag(str(bag.path)).validate()
        assert verifying.verify(bag.path, grounds).found == []
    assert records.counts(ledger) == {"packed": 7}
    assert list(records.packages(ledger)["name"]) == ["test-0001", "test-0002", "test-0003"]


def test_a_bag_holds_index_and_statistics_without_personal_data(
    signed, tmp_path, ledger, grounds
):
    bag = packed(signed, tmp_path, ledger, grounds)[0].path
    index = pl.read_parquet(bag / "index/index.parquet")
    csv = (bag / "index/index.csv").read_text("utf-8-sig")

    assert index["file"].to_list() == [
        "0.xml", "frame-0.xml", "1.xml", "frame-1.xml", "2.xml", "frame-2.xml",
    ]  # fmt: skip
    assert set(index["signatures"]) == {"3", ""}
    assert csv.splitlines()[0].split(";") == index.columns
    assert not set(index.columns) & {"client_id", "name", "matter_id", "author"}
    assert "2026-03-06" in (bag / "bag-info.txt").read_text()
    assert '"documents": 3' in (bag / "index/statistics.json").read_text()


def test_the_same_documents_give_the_same_bags(signed, tmp_path, ledger, grounds):
    first = [tree(bag.path) for bag in packed(signed, tmp_path, ledger, grounds)]
    with open_ledger(f"sqlite:///{tmp_path}/m.sqlite", lambda: AT, "other") as other:
        lifecycle.complete(other, records.known(ledger))
        again = list(steps.pack(signed, tmp_path / "again", HOW, other, grounds))

        assert [tree(bag.path) for bag in again] == first


@pytest.mark.parametrize("is_zip", [False, True])
def test_unpacking_gives_back_every_byte(signed, tmp_path, ledger, grounds, is_zip):
    how = replace(HOW, is_zip=is_zip)
    paths = [bag.path for bag in packed(signed, tmp_path, ledger, grounds, how)]

    count = steps.unpack(paths, tmp_path / "out", grounds)

    before = tree(signed)
    del before[files.MANIFEST]
    assert all(path.suffix == ".zip" for path in paths) is is_zip
    assert tree(tmp_path / "out") == before
    assert count == len(before)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co"]),
                     max_size=40), min_size=1, max_size=5),
    st.integers(1, 3),
    st.booleans(),
)  # fmt: skip
def test_pack_and_unpack_are_inverse(  # noqa: PLR0913, PLR0917 - fixtures and what is drawn
    tmp_path_factory, seal, trust, texts, most, is_zip
):
    """unpack(pack(x)) = x for documents of any text."""
    place, grounds = tmp_path_factory.mktemp("law"), Grounds(trust, AT)
    (place / "source").mkdir()
    for number, text in enumerate(texts):
        harmless = text.replace("\\", "/").replace('"', "'")
        (place / f"source/{number}.xml").write_bytes(document(number, harmless))
    with open_ledger(f"sqlite:///{place}/l.sqlite", lambda: AT, "tester") as ledger:
        signs = steps.signing(seal, SignatureKind.SYSTEM, AT)
        steps.sign_folder(place / "source", place / "signed", signs, ledger)
        how = replace(HOW, limits=Limits(most, 1 << 20), is_zip=is_zip)
        bags = packed(place / "signed", place, ledger, grounds, how)
        steps.unpack([bag.path for bag in bags], place / "out", grounds)
    before = tree(place / "signed")
    del before[files.MANIFEST]

    assert tree(place / "out") == before


def found(path, grounds):
    return {(one.file, one.layer, one.reason) for one in verifying.verify(path, grounds).found}


def test_a_missing_changed_and_extra_file_are_told_apart(signed, tmp_path, ledger, grounds):
    bag = packed(signed, tmp_path, ledger, grounds)[1].path
    (bag / "data/3.xml").unlink()
    header = (
        (bag / "data/4.xml")
        .read_bytes()
        .replace(b'versionNumber value="1"', b'versionNumber value="2"')
    )
    (bag / "data/4.xml").write_bytes(header)
    (bag / "data/extra.xml").write_bytes(document(50))
    (bag / "index/more.txt").write_text("x")
    (bag / "index/statistics.json").write_text("[]")

    told = found(bag, grounds)

    assert ("data/3.xml", "hash", "missing") in told
    assert ("data/4.xml", "hash", "changed") in told
    assert ("data/extra.xml", "hash", "extra") in told
    assert ("data/extra.xml", "signature", "unsigned") in told
    assert ("index/more.txt", "hash", "extra") in told
    assert ("index/statistics.json", "hash", "changed") in told
    assert ("data/4.xml", "signature", "value") not in told  # the header is not signed
    with pytest.raises(errors.DoesNotHoldError, match="do not hold"):
        steps.unpack([bag], tmp_path / "out", grounds)
    assert not (tmp_path / "out").exists()


def test_a_manifest_made_anew_is_found_by_the_ledger(signed, tmp_path, ledger, grounds):
    bag = packed(signed, tmp_path, ledger, grounds)[0].path
    path = bag / "data/0.xml"
    path.write_bytes(path.read_bytes().replace(b'value="1"', b'value="9"'))
    table = pl.read_parquet(bag / "index/index.parquet")
    sha, size = files.sha256(path), path.stat().st_size
    at = pl.col("file") == "0.xml"
    table = table.with_columns(
        sha256=pl.when(at).then(pl.lit(sha)).otherwise("sha256"),
        bytes=pl.when(at).then(pl.lit(size)).otherwise("bytes"),
        version=pl.when(at).then(pl.lit("9")).otherwise("version"),
    )
    table.write_parquet(bag / "index/index.parquet")
    bagit.Bag(str(bag)).save(manifests=True)

    assert found(bag, grounds) == set()
    assert found(bag, replace(grounds, known=records.known(ledger))) == {
        ("data/0.xml", "ledger", "ledger")
    }
    evidence = steps.Evidence(bag, "tried")
    with pytest.raises(errors.NoProtocolError):
        steps.go_on(ledger, State.TESTED, evidence, grounds)


def test_an_index_that_tells_other_facts_is_found(signed, tmp_path, ledger, grounds):
    bag = packed(signed, tmp_path, ledger, grounds)[0].path
    table = pl.read_parquet(bag / "index/index.parquet")
    table.with_columns(language=pl.lit("SV")).write_parquet(bag / "index/index.parquet")
    bagit.Bag(str(bag)).save(manifests=True)
    assert {reason for _, _, reason in found(bag, grounds)} == {"index"}

    (bag / "index/index.parquet").write_bytes(b"none")
    bagit.Bag(str(bag)).save(manifests=True)
    assert found(bag, grounds) == {("index/index.parquet", "index", "index")}


def test_every_random_byte_change_is_refused(signed, grounds):
    """Anywhere in the file: what no signature covers, the hash of the whole file finds."""
    chance = Random(5)
    told = files.read_manifest(signed / files.MANIFEST)
    layers = set()
    for _ in range(150):
        name = chance.choice([name for name in told if not name.startswith("frame")])
        content = bytearray((signed / name).read_bytes())
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        result = list(verifying.document(name, bytes(content), told[name], grounds))
        layers.add(frozenset(one.layer for one in result))
        assert result

    assert frozenset({"hash"}) in layers
    assert frozenset({"hash", "signature"}) in layers


def test_white_space_that_canonical_xml_hides_is_refused(signed, grounds):
    told = files.read_manifest(signed / files.MANIFEST)
    content = (signed / "0.xml").read_bytes()
    changed = content.replace(b'representation="B64"', b'representation = "B64"')

    (result,) = verifying.document("0.xml", changed, told["0.xml"], grounds)

    assert (result.layer, result.reason) == ("hash", "changed")
    assert str(result) == "its bytes are others than the manifest says"


def test_a_document_alone_is_never_called_whole(signed, tmp_path, ledger, grounds):
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(signed / "0.xml", alone / "0.xml")

    assert {reason for *_, reason in found(alone / "0.xml", grounds)} == {"hashless"}
    assert {reason for *_, reason in found(alone, grounds)} == {"hashless"}
    assert found(signed / "0.xml", grounds) == set()
    assert found(alone / "0.xml", replace(grounds, known=records.known(ledger))) == set()
    assert {reason for *_, reason in found(alone, replace(grounds, known={}))} == {"unlisted"}


def test_a_folder_of_signed_documents_is_verified_with_its_manifest(signed, grounds):
    assert found(signed, grounds) == set()
    (signed / "0.xml").unlink()
    (signed / "note.xml").write_text("<a/>")

    assert found(signed, grounds) == {
        ("0.xml", "hash", "missing"),
        ("note.xml", "hash", "extra"),
        ("note.xml", "form", "unknown"),
    }


def test_only_complete_documents_are_packed(signed, tmp_path, ledger, grounds):
    content = document(99)
    with open_ledger(f"sqlite:///{tmp_path}/o.sqlite", lambda: AT, "tester") as other:
        with pytest.raises(errors.NotCompleteError, match="7 documents cannot be packed"):
            packed(signed, tmp_path, other, grounds)
        lifecycle.surveyed(other, ["1.2.246.10.90000011.95.2026.0"])
        assert records.counts(other) == {"surveyed": 1}
        with pytest.raises(errors.NotCompleteError):
            packed(signed, tmp_path, other, grounds)
    assert not (tmp_path / "packages").exists()
    packed(signed, tmp_path, ledger, grounds)
    with pytest.raises(errors.NotCompleteError):
        packed(signed, tmp_path, ledger, grounds)
    name = "1.2.246.10.90000011.95.2026.0"
    with pytest.raises(errors.PackedAlreadyError):
        lifecycle.complete(ledger, {name: files.digest(content)})
    assert lifecycle.complete(ledger, {name: records.known(ledger)[name]}) == 0


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("same.xml", document(0), errors.SameDocumentError),
        ("loose.xml", frame(77), errors.LooseFrameError),
    ],
)
def test_what_does_not_belong_together_is_not_packed(  # noqa: PLR0913, PLR0917 - fixtures
    tmp_path, seal, ledger, grounds, name, content, error
):
    source = tmp_path / "source"
    source.mkdir()
    (source / "0.xml").write_bytes(document(0))
    (source / name).write_bytes(content)
    signs = steps.signing(seal, SignatureKind.SYSTEM, AT)
    steps.sign_folder(source, tmp_path / "signed", signs, None)

    with pytest.raises(error):
        packed(tmp_path / "signed", tmp_path, ledger, grounds)
    assert not (tmp_path / "packages").exists()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", b"text", errors.UnknownFileError),
        ("a b.xml", document(), errors.UnsafeNameError),
        (".hidden.xml", document(), errors.UnsafeNameError),
    ],
)
def test_what_is_no_document_is_not_signed(tmp_path, seal, name, content, error):
    source = tmp_path / "source"
    source.mkdir()
    (source / name).write_bytes(content)

    with pytest.raises(error):
        steps.sign_folder(
            source, tmp_path / "out", steps.signing(seal, SignatureKind.SYSTEM, AT), None
        )
    assert not (tmp_path / "out").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source"]


def test_an_empty_or_missing_folder_and_a_full_place_are_told(tmp_path, seal):
    signs = steps.signing(seal, SignatureKind.SYSTEM, AT)
    (tmp_path / "empty").mkdir()
    for name in ("empty", "none"):
        with pytest.raises(errors.EmptyFolderError):
            steps.sign_folder(tmp_path / name, tmp_path / "out", signs, None)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    with pytest.raises(errors.NotEmptyError):
        steps.sign_folder(tmp_path / "empty", tmp_path / "full", signs, None)
    with pytest.raises(errors.NotEmptyError):
        opening.unpack([], tmp_path / "full")


def test_a_link_is_refused(tmp_path, signed, grounds):
    (signed / "link.xml").symlink_to(signed / "0.xml")

    with pytest.raises(errors.UnsafeNameError):
        verifying.verify(signed, grounds)


def hostile(path, *members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "name", ["../escaped", "/absolute", "a/../../b", "a\\..\\b", "a/./b", "c:evil", "a\nb"]
)
def test_no_member_of_a_zip_leaves_its_place(tmp_path, name):
    package = hostile(tmp_path / "p.zip", ("bag/bagit.txt", "x"), (name, "y"))

    with pytest.raises(errors.UnsafeNameError), opening.opened(package):
        pass
    assert not (tmp_path.parent / "escaped").exists()


def test_a_zip_that_is_no_bag_or_too_large_is_refused(tmp_path, monkeypatch):
    broken = tmp_path / "broken.zip"
    whole = hostile(tmp_path / "whole.zip", ("bag/bagit.txt", "x" * 5000))
    content = bytearray(whole.read_bytes())
    content[60] ^= 1
    broken.write_bytes(content)
    two = hostile(tmp_path / "two.zip", ("a/bagit.txt", "x"), ("b/bagit.txt", "x"))
    case = hostile(tmp_path / "case.zip", ("a/B", "x"), ("a/b", "x"))
    link = zipfile.ZipInfo("bag/bagit.txt")
    link.external_attr = 0o120777 << 16
    links = hostile(tmp_path / "links.zip", (link, "/etc/passwd"))

    for path, error in (
        (broken, errors.NoPackageError),
        (two, errors.NoPackageError),
        (case, errors.UnsafeNameError),
        (links, errors.UnsafeNameError),
    ):
        with pytest.raises(error), opening.opened(path):
            pass
    monkeypatch.setattr(opening, "LARGEST", 4999)
    with pytest.raises(errors.TooLargePackageError), opening.opened(whole):
        pass


@pytest.mark.parametrize("name", ["bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_bag_without_its_own_files_is_refused(signed, tmp_path, ledger, grounds, name):
    bag = packed(signed, tmp_path, ledger, grounds)[0].path
    (bag / name).unlink()

    with (
        pytest.raises(errors.NoPackageError)
        if "manifest" in name
        else pytest.raises(AssertionError)
    ):
        assert not verifying.verify(bag, grounds).found


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("no line", Exception),
        ("0" * 64 + "  ../../etc/passwd", errors.UnsafeNameError),
        ("0" * 64 + "  elsewhere/a.xml", errors.NoPackageError),
    ],
)
def test_a_manifest_that_leads_elsewhere_is_refused(  # noqa: PLR0913, PLR0917 - fixtures
    signed, tmp_path, ledger, grounds, line, error
):
    bag = packed(signed, tmp_path, ledger, grounds)[0].path
    path = bag / files.MANIFEST
    path.write_text(path.read_text() + line + "\n")

    with pytest.raises(error):
        verifying.verify(bag, grounds)
