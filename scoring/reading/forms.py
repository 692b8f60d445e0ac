"""Reads what one voice says of one department: its facts, its lists, its evidence (填报内容)."""

from __future__ import annotations

from scoring.condition import MISSING
from scoring.location import Mapping, Sequence
from scoring.method import LIST, TEXT, Fact
from scoring.reading.dossier import Desk, Dossier, Proof, Row, Told, Voice, Word
from scoring.reading.draft import close
from scoring.reading.evidence import listed
from scoring.reading.values import as_written, typed
from scoring.submission import LAYERS

BESIDE = ("evidence", "why", "note", "by", "on")
"""Keys of a record that are no fields."""


def hear(desk: Desk, dossier: Dossier, said: Mapping, voice: Voice, path: str) -> None:
    """Everything a form or a department's part of a register says; `path` is the file, from the input folder."""
    listed(desk, dossier, said, path)
    hear_facts(desk, dossier, said, voice)
    lists = said.get("lists")
    if isinstance(lists, Mapping):
        for name in lists:
            fact = known(desk, dossier, name, lists, LIST)
            if fact is not None and isinstance(lists[name], Sequence):
                told = Told(voice, {}, lists.key(name))
                if tell(desk, dossier, fact, told):
                    for row in lists[name]:
                        if isinstance(row, Mapping):
                            add_row(desk, dossier, fact, told, row)


def hear_facts(desk: Desk, dossier: Dossier, said: Mapping, voice: Voice) -> None:
    """The plain facts."""
    facts = said.get("facts")
    if isinstance(facts, Mapping):
        for name in facts:
            fact = known(desk, dossier, name, facts, "")
            if fact is not None:
                hear_fact(desk, dossier, fact, facts, name, voice)


def known(desk: Desk, dossier: Dossier | None, name: str, holder: Mapping, type_: str) -> Fact | None:
    """The fact that a key of `holder` names: a list where `type_` says so, else anything but a list."""
    fact = desk.method.facts.get(name)
    if fact is None:
        wanted = [each.name for each in desk.method.facts.values() if each.given and (each.type == LIST) == bool(type_)]
        kind = "list" if type_ else "fact"
        desk.add("K305", holder.key(name), dossier, name=name, kind=kind, owner="", meant=close(name, wanted))
    elif not fact.given:
        desk.add("K306", holder.key(name), dossier, name=name)
    elif (fact.type == LIST) != (type_ == LIST):
        desk.add("K308", holder.key(name), dossier, name=name, kind="list" if fact.type == LIST else "fact")
    else:
        if name not in desk.given:
            desk.given[name] = (holder.key(name), set())
        if dossier is not None:
            desk.given[name][1].add(dossier.code)
        return fact
    return None


def hear_fact(desk: Desk, dossier: Dossier, fact: Fact, holder: Mapping, key: str, voice: Voice) -> None:
    """One datum, plain or as {value, evidence, reason, …}; a blank says nothing."""
    said = holder[key]
    proofs: tuple[Proof, ...] = ()
    if isinstance(said, Mapping):
        holder, key = said, "value"
        proofs, voice = proofs_in(said), _own(voice, said)
    if holder.get(key) is None or holder.get(key) == "":
        return
    words = dossier.facts.setdefault(fact.name, [])
    word = take(desk, dossier, fact, holder, key, voice, proofs, fact.name)
    same = next((each for each in words if each.voice.layer == voice.layer), None)
    if same is not None:
        other = same.place(dossier.department.name)
        place = word.place(dossier.department.name)
        desk.add("K322", place, dossier, other, name=fact.name, layer=voice.layer, first=same.text, text=word.text)
        return
    words.append(word)
    words.sort(key=lambda each: LAYERS.index(each.voice.layer))


def _own(voice: Voice, said: Mapping) -> Voice:
    """The voice of one datum that says by whom, when or why itself."""
    why = next((text for text in (as_written(said, each) for each in ("why", "reason", "note")) if text), "")
    by, on = as_written(said, "by") or voice.by, as_written(said, "on") or voice.on
    return Voice(voice.layer, by, on, why or voice.why, voice.general and not why)


def take(
    desk: Desk,
    dossier: Dossier,
    fact: Fact,
    holder: Mapping,
    key: str,
    voice: Voice,
    proofs: tuple[Proof, ...],
    label: str,
) -> Word:
    """The word that stands there, and what is wrong with it. `label` names the datum to its reader."""
    text = as_written(holder, key)
    if fact.type == TEXT:
        return Word(voice, MISSING, text, holder, key, proofs)
    found = typed(fact, holder[key], text, bool(voice.why))
    word = Word(voice, found.value, text, holder, key, proofs)
    if found.code:
        desk.add(found.code, word.place(dossier.department.name, label), dossier, **found.params)
    return word


def tell(desk: Desk, dossier: Dossier, fact: Fact, told: Told) -> bool:
    """Note a list as one voice has it; False, with a finding, where the same layer has told it already."""
    lists = dossier.lists.setdefault(fact.name, [])
    same = next((each for each in lists if each.voice.layer == told.voice.layer), None)
    if same is not None:
        desk.add("K322", told.place, dossier, same.place, name=fact.name, layer=told.voice.layer, first="", text="")
        return False
    lists.append(told)
    lists.sort(key=lambda each: LAYERS.index(each.voice.layer))
    return True


def add_row(desk: Desk, dossier: Dossier, fact: Fact, told: Told, said: Mapping) -> None:
    """One record. Without a key it cannot be told from the others; with another's key it may be that one."""
    key = as_written(said, fact.key).strip()
    if not key:
        place = said.key(fact.key)
        desk.add("K323", place, dossier, name=fact.name, field=fact.key)
        return
    if key in told.rows:
        other = told.rows[key].holder.value(fact.key)
        desk.add("K321", said.value(fact.key), dossier, other, name=fact.name, field=fact.key, text=key)
        return
    voice = _own(told.voice, said)
    row = told.rows[key] = Row(key, {}, {}, proofs_in(said), said, fact.key)
    for name in said:
        if name in BESIDE and name not in fact.fields:
            continue
        field = known_field(desk, dossier, fact, name, said)
        if field is None or said[name] is None or said[name] == "":
            continue
        label = f"{fact.name} {key}"
        word = take(desk, dossier, field, said, name, voice, (), label)
        (row.texts if field.type == TEXT else row.words)[name] = word


def known_field(desk: Desk, dossier: Dossier | None, fact: Fact, name: str, holder: Mapping) -> Fact | None:
    """The field that a key of `holder` names, where records of the list may give it."""
    field = fact.fields.get(name)
    if field is None:
        wanted = [each.name for each in fact.fields.values() if each.given]
        meant = close(name, wanted)
        desk.add("K305", holder.key(name), dossier, name=name, kind="field", owner=fact.name, meant=meant)
    elif not field.given:
        desk.add("K306", holder.key(name), dossier, name=name)
        return None
    return field


def proofs_in(said: Mapping) -> tuple[Proof, ...]:
    """The evidence numbers beside a datum or record."""
    ids = said.get("evidence")
    if not isinstance(ids, Sequence):
        return ()
    return tuple(Proof(str(each), ids.item(at)) for at, each in enumerate(ids) if isinstance(each, (str, int)))
