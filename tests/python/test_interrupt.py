# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl-C ends a long computation."""

import signal
import subprocess
import sys
import textwrap
import time

import pytest

LONG = {
    "eigenpairs": "weyl.eigenpairs(*weyl.laplacian(weyl.make_mesh('icosphere', size=0.02)), k=5000)",
    "counts": "weyl.count_below(*weyl.laplacian(weyl.make_mesh('icosphere', size=0.02)), list(range(5000)))",
    "quotient": "weyl.quotient(weyl.make_mesh('icosphere', size=0.02), group='Ci', k=5000)",
}


@pytest.mark.parametrize("what", LONG)
def test_ctrl_c_ends_a_long_computation(what):
    """Alone it would take minutes."""
    program = f"""
        import time, weyl
        print("ready", flush=True)
        try:
            {LONG[what]}
        except KeyboardInterrupt:
            print("interrupted", weyl.eigenpairs([[2.0]], k=1).values)  # and all goes on
        """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    sent = time.perf_counter()
    out, _ = process.communicate(timeout=60)
    assert out == "interrupted [2.]\n"
    assert process.returncode == 0
    assert time.perf_counter() - sent < 20
