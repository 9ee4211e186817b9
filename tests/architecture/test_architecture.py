# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree keeps to its design: who may include whom, and what every header has.

Run by CTest, or by hand: python3 tests/architecture/test_architecture.py
"""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / "lib" / "weyl"
UMBRELLA = LIB / "weyl.hpp"

# The table of the design: what a stage may include besides itself and core, which includes only itself.
MAY_INCLUDE = {
    "core": set(),
    "mesh": set(),
    "symmetry": {"mesh"},
    "fem": {"mesh", "symmetry"},
    "eigen": set(),
    "spectrum": {"eigen"},
    "model": {"spectrum"},
    "asymptotics": {"spectrum"},
    "points": {"mesh", "spectrum", "asymptotics"},
    "learning": {"spectrum", "model", "asymptotics"},
    "report": {"mesh", "symmetry", "fem", "eigen", "spectrum", "model", "asymptotics", "points", "learning"},
}


def sources(folder, *suffixes):
    """All files below `folder` with one of the suffixes (C++ by default), sorted."""
    suffixes = suffixes or (".hpp", ".cpp")
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes)


def includes(path):
    """The files that `path` includes with quotes or angle brackets, as (line number, name, quoted)."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if found:
            yield number, found[2], found[1] == '"'


def internal_headers():
    """The prefixes below lib/weyl that lib/weyl/CMakeLists.txt keeps from being installed."""
    text = (LIB / "CMakeLists.txt").read_text(encoding="utf-8")
    return tuple(re.search(r"set\(WEYL_INTERNAL_HEADERS\s+([^)]*)\)", text)[1].split())


def public_headers():
    """Paths below lib/weyl of the headers that are installed, without the umbrella header."""
    names = [path.relative_to(LIB).as_posix() for path in sources(LIB, ".hpp") if path != UMBRELLA]
    return [name for name in names if not name.startswith(internal_headers())]


class Architecture(unittest.TestCase):
    """What a reader of the design may rely on."""

    def assert_none(self, complaints):
        """Fails with one complaint a line."""
        self.assertFalse(complaints, "\n" + "\n".join(complaints))

    def test_every_stage_is_in_the_design(self):
        stages = {path.relative_to(LIB).parts[0] for path in sources(LIB) if path != UMBRELLA}
        self.assertLessEqual(stages, set(MAY_INCLUDE))

    def test_a_stage_includes_only_itself_core_and_the_stages_above_it(self):
        complaints = []
        for path in sources(LIB):
            if path == UMBRELLA:
                continue
            stage = path.relative_to(LIB).parts[0]
            allowed = MAY_INCLUDE.get(stage, set()) | {stage, "core"}
            for line, name, quoted in includes(path):
                place = f"{path.relative_to(ROOT)}:{line}"
                if name.startswith("weyl/"):
                    if name.split("/")[1] not in allowed:
                        complaints.append(f"{place}: {stage} may not include {name}")
                elif quoted:
                    complaints.append(f'{place}: "{name}" should be named from weyl/ on')
        self.assert_none(complaints)

    def test_every_include_of_ours_exists(self):
        complaints = []
        for path in sources(LIB) + sources(ROOT / "apps"):
            for line, name, _ in includes(path):
                if name.startswith("weyl/") and not (ROOT / "lib" / name).is_file():
                    complaints.append(f"{path.relative_to(ROOT)}:{line}: there is no {name}")
        self.assert_none(complaints)

    def test_tools_include_only_what_they_share_and_public_headers(self):
        complaints = []
        for path in sources(ROOT / "apps"):
            for line, name, quoted in includes(path):
                public = name.startswith("weyl/") and not name[len("weyl/"):].startswith(internal_headers())
                if quoted and not public and not name.startswith("common/"):
                    complaints.append(f"{path.relative_to(ROOT)}:{line}: a tool may not include {name}")
        self.assert_none(complaints)

    def test_public_headers_include_no_internal_ones(self):
        complaints = []
        for header in public_headers():
            for line, name, _ in includes(LIB / header):
                if name.startswith("weyl/") and name[len("weyl/"):].startswith(internal_headers()):
                    complaints.append(f"lib/weyl/{header}:{line}: {name} is not installed")
        self.assert_none(complaints)

    def test_every_header_is_guarded(self):
        headers = sources(LIB, ".hpp") + sources(ROOT / "apps", ".hpp") + sources(ROOT / "tests", ".hpp")
        self.assert_none([
            f"{path.relative_to(ROOT)}: no #pragma once"
            for path in headers
            if "#pragma once" not in path.read_text(encoding="utf-8").splitlines()
        ])

    def test_every_source_begins_with_its_license(self):
        files = [path for folder in ("lib", "apps", "tests") for path in sources(ROOT / folder)]
        self.assert_none([
            f"{path.relative_to(ROOT)}: the first line is not the SPDX line"
            for path in files
            if path.read_text(encoding="utf-8").split("\n")[0] != "// SPDX-License-Identifier: GPL-3.0-or-later"
        ])

    def test_the_umbrella_header_names_every_public_header_and_nothing_else(self):
        named = [name for _, name, _ in includes(UMBRELLA)]
        public = ["weyl/" + name for name in public_headers()]
        self.assert_none([f"lib/weyl/weyl.hpp does not include {name}" for name in public if name not in named])
        self.assert_none([f"lib/weyl/weyl.hpp: {name} is no public header" for name in named if name not in public])

    def test_the_umbrella_header_follows_the_order_of_the_stages(self):
        order = [list(MAY_INCLUDE).index(name.split("/")[1]) for _, name, _ in includes(UMBRELLA)]
        self.assertEqual(order, sorted(order))


if __name__ == "__main__":
    unittest.main()
