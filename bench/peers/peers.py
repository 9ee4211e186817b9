#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares weyl::eigenpairs with SciPy, Spectra and SLEPc + MUMPS on the same matrices, one run at a time.

Every peer is first run with each installed BLAS, on one thread and on all cores, for the smallest k of a case; the
fastest setting is kept for the larger k. Results are saved after every run; --resume goes on where they end.
"""

import argparse
import json
import os
import sys
from pathlib import Path

import check
import machine
import table
from solvers import COUNTERS, SOLVERS, THREADS, check_blas, environment, installed_blas, on_one_core, run

# Kind and size of make_mesh; the sizes give round subdivisions.
CASES = {
    "sphere2k": ("icosphere", 0.0832),
    "sphere10k": ("icosphere", 0.0415),
    "sphere40k": ("icosphere", 0.0207),
    "sphere160k": ("icosphere", 0.01034),
    "ball3k": ("ball", 0.2194),
    "ball": ("ball", 0.0932),
}
OVERHEAD = 6  # seconds that a run may take for starting, reading and residuals beside what is timed
COUNT_TARGET = 1000  # eigenvalues below the λ that is counted at; a quarter of n for small cases


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True, help="build folder, for example build/release")
    parser.add_argument("--cases", default="sphere40k,sphere160k,ball", help=f"of {', '.join(CASES)}")
    parser.add_argument("-k", default="50,300,1000", help="numbers of eigenpairs; empty: only counts")
    parser.add_argument("--solvers", default=",".join(SOLVERS), help="weyl is always run first")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds that one run may take (%(default)s)")
    parser.add_argument("--times-weyl", type=float, metavar="R", help="give a peer up after R times weyl's seconds")
    parser.add_argument("--tolerance", default="1e-10", help="of the peers' convergence tests (%(default)s)")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each solver; the fastest counts")
    parser.add_argument("--retune", action="store_true", help="try every BLAS again at every k")
    parser.add_argument("--no-counts", action="store_true", help="leave out the counts N(λ)")
    parser.add_argument("--cache", type=Path, help="folder for matrices and eigenvalues (BUILD/peers)")
    parser.add_argument("--resume", action="store_true", help="keep the runs that are in the results file")
    parser.add_argument("-o", "--output", type=Path, default=Path("results.json"), help="results (%(default)s)")
    parser.add_argument("--markdown", type=Path, help="write the table to this file, too")
    args = parser.parse_args()
    args.cases, args.solvers = args.cases.split(","), args.solvers.split(",")
    args.k = sorted(int(k) for k in args.k.split(",") if k)
    for name, known in [*((c, CASES) for c in args.cases), *((s, SOLVERS) for s in args.solvers)]:
        if name not in known:
            parser.error(f"{name}: not one of {', '.join(known)}")
    args.solvers = ["weyl", *(s for s in args.solvers if s != "weyl")]
    args.cache = args.cache or args.build / "peers"
    args.binaries = args.build / "bin" / "peers"
    if not (args.binaries / "run_weyl").exists():
        parser.error(f"no {args.binaries}/run_weyl: configure with -DWEYL_BUILD_BENCHMARKS=ON and build")
    return args


class Comparison:
    def __init__(self, args):
        self.args = args
        self.results = {"machine": None, "runs": [], "counts": [], "solves": []}
        if args.resume and args.output.exists():
            self.results = json.loads(args.output.read_text(encoding="utf-8"))
        args.cache.mkdir(parents=True, exist_ok=True)

    def save(self):
        text = json.dumps(self.results, indent=1, ensure_ascii=False)
        partial = self.args.output.with_name(self.args.output.name + ".part")
        partial.write_text(text + "\n", encoding="utf-8")
        partial.replace(self.args.output)

    def all(self):
        if not self.results["machine"]:
            self.results["machine"] = machine.describe(self.args.build, self.args.binaries)
            self.save()
        solvers = []
        for name in self.args.solvers:
            remedy = SOLVERS[name].missing(self.args.binaries)
            if remedy:
                print(f"{name}: left out: {remedy}", file=sys.stderr)
            else:
                solvers.append(name)
        for case in self.args.cases:
            pencil, n = self.pencil(case)
            for k in self.args.k:
                for solver in solvers:
                    self.solve(case, pencil, n, solver, k)
            if not self.args.no_counts:
                self.count(case, pencil, n)
            for threads in THREADS:
                key = {"case": case, "threads": threads}
                if not self.find("solves", **key):
                    command = [self.args.binaries / "solve_weyl", pencil, threads]
                    self.record("solves", key, {"n": n, **run(command, environment(None, None), self.args.timeout)})

    def pencil(self, case):
        """The file of a case's matrices, made once, and their order."""
        path = self.args.cache / f"{case}.pencil"
        if not path.exists():
            kind, size = CASES[case]
            made = run([self.args.binaries / "make_pencil", kind, size, path], os.environ)
            if made["status"] != "ok":
                raise SystemExit(f"make_pencil {kind} {size}: {made['error']}")
        with open(path, "rb") as file:
            return path, int.from_bytes(file.read(8), "little")

    def find(self, kind, **key):
        """A finished run of the results."""
        for found in self.results[kind]:
            if found["status"] != "failed" and all(found[name] == value for name, value in key.items()):
                return found
        return None

    def record(self, kind, key, outcome):
        """Adds a run, in place of one with the same key, and says so."""
        runs = self.results[kind]
        runs[:] = [r for r in runs if any(r[name] != value for name, value in key.items())]
        runs.append({**outcome, **key})
        self.save()
        said = {"ok": f"{outcome.get('seconds', 0):.4g} s", "limit": "over the limit"}
        name = " ".join(str(value) for value in key.values() if value is not None)
        print(f"{name}: {said.get(outcome['status'], outcome.get('error'))}", file=sys.stderr)

    def settings(self, case, solver, k):
        """What to try: everything at first, then what was fastest at the k before."""
        done = [r for r in self.results["runs"]
                if (r["case"], r["solver"], r["status"]) == (case, solver, "ok") and r["k"] < k]
        if not done or self.args.retune:
            return SOLVERS[solver].settings
        fastest = table.best(done, case, solver, max(r["k"] for r in done))
        return [(fastest["blas_name"], fastest["blas_threads"])]

    def solve(self, case, pencil, n, solver, k):
        """Runs a solver with each of its settings; not at all if it passed the limit at a smaller k already."""
        limit, best = self.limit(case, solver, k), None
        smaller = {r["k"] for r in self.results["runs"] if (r["case"], r["solver"]) == (case, solver) and r["k"] < k}
        over = [b["limit"] for b in (table.best(self.results["runs"], case, solver, j) for j in smaller)
                if b["status"] == "limit"]
        smaller_over = bool(over) and max(over) >= limit
        for blas, threads in self.settings(case, solver, k):
            key = {"case": case, "solver": solver, "k": k, "blas_name": blas, "blas_threads": threads}
            found = self.find("runs", **key)
            # A setting far behind the best one so far need not be waited for.
            patience = min(limit, 3 * best + 10) if best else limit
            if not found or found.get("limit", patience) < patience:
                if smaller_over:
                    outcome = {"status": "limit", "limit": limit, "not_run": True}
                else:
                    outcome = self.outcome(case, pencil, solver, k, blas, threads, patience)
                self.record("runs", key, {"n": n, **outcome})
                found = self.results["runs"][-1]
            if found["status"] == "ok":
                best = min(best or limit, found["seconds"])

    def limit(self, case, solver, k):
        """Seconds that a run may take."""
        weyl = self.find("runs", case=case, solver="weyl", k=k, status="ok")
        if solver == "weyl" or not weyl or not self.args.times_weyl:
            return self.args.timeout
        return min(self.args.timeout, self.args.times_weyl * weyl["seconds"])

    def outcome(self, case, pencil, solver, k, blas, threads, limit):
        """The fastest of several runs, with its eigenvalues checked."""
        setting = f"-{blas}-{threads}" if blas else ""
        values = self.args.cache / f"{case}-{solver}-{k}{setting}.txt"
        command = SOLVERS[solver].command(self.args.binaries, pencil, k, values, self.args.tolerance)
        outcome = {}
        for _ in range(self.args.repeat):
            again = check_blas(run(command, environment(blas, threads), limit + OVERHEAD), blas)
            if again["status"] != "ok":
                return {**again, "limit": limit}
            times = sorted([*outcome.get("all_seconds", []), again["seconds"]])
            if not outcome or again["seconds"] < outcome["seconds"]:
                outcome = again
            outcome["all_seconds"] = times
        if solver == "weyl":
            outcome["inertia"] = self.inertia(pencil, check.read_values(values), outcome["scale"])
        else:
            weyl = self.find("runs", case=case, solver="weyl", k=k, status="ok")
            ours = self.args.cache / f"{case}-weyl-{k}.txt"
            if weyl and ours.exists():
                outcome["comparison"] = check.compare(check.read_values(ours), check.read_values(values), weyl["scale"])
        return outcome

    def inertia(self, pencil, values, scale):
        """An independent count in the last gap of our eigenvalues."""
        gap = check.last_gap(values, scale)
        if not gap:
            return None
        blas = installed_blas()[0] if installed_blas() else None
        counted = run([self.args.binaries / "count_peers", pencil, "mumps", repr(gap[0])], environment(blas, 1),
                      self.args.timeout)
        return {**counted, "expected": gap[1]}

    def count(self, case, pencil, n):
        """N(λ) by weyl, which also finds a λ, and by the others at that λ."""
        key = {"case": case, "solver": "weyl", "k": None, "blas_name": None, "blas_threads": None}
        target = min(COUNT_TARGET, n // 4)
        if not self.find("counts", **key):
            command = on_one_core([self.args.binaries / "count_weyl", pencil, target])
            self.record("counts", key, {"n": n, **run(command, environment(None, None), self.args.timeout)})
        weyl = self.find("counts", **key, status="ok")
        if not weyl:
            return
        for solver in COUNTERS:
            # Only MUMPS calls a BLAS.
            for blas in installed_blas() if solver == "mumps" else [None]:
                key = {"case": case, "solver": solver, "k": None, "blas_name": blas, "blas_threads": 1 if blas else None}
                if not self.find("counts", **key):
                    command = on_one_core([self.args.binaries / "count_peers", pencil, solver, repr(weyl["lambda"])])
                    counted = check_blas(run(command, environment(blas, 1), self.args.timeout), blas)
                    self.record("counts", key, {"n": n, **counted})


def main():
    args = arguments()
    comparison = Comparison(args)
    try:
        comparison.all()
    except KeyboardInterrupt:
        print(f"interrupted; --resume goes on with {args.output}", file=sys.stderr)
    text = table.render(comparison.results)
    print(text)
    if args.markdown:
        args.markdown.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
