"""The only door to jsonschema: whether a document has the shape that schemas/<kind>.json describes.

The schemas are data: editors show their titles and descriptions, and findings quote them. What jsonschema says is
never shown; its errors are only told apart here and worded by the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from scoring import points
from scoring.finding import Finding
from scoring.location import Mapping
from scoring.reading.shape import Schema, ShapeError, findings_of

Texts = tuple[tuple[str, str], ...]
"""Schema files by name, sorted: what a validator is made of, and therefore what it is cached by."""


def check_shape(kind: str, document: Mapping, schemas: Path | AbstractMapping[str, str]) -> list[Finding]:
    """Everything in the document that departs from schemas/<kind>.json, in the order of the file.

    `schemas` is the folder, or its files as {"rule.json": text}; validators are kept for as long as the texts
    stay the same.
    """
    root, validator = _validator(kind, _texts(schemas))
    errors = [each for error in validator.iter_errors(document) for each in _leaves(error)]
    return findings_of(document, root, errors)


def _texts(schemas: Path | AbstractMapping[str, str]) -> Texts:
    if isinstance(schemas, Path):
        files = sorted(schemas.glob("*.json"), key=lambda each: each.name)
        return tuple((each.name, each.read_text(encoding="utf-8")) for each in files)
    return tuple(sorted(schemas.items()))


@lru_cache(maxsize=64)
def _validator(kind: str, texts: Texts) -> tuple[Schema, Any]:
    documents = _documents(texts)
    registry: Registry[Any] = Registry().with_resources(
        (name, DRAFT202012.create_resource(content)) for name, content in documents.items()
    )
    root = Schema(documents[f"{kind}.json"], documents)
    return root, _Exact(root.content, registry=registry)


@lru_cache(maxsize=4)
def _documents(texts: Texts) -> dict[str, Any]:
    """The schema files, every `$ref` in them written in full, so that it leads to the same place from anywhere."""
    return {name: _with_full_refs(name, json.loads(text, parse_float=points.parse)) for name, text in texts}


def _with_full_refs(name: str, node: Any) -> Any:
    if isinstance(node, list):
        return [_with_full_refs(name, each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _with_full_refs(name, value) for key, value in node.items() if key != "$id"}
    if isinstance(made.get("$ref"), str) and made["$ref"].startswith("#"):
        made["$ref"] = name + made["$ref"]
    return made


def _is_number(_checker: Any, value: Any) -> bool:
    return isinstance(value, points.Rational) and not isinstance(value, bool)


def _is_whole(_checker: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_Exact: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_whole}),
)


def _leaves(error: Any) -> Iterator[ShapeError]:
    """The errors that an officer can mend: under "one of these", those of the alternative that was plainly meant."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        alternatives: dict[Any, list[Any]] = {}
        for each in error.context:
            alternatives.setdefault(each.relative_schema_path[0], []).append(each)
        meant = [
            errors
            for errors in alternatives.values()
            if not any(each.validator == "type" and not each.relative_path for each in errors)
        ]
        only_keys = all(each.validator == "required" and not each.relative_path for errors in meant for each in errors)
        if len(meant) == 1 or (meant and not only_keys):
            for each in min(meant, key=len):
                yield from _leaves(each)
            return
    yield ShapeError(
        path=tuple(error.absolute_path),
        schema_path=tuple(error.absolute_schema_path),
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        schema=error.schema,
    )
