"""Takes a circular of many departments apart for formats that must be set whole: each annex becomes a file of its own.

Setting 3,000 departments in one PDF file takes the memory of ten such files, and nobody opens it on an office's
machine. The standard has a form for annexes that are not bound with the text: document number and “附件2” together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scoring.views import Annex, Document

MOST_ROWS = 1000
"""How many rows the annexes of one file may have together."""


def parted(documents: Mapping[str, Document]) -> dict[str, Document]:
    """The documents, and behind each that is too large its annexes by name: 通报、通报附件1、通报附件2."""
    found: dict[str, Document] = {}
    for name, document in documents.items():
        if sum(len(table.rows) for annex in document.annexes for table in annex.tables) <= MOST_ROWS:
            found[name] = document
            continue
        found[name] = replace(document, annexes=())
        for number, annex in enumerate(document.annexes, 1):
            found[f"{name}{annex.mark or f'附表{number}'}"] = _alone(document, annex)
    return found


def _alone(document: Document, annex: Annex) -> Document:
    """One annex as a document; what every output says of a sample stands below its last table."""
    tables = annex.tables
    if tables and document.notices:
        tables = (*tables[:-1], replace(tables[-1], notes=(*tables[-1].notes, *document.notices)))
    mark = f"{document.number}{annex.mark}" if annex.mark else ""
    return Document(mark="", title="", annexes=(replace(annex, mark=mark, tables=tables),))
