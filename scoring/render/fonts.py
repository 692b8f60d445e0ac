"""Which face (字体) sets what: the faces of the standard where there are any, else the nearest one, and never silently.

A face of the standard counts wherever it stands; of equals, the office's own folder comes before the system's fonts,
and those before the package that comes with `kaohe[pdf]`. Nothing here asks the environment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.finding import Finding, finding
from scoring.location import Location
from scoring.render.coverage import covered

OFFICE, SYSTEM, PACKAGE = "机关字体文件夹", "系统", "字体组件"
BOLD, REGULAR = 700, 400

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "NSimSun", "STSong", "FandolSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Zen Hei")


@dataclass(frozen=True, slots=True)
class Role:
    """A place in a document: what officers call it, the face that the standard names, families that are it or near it.

    The families are in the spelling of their files; capitals do not matter.
    """

    name: str
    standard: str
    families: tuple[str, ...]
    nearest: tuple[str, ...]
    weight: int = REGULAR


ROLES: Mapping[str, Role] = {
    "title": Role(
        "标题",
        "小标宋",
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "STZhongsong"),
        _SERIF,
        BOLD,
    ),
    "body": Role(
        "正文",
        "仿宋",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02S", "FandolFang R"),
        _SERIF,
    ),
    "heading": Role("一级标题", "黑体", ("SimHei", "黑体", "STHeiti", "FZHei-B01S", "FandolHei"), _SANS),
    "subheading": Role(
        "二级标题",
        "楷体",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03S", "FandolKai"),
        ("LXGW WenKai", "AR PL UKai CN", *_SERIF),
    ),
    "page": Role("页码", "宋体", ("SimSun", "宋体", "NSimSun", "STSong", "FZShuSong-Z01S", "FandolSong"), _SERIF),
}
"""By the keys of `fonts` in office.yaml."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face in a file. `source` is where the file was found: the office's folder, the system, the package."""

    family: str
    weight: int
    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Faces:
    """The face of each role, and for characters that it lacks the families to go on with."""

    chosen: Mapping[str, Face]
    others: tuple[str, ...]
    folder: str = ""

    def families(self, role: str) -> list[str]:
        """The families of a role, the chosen one first."""
        return list(dict.fromkeys((self.chosen[role].family, *self.others)))

    def record(self) -> dict[str, dict[str, str]]:
        """What set what, with the digests of the files, for the manifest of what is published."""
        digests = {path: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in self._paths()}
        return {role: {"family": face.family, "sha256": digests[face.path]} for role, face in self.chosen.items()}

    def _paths(self) -> set[str]:
        return {face.path for face in self.chosen.values()}


def choose(known: Sequence[Face], settings: Mapping[str, str]) -> tuple[Faces | None, list[Finding]]:
    """The faces of what is there, and what an officer should know of them; none where there is no Chinese font."""
    chosen: dict[str, Face] = {}
    found: list[Finding] = []
    for key, role in ROLES.items():
        own = settings.get(key, "")
        wanted = (own, *role.families, *role.nearest) if own else (*role.families, *role.nearest)
        face = next(_those(known, wanted, role.weight), None)
        if face is None:
            return None, [finding("K542")]
        if own and face.family.casefold() != own.casefold():
            found.append(finding("K541", role=role.name, family=own, used=face.family))
        chosen[key] = face
    families = {each.family.casefold(): each.family for each in reversed(known)}
    others = [families[each.casefold()] for each in (*_SERIF, *_SANS) if each.casefold() in families]
    return Faces(chosen, tuple(dict.fromkeys(others)), settings.get("folder", "")), [*found, _told(chosen, settings)]


def _those(known: Sequence[Face], families: Sequence[str], weight: int) -> Iterator[Face]:
    """The known faces of these families, the first family first; of one family the nearest in weight."""
    for family in families:
        own = [each for each in known if each.family.casefold() == family.casefold()]
        if own:
            yield min(own, key=lambda each: abs(each.weight - weight))


def _told(chosen: Mapping[str, Face], settings: Mapping[str, str]) -> Finding:
    """One finding that names every face: a warning where one only stands in for the standard's."""
    used = "，".join(f"{ROLES[key].name}{face.family}" for key, face in chosen.items())
    lacking = [
        ROLES[key].standard
        for key, face in chosen.items()
        if face.family not in ROLES[key].families and face.family != settings.get(key)
    ]
    return finding("K540", used=used) if not lacking else finding("K543", used=used, lacking="、".join(lacking))


def unset(characters: Sequence[str]) -> Finding:
    """Characters that no face there has."""
    return finding("K544", characters=_shown(characters))


def _shown(characters: Sequence[str]) -> str:
    return "、".join(f"{each}（U+{ord(each):04X}）" for each in dict.fromkeys(characters))


def in_another_face(texts: Iterable[str], face: Face) -> list[Finding]:
    """The characters of the texts that this face lacks, so that another one set them."""
    there = covered(face.path)
    characters = dict.fromkeys(each for text in texts for each in text)
    lacking = [each for each in characters if there and ord(each) not in there and not each.isspace()]
    return [finding("K546", family=face.family, characters=_shown(lacking))] if lacking else []


def no_folder(folder: str) -> Finding:
    """The office's folder of fonts is not there."""
    return finding("K545", Location(folder))
