"""Measures the flow side by side with zen-engine, in one run: departments a second, memory, start-up.

    python benchmarks/run.py [--sizes 100,1000,10000] [--without-peer]

Each measurement runs in a process of its own, on one core. The submissions are there before the clock starts, as are
zen's contexts; whatever is remembered of departments is not. Quote ratios, not single figures: machines differ.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

WHAT = {
    "ledger-durable": "whole flow, full ledger and its JSON, durable-rules",
    "ledger-plain": "whole flow, full ledger and its JSON, plain matcher",
    "match-durable": "measure and match alone, durable-rules",
    "match-plain": "measure and match alone, plain matcher",
    "zen": "zen-engine on the same decisions",
    "zen-trace": "zen-engine on the same decisions, with trace",
}

PAIRS = (("ledger-durable", "zen-trace"), ("match-durable", "zen"), ("ledger-durable", "ledger-plain"))


def measure(what: str, size: int) -> dict[str, float]:
    """Departments a second of CPU time, and peak memory in MB, of one kind of work."""
    import peer
    import workload

    from scoring import resources
    from scoring.app.assess import judged
    from scoring.canonical import canonical
    from scoring.check_method import decisions_in
    from scoring.engine import open_matcher
    from scoring.scope import Horizon
    from scoring.settle.scorecard import Settler
    from scoring.submission import Intake

    edition = workload.edition(resources.schemas())
    method = edition.method
    decisions = list(decisions_in(method))
    kind, _, matcher = what.partition("-")
    work: Callable[[], object]
    engine = open_matcher(matcher if matcher in ("durable", "plain") else "plain", decisions)
    horizon = Horizon(engine.match, edition.calendar, match_each=engine.match_each)
    settler = Settler(method)
    if kind == "zen":
        import zen

        graph = zen.ZenEngine().create_decision(peer.graph(method))
        asked = [peer.context(method, settler.open(each, horizon).scope) for each in workload.departments(size)]
        options = {"trace": matcher == "trace"}
        graph.evaluate(asked[0], options)

        def work() -> None:
            for each in asked:
                graph.evaluate(each, options)
    elif kind == "match":
        submissions = list(workload.departments(size))

        def work() -> None:
            for each in submissions:
                scope = settler.open(each, horizon).scope
                for decision in decisions:
                    if "/share/" not in decision.address:
                        scope.answer(decision)
    else:
        intake = Intake("bench", "", "", tuple(workload.departments(size)))

        def work() -> None:
            groups, cards = judged(method, intake, horizon)
            for card in cards:
                card.told(method.printed).encode()
            for group in groups:
                canonical(group.data())

    start = time.process_time()
    work()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": size / seconds, "seconds": seconds, "peak": peak}


def in_own_process(what: str, size: int) -> dict[str, float] | None:
    command = [sys.executable, __file__, "--one", what, "--sizes", str(size)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"{what}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def command_seconds(*words: str) -> float:
    """The best of three runs of a command, wall time."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, str(ROOT / "cli.py"), *words], capture_output=True, check=True)
        runs.append(time.perf_counter() - start)
    return min(runs)


def linter_seconds(name: str) -> float:
    """CPU time of the linter alone on a shipped edition, the best of three: reading is done before."""
    from scoring import resources
    from scoring.check_method import check_method
    from scoring.reading.edition import read_edition

    folder = resources.rules() / name
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    runs = []
    for _ in range(3):
        edition, _ = read_edition(files, resources.schemas())
        assert edition is not None
        start = time.process_time()
        check_method(edition)
        runs.append(time.process_time() - start)
    return min(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000")
    parser.add_argument("--without-peer", action="store_true", help="leave zen-engine out")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    if given.one:
        print(json.dumps(measure(given.one, sizes[0])))
        return
    rates: dict[tuple[str, int], float] = {}
    print(f"{'':58} {'departments':>12} {'a second':>10} {'µs each':>9} {'peak MB':>9}")
    for what, title in WHAT.items():
        if given.without_peer and what.startswith("zen"):
            continue
        for size in sizes:
            found = in_own_process(what, size)
            if found is not None:
                each = 1_000_000 / found["rate"]
                print(f"{title:58} {size:12} {found['rate']:10.0f} {each:9.0f} {found['peak']:9.0f}", flush=True)
                rates[what, size] = found["rate"]
    print("\nDepartments a second, one beside the other:")
    for one, other in PAIRS:
        for size in sizes:
            if (one, size) in rates and (other, size) in rates:
                ratio = rates[one, size] / rates[other, size]
                print(f"{WHAT[one]} : {WHAT[other]}, {size} departments = {ratio:.2f}")
    for what, title in WHAT.items():
        if len(sizes) > 1 and (what, sizes[-1]) in rates:
            ratio = rates[what, sizes[0]] / rates[what, sizes[-1]]
            print(f"{title}: a department of {sizes[-1]} takes {ratio:.2f} times as long as one of {sizes[0]}")
    print()
    print(f"kaohe --help: {command_seconds('--help'):.2f} s")
    print(f"kaohe check: {command_seconds('check'):.2f} s (both editions)")
    for edition in ("2022", "2023"):
        print(f"linter alone, edition {edition}: {linter_seconds(edition):.3f} s")


if __name__ == "__main__":
    main()
