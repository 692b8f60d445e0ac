"""What every verb shares: the settings before the verb, where data folders are, how findings and tables are printed."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from scoring.archive import Run
    from scoring.finding import Finding
    from scoring.render.catalogue import Catalogue
    from scoring.resources import Places
    from scoring.submission import Submission

CLEAN, FOUND, USAGE, CONTRADICTION = 0, 1, 2, 3
"""Exit codes: clean · findings of severity error · usage · the program contradicts itself."""

REFUSED = {
    "K201",
    "K202",
    "K409",
    "K410",
    "K411",
    "K412",
    "K413",
    "K414",
    "K416",
    "K418",
    "K421",
    "K426",
    "K427",
    "K430",
    "K431",
    "K516",
    "K521",
    "K530",
}
"""Findings that say the command could not be carried out as it was given."""


def streams_in_utf8() -> None:
    """Print UTF-8 whatever the locale says; a console that cannot show a sign must not stop the work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@dataclass(slots=True)
class Desk:
    """The settings given before the verb."""

    rules: Path | None
    reports: Path | None
    office: Path | None
    lang: str

    def folders(self) -> Places:
        """Rules and reports by precedence: option, workplace, shipped; stderr says when they are not the shipped."""
        from scoring.resources import Places, is_workplace, shipped_places

        here = Path.cwd()
        found = Places.find(self.rules, self.reports, here if is_workplace(here) else None)
        shipped = shipped_places()
        for name, own, standard in (
            ("考核办法", found.rules, shipped.rules),
            ("文书模板", found.reports, shipped.reports),
        ):
            if own != standard:
                self.say(f"{name}取自 {own}")
        return found

    def say(self, text: str) -> None:
        """A word on the side (stderr): progress and notes never mix with the product."""
        from scoring.visible import visible

        click.echo(visible(text), err=True)

    def show(self, text: str, *, nl: bool = True) -> None:
        """A text that holds what somebody wrote: nothing in it may move the cursor of a terminal."""
        from scoring.visible import visible

        click.echo(visible(text), nl=nl)

    def catalogue(self) -> Catalogue:
        """The words of findings in the language asked for: a workplace's own, else the shipped ones."""
        from scoring.render.catalogue import load_catalogue
        from scoring.resources import shipped_places

        own = (self.reports or Path("reports")) / "findings"
        folder = own if (own / f"{self.lang}.yaml").is_file() else shipped_places().reports / "findings"
        catalogue, _ = load_catalogue(folder, self.lang)
        return catalogue

    def findings(self, found: Iterable[Finding]) -> None:
        """Print findings on stderr, all at once, in file order; nothing where there are none."""
        from scoring.render.findings import as_text

        found = list(found)
        if found:
            self.say(as_text(found, self.catalogue()))

    def formats(self, named: str, offered: Sequence[str] = ()) -> tuple[str, ...]:
        """The formats that were named, each once; one that is unknown or whose extra is missing ends the command."""
        from scoring.render.formats import FORMATS, lacking

        wanted = tuple(dict.fromkeys(each.strip() for each in named.split(",")))
        offered = offered or tuple(FORMATS)
        unknown = [each for each in wanted if each not in offered]
        if unknown:
            raise click.UsageError(f"没有“{'、'.join(unknown)}”这种格式，可用的有：{'、'.join(offered)}。")
        extras = lacking(wanted)
        if extras:
            self.lacks(f"生成{'、'.join(wanted)}", extras)
        return wanted

    def needs(self, kind: str, extra: str, modules: Sequence[str]) -> None:
        """End the command with the line that installs what is missing, where one of the modules is."""
        from importlib.util import find_spec

        if any(find_spec(each) is None for each in modules):
            self.lacks(f"生成{kind}", [extra])

    def lacks(self, what: str, extras: Sequence[str]) -> NoReturn:
        """End the command with the one line that installs these extras, without which this cannot be done."""
        self.say(f"缺少{what}的组件，请运行：pip install 'kaohe[{','.join(extras)}]'")
        sys.exit(USAGE)

    def workplace(self) -> Path | None:
        """The settings of the office that lie here; those of a run or of `--office` come before them."""
        here = Path("office.yaml")
        return here if here.is_file() else None

    def run(self, path: Path) -> Run:
        """The run in this folder; its damage ends the command."""
        from scoring.archive import open_run

        run, found = open_run(path)
        self.findings(found)
        if run is None:
            self.stop(found)
        return run

    def stop(self, found: Iterable[Finding]) -> NoReturn:
        """End the command with the exit code that its findings ask for."""
        sys.exit(exit_code(found))


def exit_code(found: Iterable[Finding]) -> int:
    from scoring.finding import ERROR

    errors = {each.code for each in found if each.severity == ERROR}
    if errors & REFUSED:
        return USAGE
    if any(code.startswith("K4") for code in errors):
        return CONTRADICTION
    return FOUND if errors else CLEAN


def table(rows: Sequence[Sequence[object]], headers: Sequence[str], right: Sequence[int] = ()) -> str:
    """A table whose columns line up with Chinese text; `right` are the columns of numbers."""
    from tabulate import tabulate

    align = tuple("right" if index in right else "left" for index in range(len(headers)))
    return tabulate(
        [[str(cell) for cell in row] for row in rows],
        headers=list(headers),
        tablefmt="simple",
        disable_numparse=True,
        colalign=align if rows else None,
    )


@contextmanager
def contradictions() -> Iterator[None]:
    """A program that contradicts itself says so in one place and ends with its own exit code."""
    from scoring.engine import Contradiction

    try:
        yield
    except Contradiction as problem:
        click.echo(f"程序故障：{problem}\n结果没有写出。请保留现场，并告知程序维护人员。", err=True)
        sys.exit(CONTRADICTION)


def departments(codes: Iterable[str], total: int) -> Iterable[str]:
    """A progress bar on what is made department by department, on a terminal only."""
    from tqdm import tqdm

    return tqdm(codes, total=total, unit="个部门", desc="生成", leave=False, disable=None, delay=1)


def papers(pairs: Iterable[tuple[str, str]], total: int) -> Iterable[tuple[str, str]]:
    """A progress bar on documents in many formats, on a terminal only."""
    from tqdm import tqdm

    return tqdm(pairs, total=total, unit="份", desc="生成", leave=False, disable=None, delay=1)


def progress(submissions: Iterable[Submission], total: int) -> Iterable[Submission]:
    """A progress bar on long work, on a terminal only."""
    from tqdm import tqdm

    return tqdm(submissions, total=total, unit="个部门", desc="评定", leave=False, disable=None, delay=1)
