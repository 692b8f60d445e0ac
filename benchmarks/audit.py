"""Measures the audit page: how long it takes to make, how large it is, and how soon a browser shows it.

    python benchmarks/audit.py [--size 3000] [--keep FILE]

The departments are those of workload.py: every figure is drawn by chance, so that no two accounts are alike. “Open” is
the time from navigation until the first ranked rows stand there and answer to the keyboard, “department” that from
pressing Enter on one of them to its whole account, the best of three each. Chromium has to be on the path.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RUNS = 3


def assessed(size: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, bytes]]:
    """The assessment of that many departments, the places of its rules, and the files that a run would hold."""
    import workload

    from scoring import resources
    from scoring.app.assess import Bundle, scorecards
    from scoring.app.report import assessment_of, places_of
    from scoring.archive import ASSESSMENT
    from scoring.canonical import canonical
    from scoring.check_method import decisions_in
    from scoring.engine import open_matcher
    from scoring.rank import contend, stand
    from scoring.scope import Horizon
    from scoring.submission import Intake

    prefix = "rules/bench/"
    edition = workload.edition(resources.schemas(), prefix)
    method = edition.method
    engine = open_matcher("plain", list(decisions_in(method)))
    intake = Intake("bench", "基准区", "", tuple(workload.departments(size)))
    horizon = Horizon(engine.match, edition.calendar)
    contenders = [contend(method, sheet, card) for _, sheet, card in scorecards(method, intake, horizon)]
    groups, cards = stand(method, contenders, [], engine.match)
    bundle = Bundle("bench", {}, {}, {})
    data = assessment_of(method, None, intake, [], groups, cards, bundle).data()
    files = {prefix + name: content for name, content in workload.files().items()}
    return data, places_of(edition), {**files, ASSESSMENT: canonical(data)}


def made(size: int) -> tuple[bytes, float, float]:
    """The page, with the seconds of work it took to make and the size of what it was made from in MB."""
    from scoring.app.filed_page import filed_page
    from scoring.archive import ASSESSMENT

    data, places, files = assessed(size)
    start = time.process_time()
    page = filed_page(data, places, files)
    return page, time.process_time() - start, len(files[ASSESSMENT]) / 1e6


def opened(page: Path, browser: str) -> tuple[float, float]:
    """Seconds until the tables stand, and until a department's account does."""
    from playwright.sync_api import sync_playwright

    shown, unfolded = [], []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for _ in range(RUNS):
            tab = chromium.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-ready]")
            shown.append(tab.evaluate("performance.getEntriesByName('shown')[0].startTime"))
            unfolded.append(
                tab.evaluate(
                    "() => new Promise(done => { const start = performance.now();"
                    " location.hash = document.querySelector('a.department').getAttribute('href');"
                    " addEventListener('hashchange', () => requestAnimationFrame("
                    "() => setTimeout(() => done(performance.now() - start))), {once: true}); })"
                )
            )
            tab.close()
        chromium.close()
    return min(shown) / 1000, min(unfolded) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=3000)
    parser.add_argument("--keep", type=Path, help="keep the page in this file")
    given = parser.parse_args()
    page, seconds, source = made(given.size)
    print(f"{given.size} departments: made in {seconds:.1f} s, {len(page) / 1e6:.1f} MB from {source:.1f} MB")
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "audit.html"
        file.write_bytes(page)
        browser = next(filter(None, map(shutil.which, BROWSERS)), None)
        if browser is None:
            print("no browser on the path, so opening was not measured", file=sys.stderr)
            return
        shown, unfolded = opened(file, browser)
    print(f"open: {shown:.2f} s; department: {unfolded:.2f} s")


if __name__ == "__main__":
    main()
