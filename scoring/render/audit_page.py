"""Lays the audit page (得分核查页) out: one HTML file that asks nothing of any network, under a policy of hashes.

The parts are in reports/audit/. Data stand in blocks that no browser runs, with every sign escaped that could end
them; the script puts them on the page as text and never as markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from scoring.finding import Finding
from scoring.render.folding import Folding, Told
from scoring.render.template import render

PAGE = "page.html"
STYLES = ("page.css", "print.css")
SCRIPTS = ("data.js", "draw.js", "list.js", "account.js", "department.js", "compare.js", "main.js")
"""The parts of the page in the order in which they are joined: a later one uses what an earlier one made."""

PARTS = (PAGE, *STYLES, *SCRIPTS)

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def lay_out(head: Mapping[str, Any], accounts: Iterable[Told], parts: Mapping[str, str]) -> tuple[bytes, list[Finding]]:
    """The page: `head` is what it shows at once, `accounts` what it unfolds of a department when it is opened.

    An account is folded as soon as it is made, so that never more than one of them is held whole.
    """
    folding = Folding()
    lines = [folding.fold(each) for each in accounts]
    style = "".join(parts[name] for name in STYLES)
    script = '"use strict";\n' + "".join(parts[name] for name in SCRIPTS)
    page, problems = render(
        f"audit/{PAGE}",
        parts[PAGE],
        title=head["title"],
        style=style,
        script=script,
        policy=policy(style, script),
        head=embedded(head),
        patterns=embedded(folding.patterns),
        accounts="\n".join(lines),
    )
    return page.encode(), problems


def policy(style: str, script: str) -> str:
    """The content security policy: nothing is loaded, and nothing inline counts but these very texts."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def embedded(data: object) -> str:
    """JSON that can stand in an HTML script block whatever is in it."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return written.translate(_ESCAPES)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
