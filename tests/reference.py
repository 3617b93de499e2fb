"""Where the national reference material stands, when it is there: beside the checkout."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "shared" / "data"
SCHEMAS = DATA / "sosmeta"

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the national reference material is not beside the checkout"
)
