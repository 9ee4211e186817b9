# SPDX-License-Identifier: GPL-3.0-or-later
"""The results as Markdown."""

from machine import lines

RESIDUAL = 1e-9  # what the comparison promises


def best(runs, case, solver, k):
    """The run that stands for a solver: the fastest of its settings; failing that, one that says why there is none."""
    mine = [r for r in runs if (r["case"], r["solver"], r["k"]) == (case, solver, k)]
    done = [r for r in mine if r["status"] == "ok"]
    return min(done, key=lambda r: r["seconds"]) if done else mine[-1] if mine else None


def settings(run):
    """"openblas × 2": the BLAS and its threads."""
    if run["blas_name"]:
        return f"{run['blas_name']} × {run['blas_threads']}"
    return "weyl's default" if run["solver"] == "weyl" else "none used"


def verdict(run):
    if run["solver"] == "weyl":
        inertia = run.get("inertia")
        if not inertia or inertia.get("status") != "ok":
            return "not checked by inertia"
        right = inertia["count"] == inertia["expected"]
        return f"MUMPS's inertia {'confirms' if right else '**contradicts**'} the first {inertia['expected']}"
    difference = run.get("comparison")
    if difference is None:
        return "not compared"
    if difference["lost"] or difference["extra"]:
        return f"**{difference['lost']} lost, {difference['extra']} wrong**"
    return f"agree to {difference['difference']:.0e}"


def row(run, weyl):
    """The cells after the solver's name."""
    reference = weyl["seconds"] if weyl and weyl["status"] == "ok" else None
    if run["status"] == "limit":
        ratio = f"≥ {run['limit'] / reference:.1f}" if reference else "–"
        return [f"> {run['limit']:.0f}", ratio, "–", "–", settings(run), "–"]
    if run["status"] == "failed":
        return ["failed", "–", "–", "–", settings(run), run["error"]]
    ratio = f"{run['seconds'] / reference:.1f}" if reference else "–"
    residual = f"{run['residual']:.0e}" + (" **too large**" if run["residual"] > RESIDUAL else "")
    return [f"{run['seconds']:.2f}", ratio, f"{run['memory'] / 2**20:.0f} MiB", residual, settings(run), verdict(run)]


def markdown_table(head, rows):
    return ["| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows]]


def unique(values):
    return list(dict.fromkeys(values))


def eigenpair_rows(runs):
    for case in unique(r["case"] for r in runs):
        for k in sorted({r["k"] for r in runs if r["case"] == case}):
            weyl = best(runs, case, "weyl", k)
            for solver in unique(r["solver"] for r in runs):
                run = best(runs, case, solver, k)
                if run:
                    yield [case, str(run["n"]), str(k), solver, *row(run, weyl)]


def count_rows(counts):
    for case in unique(c["case"] for c in counts):
        mine = [c for c in counts if c["case"] == case]
        weyl = best(mine, case, "weyl", None)
        for solver in unique(c["solver"] for c in mine):
            run = best(mine, case, solver, None)
            if run["status"] != "ok":
                yield [case, str(run["n"]), solver, "–", run.get("error", "> limit"), "–", "–", settings(run)]
                continue
            right = run["count"] == weyl["count"]
            ratio = run["seconds"] / weyl["seconds"]
            yield [case, str(run["n"]), solver, str(run["count"]) + ("" if right else " **differs**"),
                   f"{run['seconds']:.4f}", f"{ratio:.1f}", f"{run['analysis_seconds']:.3f}", settings(run)]


def solve_rows(solves, machine):
    """A solve reads L twice, once in each direction; nothing can be faster than that."""
    reads = {b["threads"]: b["read_GB_per_s"] for b in (machine or {}).get("bandwidth", []) if b["status"] == "ok"}
    for s in solves:
        if s["status"] != "ok":
            yield [s["case"], str(s["n"]), str(s["threads"]), "–", "–", "–", "–", s.get("error", "> limit")]
            continue
        limit = 2 * s["bytes"] / (1e9 * reads[s["threads"]]) if s["threads"] in reads else None
        yield [s["case"], str(s["n"]), str(s["threads"]), f"{s['bytes'] / 2**20:.0f} MiB", str(s["width"]),
               f"{1e3 * s['seconds']:.1f} ms", f"{1e3 * limit:.1f} ms" if limit else "–",
               f"{s['seconds'] / limit:.1f}" if limit else "–"]


def versions(runs):
    found = sorted({f"{r['solver'].split('-')[0]} {r['version']}" for r in runs if r["status"] == "ok"})
    return "- versions: " + ", ".join(found)


def render(results):
    text = ["## Machine", ""]
    if results.get("machine"):
        text += lines(results["machine"])
    text += [versions(results["runs"] + results["counts"]), "", "## The k smallest eigenpairs", ""]
    text += markdown_table(["case", "n", "k", "solver", "seconds", "× weyl", "peak memory", "largest residual",
                            "BLAS × threads", "eigenvalues"], eigenpair_rows(results["runs"]))
    if results["counts"]:
        text += ["", "## One count N(λ), one thread, analysis reused", ""]
        text += markdown_table(["case", "n", "solver", "N(λ)", "seconds", "× weyl", "analysis", "BLAS × threads"],
                               count_rows(results["counts"]))
    if results.get("solves"):
        text += ["", "## One blocked solve beside the limit of memory", ""]
        text += markdown_table(["case", "n", "threads", "L", "right-hand sides", "time", "L read twice", "× the limit"],
                               solve_rows(results["solves"], results.get("machine")))
    return "\n".join(text) + "\n"
