"""Advice on what methods should rather not score: traces instead of work, and vetoes (评分内容的提示).

A rule that has its reasons says so beside it (`lint_off`), and is not asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.check_method.ground import Ground
from scoring.method import Limit, Node

TRACES = re.compile(
    r"(?:领导)?批示(?:件|文件|次数)?|宣传(?:报道|稿件|文章|信息)|(?:发表|刊发|刊登|刊载|录用|采用|上报)[^，。；、]{0,6}(?:文章|稿件|信息|简报)"
    r"|(?:信息|简报|稿件|文章)[^，。；、]{0,4}(?:篇数|条数|录用)|照片|图片|会议(?:次数|场次|记录数)|(?:召开|举办)[^，。；、]{0,10}会[^，。；、]{0,6}[次场]"
)
"""Leaders' comments, articles, photographs, meetings: what a department can produce without doing the work."""
VETO = re.compile(r"一票否决")


def check_advice(ground: Ground) -> None:
    """Texts of criteria and limits."""
    for code, address, words in _advice(ground):
        if ground.silence.over(address, code):
            continue
        if code == "K290":
            ground.found.add("K290", ground.places.at(address), words=words)
        else:
            ground.found.add("K291", ground.places.at(address), words=words)


def _advice(ground: Ground) -> Iterator[tuple[str, str, str]]:
    """What there is to say: code, address, the words that give rise to it."""
    for node in ground.method.nodes():
        traces = _found(TRACES, (node.name, node.standard))
        if traces:
            yield "K290", node.address, traces
        vetoes = _found(VETO, _texts(node))
        if vetoes:
            yield "K291", node.address, vetoes
    for limit in ground.method.standing.limits:
        vetoes = _found(VETO, _texts(limit))
        if vetoes:
            yield "K291", limit.address, vetoes


def _texts(rule: Node | Limit) -> tuple[str, ...]:
    quote = rule.provision.quote if rule.provision is not None else ""
    return (rule.name, rule.standard, rule.note, quote) if isinstance(rule, Node) else (rule.name, quote)


def _found(pattern: re.Pattern[str], texts: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(match[0] for text in texts for match in pattern.finditer(text)))
