# SPDX-License-Identifier: GPL-3.0-or-later
"""The solvers: how each is started, with which BLAS and how many threads of it, and stopped at a time limit."""

import json
import os
import shutil
import signal
import subprocess
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEBIAN_PYTHON = "/usr/bin/python3"
LIBRARIES = Path("/usr/lib") / (sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu")

# Folders with a libblas.so.3 and a liblapack.so.3. In LD_LIBRARY_PATH they come before Debian's alternatives, for one
# process only. BLIS has no LAPACK; the reference LAPACK calls whatever libblas.so.3 is.
BLAS = {
    "openblas": [LIBRARIES / "openblas-pthread"],
    "blis": [LIBRARIES / "blis-openmp", LIBRARIES / "lapack"],
}

CORES = len(os.sched_getaffinity(0))
THREADS = sorted({1, CORES})
PACKAGES = "install {} and configure and build again"


def installed_blas():
    """Names of the candidates that are there."""
    return [name for name, folders in BLAS.items() if all(folder.is_dir() for folder in folders)]


class Solver:
    """A peer: its command, and the (BLAS, threads) that it is tried with; None leaves the environment alone."""

    def __init__(self, program, remedy, blas_threads=(), processes=0):
        self.program, self.remedy, self.processes = program, remedy, processes
        self.settings = [(blas, n) for blas in installed_blas() for n in blas_threads] or [(None, None)]

    def missing(self, binaries):
        """What to do to have this solver, or None if it is there."""
        if self.program.endswith(".py"):
            found = subprocess.run([DEBIAN_PYTHON, "-c", "import scipy.sparse.linalg"], capture_output=True).returncode == 0
        else:
            found = (binaries / self.program).exists() and (not self.processes or shutil.which("mpirun"))
        return None if found else self.remedy

    def command(self, binaries, pencil, count, values, tolerance):
        if self.program.endswith(".py"):
            command = [DEBIAN_PYTHON, HERE / self.program]
        else:
            command = [binaries / self.program]
        if self.processes:
            # One process keeps all cores for its BLAS; several have one each.
            bind = "none" if self.processes == 1 else "core"
            command = ["mpirun", "--bind-to", bind, "-n", self.processes] + command
        command += [pencil, count, values]
        return command if self.program == "run_weyl" else command + [tolerance]


SOLVERS = {
    "weyl": Solver("run_weyl", PACKAGES.format("the packages of scripts/packages.txt")),
    "scipy": Solver("run_scipy.py", "install python3-scipy", THREADS),
    "spectra": Solver("run_spectra", PACKAGES.format("libspectra-dev")),  # Eigen's own kernels, no BLAS
    "slepc-1": Solver("run_slepc", PACKAGES.format("libslepc-real-dev libopenmpi-dev openmpi-bin"), THREADS, 1),
    "slepc-2": Solver("run_slepc", PACKAGES.format("libslepc-real-dev libopenmpi-dev openmpi-bin"), [1], 2),
}
COUNTERS = ["mumps", "cholmod", "cholmod-default", "eigen", "eigen-default"]


def environment(blas, threads):
    """The environment of a run with this BLAS and so many threads of it."""
    env = dict(os.environ)
    if os.geteuid() == 0:
        env.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    if blas:
        env["LD_LIBRARY_PATH"] = ":".join(str(folder) for folder in BLAS[blas])
        for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
            env[variable] = str(threads)
    return env


def check_blas(outcome, blas):
    """The run as failed if other libraries than those of this BLAS were mapped into it."""
    strangers = [path for path in outcome.get("blas", []) if blas and Path(path).parent not in BLAS[blas]]
    return {"status": "failed", "error": f"{blas} is not in place: {strangers[0]}"} if strangers else outcome


def run(command, env, limit=None):
    """Runs a program that prints one JSON line. Returns its content with status "ok", or status "limit" or "failed"."""
    process = subprocess.Popen([str(part) for part in command], env=env, text=True, start_new_session=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        output, errors = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        stop(process)
        return {"status": "limit", "limit": limit}
    except BaseException:
        stop(process)
        raise
    lines = [line for line in output.splitlines() if line.startswith("{")]
    if process.returncode or not lines:
        said = [line for line in errors.splitlines() if "rror" in line]
        return {"status": "failed", "error": said[0] if said else f"exit status {process.returncode}"}
    return {"status": "ok", **json.loads(lines[-1])}


def stop(process):
    """Ends a run with all its processes: mpirun passes SIGTERM on, and its processes end with it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.communicate(timeout=10)
            break
        except subprocess.TimeoutExpired:
            pass


def on_one_core(command):
    return ["taskset", "-c", min(os.sched_getaffinity(0))] + command
