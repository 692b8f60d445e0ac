"""Measures publishing: the circular in each format, sheets, feedback, workbook and export, for 66 and 3,000 units.

    python benchmarks/papers.py [--units 66,3000] [--only circular-pdf,…]

Each paper is made in a process of its own, from one run made beforehand.
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

PAPERS = {
    **{
        f"circular-{each}": ["circular", "--audience", "issued", "--format", each]
        for each in ("md", "html", "docx", "pdf")
    },
    "approval-docx": ["circular", "--audience", "approval", "--format", "docx"],
    **{f"sheets-{each}": ["sheets", "--format", each] for each in ("md", "docx", "pdf")},
    "feedback-docx": ["feedback", "--format", "docx"],
    "workbook": ["workbook"],
    "export-csv": ["export", "--format", "csv,xlsx,sqlite"],
}


def measure(paper: str, folder: Path) -> dict[str, float]:
    """Seconds of CPU time, peak memory and size in MB of one paper."""
    from click.testing import CliRunner

    from scoring.commands import group

    verb, *options = PAPERS[paper]
    out = folder / paper
    start = time.process_time()
    found = CliRunner().invoke(group, [verb, str(folder / "run"), *options, "--out", str(out)])
    seconds = time.process_time() - start
    if found.exit_code:
        raise SystemExit(found.output[-2000:])
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 2**20
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "size": size}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", default="66,3000")
    parser.add_argument("--only", default=",".join(PAPERS))
    parser.add_argument("--paper", choices=PAPERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.paper:
        print(json.dumps(measure(given.paper, given.folder)))
        return
    from units import units

    from scoring.app.score import Order, score
    from scoring.resources import shipped_places

    print(f"{'':16} {'units':>6} {'CPU s':>8} {'ms a unit':>10} {'peak MB':>8} {'MB':>7}")
    for size in map(int, given.units.split(",")):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            number = units(folder / "inputs", size)
            order = Order("2023", folder / "inputs", folder / "run", "inputs", matcher="plain")
            assert score(order, shipped_places()).written
            for paper in given.only.split(","):
                command = [sys.executable, __file__, "--paper", paper, "--folder", str(folder)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode:
                    print(f"{paper}: {done.stderr.strip()[-500:]}", file=sys.stderr)
                    continue
                found = json.loads(done.stdout)
                each = 1000 * found["seconds"] / number
                figures = f"{found['seconds']:8.2f} {each:10.1f} {found['peak']:8.0f} {found['size']:7.1f}"
                print(f"{paper:16} {number:6} {figures}", flush=True)


if __name__ == "__main__":
    main()
