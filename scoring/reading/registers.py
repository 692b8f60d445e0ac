"""Reads what the bureau keeps and finds: records, spot checks, reviews, appeals; a file for many departments (登记)."""

from __future__ import annotations

from scoring.location import Mapping
from scoring.reading.dossier import Desk, Voice
from scoring.reading.forms import hear
from scoring.reading.papers import check_day, check_parts, of_this_edition, opened, secret
from scoring.reading.roster import find
from scoring.reading.rulings import read_judgements
from scoring.reading.sheets import ENDINGS, read_sheets
from scoring.reading.values import as_written
from scoring.submission import APPEAL, BUREAU, REVIEW, SPOT_CHECK

FOLDERS = {"records": BUREAU, "spot_checks": SPOT_CHECK, "reviews": REVIEW, "appeals": APPEAL}
"""The layer that each folder holds, low to high."""

YAML = (".yaml", ".yml")
_JUDGED = (REVIEW, APPEAL)


def read_registers(desk: Desk, folder: str) -> None:
    """All files of one folder, in order of path. Reviews and appeals judge one by one, so they are no tables."""
    layer = FOLDERS[folder]
    for path in sorted(desk.files):
        if not path.startswith(folder + "/"):
            continue
        if path.lower().endswith(YAML) and not secret(desk, path):
            _register(desk, path, layer)
        elif path.lower().endswith(ENDINGS) and layer not in _JUDGED and not secret(desk, path):
            read_sheets(desk, path, Voice(layer))


def _register(desk: Desk, path: str, layer: str) -> None:
    document, found = opened(desk, path)
    desk.findings.extend(found)
    if document is None:
        return
    desk.findings.extend(check_parts(desk, "reviews" if layer == REVIEW else "records", document))
    parts = document.get("departments")
    if not of_this_edition(desk, document) or not isinstance(parts, Mapping):
        return
    check_day(desk, document, "on")
    for code in parts:
        dossier = find(desk, code, parts.key(code))
        said = parts[code]
        if dossier is None or not isinstance(said, Mapping):
            continue
        check_day(desk, said, "on", code)
        by, on, own = (as_written(said, key) for key in ("by", "on", "why"))
        why = own or as_written(document, "why")
        voice = Voice(layer, by or as_written(document, "by"), on or as_written(document, "on"), why, not own)
        hear(desk, dossier, said, voice, path)
        if layer in _JUDGED:
            read_judgements(desk, dossier, said, voice)
