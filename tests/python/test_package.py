# SPDX-License-Identifier: GPL-3.0-or-later
"""What the package itself promises: documentation, types, a picture of itself that prints."""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import weyl

PUBLIC = {name: getattr(weyl, name) for name in weyl.__all__ if not name.startswith("__")}


def test_all_public_names_are_documented():
    for name, value in PUBLIC.items():
        assert value.__doc__, name
        if inspect.isclass(value) and not issubclass(value, Exception):
            for member, attribute in vars(value).items():
                if not member.startswith("_") and callable(attribute):
                    assert attribute.__doc__, f"{name}.{member}"


def test_functions_name_their_arguments_and_types():
    for name, value in PUBLIC.items():
        if inspect.isfunction(value):
            signature = inspect.signature(value)
            assert signature.return_annotation is not inspect.Signature.empty, name
            for parameter in signature.parameters.values():
                assert parameter.annotation is not inspect.Parameter.empty, f"{name}({parameter.name})"


def test_the_version_is_that_of_the_library():
    assert weyl.__version__.count(".") == 2


def mypy(tmp_path, module, *arguments):
    """In a folder of its own, with the package found as users find it; SciPy has no types."""
    package = Path(weyl.__file__).parents[1]
    environment = {**os.environ, "MYPYPATH": str(package), "MYPY_CACHE_DIR": str(tmp_path / "cache")}
    (tmp_path / "mypy.ini").write_text("[mypy]\n[mypy-scipy.*]\nignore_missing_imports = true\n")
    option = "--mypy-config-file" if module == "mypy.stubtest" else "--config-file"
    command = [sys.executable, "-m", module, option, "mypy.ini", *arguments]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_the_package_is_typed_strictly(tmp_path):
    result = mypy(tmp_path, "mypy", "--strict", "-p", "weyl")
    assert result.returncode == 0, result.stdout + result.stderr


def test_stubs_are_those_of_the_extension(tmp_path):
    """But for the metaclass and the constructor of pybind11's classes, and for names of types."""
    (tmp_path / "allowed").write_text("weyl._weyl.[A-Z]\\w*(.__init__)?\n")
    result = mypy(tmp_path, "mypy.stubtest", "weyl._weyl", "--allowlist", "allowed")
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_user_of_wrong_types_is_told_before_running(tmp_path):
    (tmp_path / "use.py").write_text(
        "import weyl\n"
        "evals, evecs = weyl.eigenpairs(*weyl.laplacian(weyl.make_mesh('disk'), order=2), k=10)\n"
        "reveal_type(evals)\n"
        "weyl.model_space('sphere:2').count([])\n"
    )
    result = mypy(tmp_path, "mypy", "use.py")
    assert "use.py:3: note: Revealed type is \"numpy.ndarray" in result.stdout
    assert "use.py:4: error" in result.stdout
