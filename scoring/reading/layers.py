"""Lays what several voices said of a datum over each other: the highest layer counts, all are kept (数据来源)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scoring.condition import MISSING, Absent, Value
from scoring.method import DATE, TEXT, Fact
from scoring.reading.dossier import Desk, Dossier, Proof, Row, Told, Word
from scoring.reading.evidence import Use, proven
from scoring.reading.values import chinese_date, spoken, worst
from scoring.submission import APPEAL, BUREAU, LAYERS, REVIEW, SELF_REPORT, Datum, Record, Said
from scoring.timeline import UNDONE, day_of

REVIEWED = "评审"
_LEAST = {"财政": LAYERS.index(BUREAU), "名册": LAYERS.index(BUREAU), REVIEWED: LAYERS.index(REVIEW)}
_HEIGHT = {layer: height for height, layer in enumerate(LAYERS)}


@dataclass(slots=True)
class Weighed:
    """One datum while its words are judged. `usable` are the words whose value can count, low to high."""

    fact: Fact
    source: str
    label: str
    words: list[Word]
    usable: list[Word]

    @property
    def value(self) -> Value:
        """What counts so far."""
        if self.usable and self.heard(self.usable[-1]):
            value = self.usable[-1].value
            return MISSING if value is None else value
        return MISSING

    def heard(self, word: Word) -> bool:
        """Whether the layer is high enough for the source that the method names."""
        return _HEIGHT[word.voice.layer] >= _LEAST.get(self.source, 0)


def weigh(desk: Desk, dossier: Dossier, fact: Fact, source: str, label: str, words: list[Word]) -> Weighed:
    """Judge the words of one datum by what can be told without other data: source, period, a review's reason."""
    usable = [
        word for word in words if word.value is not None and not _out_of_period(desk, dossier, fact, source, word)
    ]
    weighed = Weighed(fact, source, label, words, usable)
    if not any(map(weighed.heard, words)):
        word = words[-1]
        place = word.place(dossier.department.name, label)
        desk.add("K307", place, dossier, name=label, source=source, layer=word.voice.layer, text=word.text)
    elif source == REVIEWED and label == fact.name:
        _reasons(desk, dossier, weighed)
    return weighed


def _reasons(desk: Desk, dossier: Dossier, weighed: Weighed) -> None:
    """A review without its own reason cannot be answered for; that of the whole file explains no single one."""
    for word in weighed.usable:
        if word.voice.layer in (REVIEW, APPEAL) and (word.voice.general or not word.voice.why):
            place = word.place(dossier.department.name, weighed.label)
            desk.add("K317", place, dossier, name=weighed.label, text=word.text)


def _out_of_period(desk: Desk, dossier: Dossier, fact: Fact, source: str, word: Word) -> bool:
    """Whether a department's date lies outside the period, which is nearly always another year's or a slip.

    Facts of another fiscal year, or with limits of their own, are not held to the period.
    """
    if fact.type != DATE or source != "部门" or word.voice.layer != SELF_REPORT:
        return False
    if fact.fiscal_year or fact.at_least is not None or fact.at_most is not None:
        return False
    value = word.value
    if value is None or isinstance(value, Absent) or value == UNDONE:
        return False
    first, last = desk.method.period_from, desk.method.period_by
    if first <= day_of(value) <= last:
        return False
    limits = {"begin": chinese_date(first), "end": chinese_date(last)}
    place = word.place(dossier.department.name, fact.name)
    desk.add("K340", place, dossier, name=fact.name, text=chinese_date(value), **limits)
    return True


def datum(desk: Desk, dossier: Dossier, weighed: Weighed) -> Datum:
    """The datum with all its layers. Where no word can count, what was written is kept beside 未报."""
    counts = bool(weighed.usable) and weighed.heard(weighed.usable[-1])
    layers = []
    for word in weighed.usable if counts else weighed.words:
        voice = word.voice
        ids = proven(desk, dossier, word.proofs) if word.proofs else ()
        value = word.value if counts and word.value is not None else MISSING
        layers.append(Said(voice.layer, value, word.text, ids, voice.by, voice.on, voice.why))
    if counts and len(layers) > 1:
        _disagreements(desk, dossier, weighed)
    return Datum(tuple(layers))


def _disagreements(desk: Desk, dossier: Dossier, weighed: Weighed) -> None:
    """Every lower layer that says something else than the one that counts."""
    top = weighed.usable[-1]
    for word in weighed.usable[:-1]:
        if (word.text if weighed.fact.type == TEXT else word.value) == (
            top.text if weighed.fact.type == TEXT else top.value
        ):
            continue
        desk.add(
            "K320",
            word.place(dossier.department.name, weighed.label),
            dossier,
            top.place(dossier.department.name, weighed.label),
            name=weighed.label,
            layer=word.voice.layer,
            text=_said(weighed.fact, word),
            counting_layer=top.voice.layer,
            counting=_said(weighed.fact, top),
        )


def _said(fact: Fact, word: Word) -> str:
    return word.text if fact.type == TEXT or word.value is None else spoken(fact, word.value)


def unproven(desk: Desk, dossier: Dossier, weighed: Weighed, evidence: Iterable[str]) -> None:
    """A department's claim that the method wants proof of, and none is there."""
    if weighed.fact.evidence != "必需" or any(evidence) or not weighed.usable:
        return
    top = weighed.usable[-1]
    if top.voice.layer == SELF_REPORT and top.value is not None and not worst(weighed.fact, top.value):
        place = top.place(dossier.department.name, weighed.label)
        desk.add("K330", place, dossier, name=weighed.label, text=_said(weighed.fact, top))


@dataclass(slots=True)
class WeighedRow:
    """One record while its fields are judged."""

    key: str
    fields: dict[str, Weighed]
    texts: dict[str, Word]
    proofs: tuple[Proof, ...]
    row: Row
    """As the lowest voice has it."""

    @property
    def claimed(self) -> bool:
        """Whether nobody but the department speaks of it."""
        words = [word for weighed in self.fields.values() for word in weighed.words] + list(self.texts.values())
        return all(word.voice.layer == SELF_REPORT for word in words)


def weigh_rows(desk: Desk, dossier: Dossier, fact: Fact, tolds: list[Told]) -> list[WeighedRow] | None:
    """The records of a list by key, field by field over all layers; None where nobody told it who may.

    A higher layer may add records. Those of a register that only the department knows are not counted.
    """
    least = _LEAST.get(fact.source, 0)
    able = [told for told in tolds if _HEIGHT[told.voice.layer] >= least]
    if not able:
        told = tolds[-1]
        desk.add("K307", told.place, dossier, name=fact.name, source=fact.source, layer=told.voice.layer, text="")
        return None
    keys = sorted({key for told in able for key in told.rows})
    _only_one_side(desk, dossier, fact, tolds, able)
    return [_row(desk, dossier, fact, key, [told.rows[key] for told in tolds if key in told.rows]) for key in keys]


def _only_one_side(desk: Desk, dossier: Dossier, fact: Fact, tolds: list[Told], able: list[Told]) -> None:
    """Records that one layer has and another has not, where both told the list."""
    if len(tolds) < 2:
        return
    counted = {key for told in able for key in told.rows}
    lowest = tolds[0]
    for told in tolds:
        for key, row in told.rows.items():
            if key not in counted:
                kind = "left_out"
            elif told is not lowest and told.voice.layer != lowest.voice.layer and key not in lowest.rows:
                kind = "added"
            else:
                continue
            place = row.holder.value(row.key_field)
            desk.add("K324", place, dossier, lowest.place, name=fact.name, text=key, kind=kind, layer=told.voice.layer)


def _row(desk: Desk, dossier: Dossier, fact: Fact, key: str, rows: list[Row]) -> WeighedRow:
    fields: dict[str, Weighed] = {}
    label = f"{fact.name} {key} "
    for name in dict.fromkeys(name for row in rows for name in row.words):
        field = fact.fields[name]
        words = [row.words[name] for row in rows if name in row.words]
        fields[name] = weigh(desk, dossier, field, field.source or fact.source, label + name, words)
    texts = {name: word for row in rows for name, word in row.texts.items()}
    proofs = tuple(proof for row in rows for proof in row.proofs)
    return WeighedRow(key, fields, texts, proofs, rows[0])


def record(desk: Desk, dossier: Dossier, fact: Fact, row: WeighedRow) -> Record:
    """The record with its data in the order of the method's fields."""
    evidence = proven(desk, dossier, row.proofs) if row.proofs else ()
    data = {name: datum(desk, dossier, row.fields[name]) for name in fact.fields if name in row.fields}
    texts = {name: row.texts[name].text for name in fact.fields if name in row.texts}
    for name in data:
        unproven(desk, dossier, row.fields[name], evidence or data[name].evidence)
    if fact.evidence == "必需" and not evidence and row.claimed:
        place = row.row.holder.value(row.row.key_field)
        desk.add("K330", place, dossier, name=f"{fact.name} {row.key}", text="")
    return Record(row.key, data, texts, evidence)


def uses(data: Iterable[tuple[str, Datum]], lists: Iterable[tuple[str, Record]]) -> Iterator[Use]:
    """Which evidence stands beside which datum. Records are claims of the department, whoever added to them."""
    for name, each in data:
        for said in each.layers:
            yield from (Use(number, name, said.layer == SELF_REPORT) for number in said.evidence)
    for name, record_ in lists:
        yield from (Use(number, f"{name} {record_.key}", True) for number in record_.evidence)
