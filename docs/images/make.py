#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes docs/images/counting.svg: the chart of weyl-count's report on the bundled mesh, its colours written out.

Usage: docs/images/make.py [folder of the tools, default build/release/bin]
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/release/bin"

with tempfile.TemporaryDirectory() as folder:
    page = Path(folder) / "report.html"
    subprocess.run([TOOLS / "weyl-count", ROOT / "meshes/cow.off", "--refine", "2", "--report", page], check=True,
                   stdout=subprocess.DEVNULL)
    text = page.read_text()

style = text[text.index("<style>") + 7:text.index("</style>")]
colours = dict(re.findall(r"(--\w+): (#\w+);", style.split("@media")[0]))
style = re.sub(r"var\((--\w+)\)", lambda match: colours[match[1]], style.split("} }", 1)[1])
svg = text[text.index("<svg"):text.index("</svg>") + 6]
background = '<rect width="100%" height="100%" fill="#ffffff"/>'
head, body = svg.split(">", 1)
(Path(__file__).parent / "counting.svg").write_text(f"{head}>\n<style>{style}</style>{background}{body}\n")
