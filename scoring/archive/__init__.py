"""The run folder (结果文件夹): written whole or not at all, sealed by a manifest, read by everything that follows."""

from scoring.archive.chain import CHAIN, Link, chain_after, check_chain, corrected_run
from scoring.archive.check import check_manifest, other_semantics
from scoring.archive.folder import write_final, write_published, write_run
from scoring.archive.manifest import Manifest, Provenance, manifest_of, read_manifest
from scoring.archive.place import previous_of, recover
from scoring.archive.run import ASSESSMENT, PLACES, Approval, Run, open_run

__all__ = [
    "ASSESSMENT",
    "CHAIN",
    "PLACES",
    "Approval",
    "Link",
    "Manifest",
    "Provenance",
    "Run",
    "chain_after",
    "check_chain",
    "check_manifest",
    "corrected_run",
    "manifest_of",
    "open_run",
    "other_semantics",
    "previous_of",
    "read_manifest",
    "recover",
    "write_final",
    "write_published",
    "write_run",
]
