"""Views (公文内容): what each audience is told, as ready-made strings and lists; templates lay out, they never compute.

`view` decides who sees what and puts the figures together; `compose` puts the words of reports/circular.yaml around
them. What comes out is the same for every format.
"""

from scoring.views.document import Document, Paragraph, compose, mapped, note
from scoring.views.office import NAMED, SETTLED, Office, office_of
from scoring.views.passages import SLOTS, Passages, passages_of
from scoring.views.phrase import plain_text
from scoring.views.roll import members
from scoring.views.sight import APPROVAL, AUDIENCES, DEPARTMENT, ISSUED, PUBLIC, alone, sighted
from scoring.views.table import Annex, Column, Table
from scoring.views.view import View, view

__all__ = [
    "APPROVAL",
    "AUDIENCES",
    "DEPARTMENT",
    "ISSUED",
    "NAMED",
    "PUBLIC",
    "SETTLED",
    "SLOTS",
    "Annex",
    "Column",
    "Document",
    "Office",
    "Paragraph",
    "Passages",
    "Table",
    "View",
    "alone",
    "compose",
    "mapped",
    "members",
    "note",
    "office_of",
    "passages_of",
    "plain_text",
    "sighted",
    "view",
]
