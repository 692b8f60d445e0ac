"""Measures verifying: the example and 3,000 units made of it, the cheap stage alone and with the recomputation.

    python benchmarks/verify.py [--units 66,3000]

Each measurement runs in a process of its own. The cheap stage is records, files, chain and signatures; the whole is
that and computing the run again, with both matchers where both are installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

STAGES = {"score": "score, write the run", "sealing": "verify, cheap stage", "verify": "verify, whole"}


def measure(stage: str, folder: Path) -> dict[str, float]:
    """Seconds of CPU time and peak memory in MB of one stage; the inputs are in `folder`, the run goes there."""
    from scoring.app.score import Order, score
    from scoring.app.verify import sealing, verify
    from scoring.resources import shipped_places

    start = time.process_time()
    if stage == "score":
        scored = score(Order("2023", folder / "inputs", folder / "run", "inputs", force=True), shipped_places())
        assert scored.written, [each for each in scored.findings if each.severity == "错误"][:5]
    elif stage == "sealing":
        assert sealing(folder / "run").sound
    else:
        assert verify(folder / "run", shipped_places().schemas).sound
    seconds = time.process_time() - start
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def in_own_process(stage: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--stage", stage, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", default="66,3000")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        print(json.dumps(measure(given.stage, given.folder)))
        return
    from units import units

    print(f"{'':30} {'units':>6} {'files':>6} {'MB':>6} {'CPU s':>8} {'peak MB':>8}")
    for size in map(int, given.units.split(",")):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            number = units(folder / "inputs", size)
            for stage, title in STAGES.items():
                found = in_own_process(stage, folder)
                files = [path for path in (folder / "run").rglob("*") if path.is_file()]
                megabytes = sum(path.stat().st_size for path in files) / 2**20
                figures = f"{number:6} {len(files):6} {megabytes:6.0f} {found['seconds']:8.2f} {found['peak']:8.0f}"
                print(f"{title:30} {figures}", flush=True)


if __name__ == "__main__":
    main()
