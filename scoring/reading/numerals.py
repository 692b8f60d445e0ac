"""What number a text was probably meant to be: 五十, ５０, 1,000, 50分 (数字的其他写法).

For remedies only: a score never rests on such a guess.
"""

from __future__ import annotations

import re
import unicodedata

from scoring import points

_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬", "一二三四五六七八九十百千万")
_TENS = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 40
_UNIT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*(个百分点|[^\d\s.,%+*/()（）-]{1,4})")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_LEADING_ZERO = re.compile(r"-?0+\d+(\.\d+)?")


def meant_number(text: str) -> tuple[str, str]:
    """The number as it should be written, and why it was not taken for one; ("", "") where no number was meant.

    The reason is a word for the catalogue: quoted, wide, chinese, unit, thousands, zero, sign.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return "", ""
    if points.parse(text) is not None:
        return text, "quoted"
    narrow = unicodedata.normalize("NFKC", text)
    if narrow != text and points.parse(narrow) is not None:
        return narrow, "wide"
    if _THOUSANDS.fullmatch(narrow):
        return narrow.replace(",", ""), "thousands"
    if _LEADING_ZERO.fullmatch(narrow):
        return re.sub(r"^(-?)0+(?=\d)", r"\1", narrow), "zero"
    if narrow.startswith("+") and points.parse(narrow[1:]) is not None:
        return narrow[1:], "sign"
    chinese = _chinese(text)
    if chinese:
        return chinese, "chinese"
    unit = _UNIT.fullmatch(narrow)
    if unit and points.parse(unit.group(1).replace(",", "")) is not None:
        return unit.group(1).replace(",", ""), "unit"
    return "", ""


def _chinese(text: str) -> str:
    """The figures of a number in Chinese characters, up to 万; "" where it is none."""
    text = text.translate(_CAPITALS)
    if not text or any(each not in _DIGITS and each not in _TENS and each not in "万点" for each in text):
        return ""
    whole, _, decimals = text.partition("点")
    if any(each not in _DIGITS for each in decimals) or ("点" in text and not decimals) or not whole:
        return ""
    if len(whole) > 1 and all(each in _DIGITS for each in whole):
        value = int("".join(str(_DIGITS[each]) for each in whole))
    else:
        high, ten_thousand, low = whole.partition("万")
        value = _below_ten_thousand(high) * (10000 if ten_thousand else 1) + _below_ten_thousand(low)
    return str(value) + ("." + "".join(str(_DIGITS[each]) for each in decimals) if decimals else "")


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, 0
    for each in text:
        if each in _TENS:
            total += (digit or 1) * _TENS[each]
            digit = 0
        else:
            digit = _DIGITS.get(each, 0)
    return total + digit
