"""The wheel holds every file of the package folders, and the command starts at once."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import kirjaamo

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
FOLDERS = SETUPTOOLS["package-dir"]
HEAVY = (
    "babel", "jsonschema_rs", "lxml", "msgspec", "openpyxl", "polars", "pyarrow", "rapidfuzz",
    "rich", "sqlalchemy", "structlog", "xlsxwriter", "yaml",
)  # fmt: skip


def test_every_folder_with_code_is_listed():
    found = {
        ".".join([package, *init.parent.relative_to(ROOT / folder).parts])
        for package, folder in FOLDERS.items()
        for init in (ROOT / folder).rglob("__init__.py")
    }

    assert found == set(SETUPTOOLS["packages"])


def test_every_folder_with_modules_is_a_package():
    found = {
        path.parent
        for folder in FOLDERS.values()
        for path in (ROOT / folder).rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    }

    assert found == set()


@pytest.mark.slow
def test_the_wheel_holds_the_files_of_the_folders(tmp_path):
    build = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "-q",
        "-o",
        str(tmp_path),
        str(ROOT),
    ]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        "/".join([*package.split("."), *path.relative_to(ROOT / folder).parts])
        for package, folder in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert packed == expected


def test_the_console_script_runs():
    script = Path(sys.executable).parent / "kirjaamo"

    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)

    assert done.stdout == f"kirjaamo {kirjaamo.__version__}\n"


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_help_loads_nothing_heavy(language):
    code = (
        "import sys\n"
        "from kirjaamo.cli import main\n"
        f"main(['--help', '--lang', '{language}'], prog_name='kirjaamo', standalone_mode=False)\n"
        f"print(sorted({{name.partition('.')[0] for name in sys.modules}} & {set(HEAVY)}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_package_has_no_other_attribute_than_it_says():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kirjaamo.nothing
