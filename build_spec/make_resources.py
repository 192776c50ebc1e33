"""Make the bundled font and the Traditional-to-Simplified table anew; run by hand, seldom.

Needs the dependency group ``resources`` and a Noto Sans CJK collection (Debian: fonts-noto-cjk):

    python build_spec/make_resources.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from opencc import OpenCC
from pypinyin_dict.pinyin_data import ktghz2013

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FONT_NAME = "Yibao Sans"
FACE = "Noto Sans CJK SC"
EXTRA_RANGES = (
    (0x20, 0x7E),  # letters, digits and signs
    (0xA0, 0xFF),
    (0x2010, 0x2027),  # dashes, quotation marks, ellipsis
    (0x2030, 0x203B),
    (0x2160, 0x216B),  # Roman numerals
    (0x2190, 0x2193),  # arrows
    (0x2460, 0x2473),  # circled digits
    (0x2500, 0x257F),  # box drawing
    (0x25A0, 0x25CF),  # boxes to tick
    (0x2605, 0x2606),
    (0x2713, 0x2717),
    (0x3000, 0x3017),  # Chinese punctuation
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE5),
)
# Drawn exactly like another sign; text copied from a PDF would turn one into the other.
TWINS = {0xAD, 0x2011, 0x2012, 0x2022, 0x2027}


def standard_characters() -> set[int]:
    """The 8,105 characters of 通用规范汉字表."""
    return set(ktghz2013.pinyin_dict)


def traditional_pairs(standard: set[int]) -> list[tuple[str, str]]:
    """Traditional characters with the standard character each stands for."""
    convert = OpenCC("t2s").convert
    pairs = []
    for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)):
        simplified = convert(chr(code))
        if simplified != chr(code) and len(simplified) == 1 and ord(simplified) in standard:
            pairs.append((chr(code), simplified))
    return pairs


def make_font(collection: Path, characters: set[int], out: Path) -> None:
    """Subset one face; radicals are left out, so that text copied from a PDF stays as typed."""
    faces = TTCollection(collection).fonts
    font = next(f for f in faces if f["name"].getDebugName(1) == FACE)
    options = subset.Options(
        layout_features=["kern", "vert"], name_IDs=["*"], notdef_outline=True, hinting=False
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    _rename(font)
    font.save(out)


def _rename(font: TTFont) -> None:
    names = {
        1: FONT_NAME,
        2: "Regular",
        3: f"{FONT_NAME} Regular",
        4: FONT_NAME,
        6: "YibaoSans-Regular",
    }
    table = font["name"]
    kept = {i: table.getDebugName(i) for i in (0, 5, 13, 14)}
    table.names = []
    for name_id, text in {**kept, **names}.items():
        if text:
            table.setName(text, name_id, 3, 1, 0x409)
    font["CFF "].cff.fontNames = ["YibaoSans-Regular"]
    top = font["CFF "].cff.topDictIndex[0]
    top.FamilyName, top.FullName = FONT_NAME, FONT_NAME


def main() -> None:
    """Write both files."""
    standard = standard_characters()
    pairs = traditional_pairs(standard)
    lines = "".join(f"{t}{s}\n" for t, s in pairs)
    (RESOURCES / "dictionaries" / "traditional.txt").write_text(lines, encoding="utf-8")
    extra = {code for first, last in EXTRA_RANGES for code in range(first, last + 1)}
    characters = (standard | {ord(t) for t, _ in pairs} | extra) - TWINS
    make_font(Path(sys.argv[1]), characters, RESOURCES / "fonts" / "YibaoSans-Regular.otf")


if __name__ == "__main__":
    main()
