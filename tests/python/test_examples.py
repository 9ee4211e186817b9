# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples print what is shown of them, numbers to the rounding of what is printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]\d+)?")


def words(text):
    """The text with its numbers taken out, blanks alike, and the numbers."""
    return " ".join(NUMBER.sub("#", text).split()), [float(number) for number in NUMBER.findall(text)]


@pytest.mark.parametrize("name", ["compare_shapes", "samples_saved", "square_drum"])
def test_an_example_prints_what_is_shown(name, tmp_path):
    command = [sys.executable, EXAMPLES / f"{name}.py"]
    utf8 = {**os.environ, "PYTHONUTF8": "1"}
    result = subprocess.run(command, cwd=tmp_path, env=utf8, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    text, numbers = words(result.stdout)
    expected_text, expected = words((EXAMPLES / f"{name}.out").read_text(encoding="utf-8"))
    assert text == expected_text
    assert numbers == pytest.approx(expected, rel=0.01), result.stdout
