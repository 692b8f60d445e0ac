"""Firings become entries, entries a scorecard: award → modify → parts → scorecard (计分、合成、得分单)."""
