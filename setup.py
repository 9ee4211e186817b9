# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the extension weyl._weyl with CMake; all else is in pyproject.toml.

WEYL_CMAKE_BUILD names a build tree that has it already, for example build/release.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).resolve().parent


class CMakeBuild(build_ext):
    """The extension as CMake makes it, for the Python that runs this."""

    def build_extension(self, ext):
        ready = os.environ.get("WEYL_CMAKE_BUILD")
        build = Path(ready or self.build_temp).resolve()
        if not ready:
            options = ["-DCMAKE_BUILD_TYPE=Release", "-DWEYL_BUILD_PYTHON=ON", "-DWEYL_BUILD_APPS=OFF",
                       "-DWEYL_BUILD_TESTS=OFF", "-DWEYL_INSTALL=OFF", f"-DPython3_EXECUTABLE={sys.executable}"]
            subprocess.run(["cmake", "-S", ROOT, "-B", build, *options], check=True)
        subprocess.run(["cmake", "--build", build, "--target", "_weyl", "--parallel", str(os.cpu_count())], check=True)
        target = Path(self.get_ext_fullpath(ext.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        self.copy_file(str(build / "python" / "weyl" / target.name), str(target))


setup(
    version=re.search(r"project\(weyl VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1],
    ext_modules=[Extension("weyl._weyl", sources=[])],
    cmdclass={"build_ext": CMakeBuild},
)
