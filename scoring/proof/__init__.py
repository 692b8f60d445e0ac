"""Proof-reading (校对): a Word file after somebody's edits, against what the result says."""

from scoring.proof.compare import differences
from scoring.proof.tokens import Lexicon

__all__ = ["Lexicon", "differences"]
