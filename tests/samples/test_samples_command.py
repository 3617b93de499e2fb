"""The command ``kirjaamo samples``."""

from click.testing import CliRunner

from kirjaamo.cli import main


def test_one_system_is_written_with_its_truth(tmp_path):
    arguments = ["samples", "generate", "--clients", "12", "--system", "a", "-o", str(tmp_path)]

    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["a_kirjaukset.csv", "a_paatokset.csv", "a_truth.csv"]


def test_all_systems_are_written_unless_one_is_named(tmp_path):
    arguments = ["samples", "generate", "--clients", "9", "--output", str(tmp_path)]

    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 0, result.output
    assert {path.name[0] for path in tmp_path.iterdir()} == {"a", "b", "c", "h"}


def test_a_share_above_one_is_refused(tmp_path):
    arguments = ["samples", "generate", "--defects", "2", "-o", str(tmp_path)]

    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []
