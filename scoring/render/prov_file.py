"""The only door to prov: where a result came from, in W3C PROV-JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from prov.model import ProvDocument


class Origin(NamedTuple):
    """What a result came from: its own files, those it was made of, who approved it, and what it corrects."""

    space: str
    made: Mapping[str, str]
    used: Mapping[str, str]
    program: str
    approval: tuple[str, str, str] | None
    corrects: str


def prov_file(origin: Origin) -> bytes:
    """The document; files are named by their path in the run and identified by their SHA-256."""
    document = ProvDocument()
    document.add_namespace("run", origin.space)
    document.add_namespace("kaohe", "urn:kaohe:")
    score = document.activity("run:score", other_attributes={"prov:label": "评定"})
    program = document.agent("kaohe:program", {"prov:type": "prov:SoftwareAgent", "prov:label": origin.program})
    document.wasAssociatedWith(score, program, identifier="run:association-score")
    for path, digest in sorted(origin.used.items()):
        document.entity(f"run:{path}", {"kaohe:sha256": digest})
        document.used(score, f"run:{path}", identifier=f"run:used-{path}")
    for path, digest in sorted(origin.made.items()):
        document.entity(f"run:{path}", {"kaohe:sha256": digest})
        document.wasGeneratedBy(f"run:{path}", score, identifier=f"run:made-{path}")
    if origin.corrects:
        document.entity("run:corrected", {"kaohe:manifest": origin.corrects})
        document.wasRevisionOf("run:assessment.json", "run:corrected", identifier="run:correction")
    if origin.approval is not None:
        by, basis, on = origin.approval
        approve = document.activity("run:approve", other_attributes={"prov:label": "审定", "kaohe:on": on})
        person = document.agent("run:approver", {"prov:label": by})
        document.wasAssociatedWith(approve, person, identifier="run:association-approve")
        document.used(approve, "run:assessment.json", identifier="run:used-approve")
        document.entity("run:final.json", {"prov:label": basis})
        document.wasGeneratedBy("run:final.json", approve, identifier="run:made-final")
    told = json.loads(document.serialize(format="json") or "{}")
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
