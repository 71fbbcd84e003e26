"""Makes the font subsets in data/fonts/ from the static Noto fonts of npm. Run once; the subsets are kept in the tree.

    python scripts/make_fonts.py        # needs npm, and fontTools

What the subsets have: the 8,105 characters of 通用规范汉字表 (data/fonts/characters.txt), GB 2312, ASCII, Latin-1,
full-width forms and signs; the serif, in which values are printed, also the common traditional characters (Big5
level 1), for names from Hong Kong, Macao and Taiwan. serif-rare.ttf has every other Han character of Noto Serif SC
(U+3400 to U+9FFF whole, which is GB 18030 level 2 together with the table), read only when one is needed.
Noto has no ☐ and ☑, so both are composed of its □ and √.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "data" / "fonts"
VERSION = "0.4.3"
SOURCES = {  # our name: npm package, member
    "serif.ttf": ("noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf"),
    "sans.ttf": ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf"),
    "sans-bold.ttf": ("noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf"),
    "serif-rare.ttf": ("noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf"),
}
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2000, 0x206F), (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x257F), (0x25A0, 0x25FF), (0x2600, 0x266F), (0x2713, 0x2717),
    (0x3000, 0x303F), (0x3200, 0x33FF), (0xFF00, 0xFFEF),
)  # fmt: skip


def wanted() -> set[int]:
    """The code points of a subset."""
    points = {point for first, last in RANGES for point in range(first, last + 1)}
    points |= {ord(each) for each in (FONTS / "characters.txt").read_text(encoding="utf-8") if each != "\n"}
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            points |= {ord(each) for each in bytes((lead, trail)).decode("gb2312", "ignore")}
    return points


def traditional() -> set[int]:
    """The 5,401 characters of Big5 level 1."""
    pairs = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return {ord(each) for pair in pairs for each in pair.decode("big5", "ignore")}


def add_boxes(font: TTFont) -> None:
    """Adds ☐ (the font's □) and ☑ (□ with √ in it)."""
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    square, tick = names[0x25A1], names[0x221A]
    box, mark = font["glyf"][square], font["glyf"][tick]
    scale = 0.72 * (box.xMax - box.xMin) / (mark.xMax - mark.xMin)
    across = (box.xMin + box.xMax) / 2 - scale * (mark.xMin + mark.xMax) / 2
    up = (box.yMin + box.yMax) / 2 - scale * (mark.yMin + mark.yMax) / 2
    for point, name, parts in (
        (0x2610, "ballotbox", ((square, (1, 0, 0, 1, 0, 0)),)),
        (0x2611, "ballotboxchecked", ((square, (1, 0, 0, 1, 0, 0)), (tick, (scale, 0, 0, scale, across, up)))),
    ):
        pen = TTGlyphPen(glyphs)
        for part, place in parts:
            pen.addComponent(part, place)
        _add_glyph(font, name, pen, font["hmtx"][square], point)


def _add_glyph(font: TTFont, name: str, pen: TTGlyphPen, metrics: tuple[int, int], point: int) -> None:
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = pen.glyph()
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = metrics
    if "vmtx" in font:
        del font["vmtx"], font["vhea"]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[point] = name


def rare(source: Path, common: set[int]) -> set[int]:
    """The Han characters of a font that the other subsets don't have."""
    return {each for each in TTFont(source).getBestCmap() if each not in common and _is_han(each)}


def _is_han(point: int) -> bool:
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x323AF


def make(source: Path, target: Path, points: set[int], boxes: bool = True) -> None:
    """Writes the subset of one font."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "DSIG"]
    font = TTFont(source, recalcTimestamp=False)
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=points)
    chooser.subset(font)
    if boxes:
        add_boxes(font)
    font.save(target)


def main() -> None:
    """Fetches the packages, writes subsets and licence."""
    points = wanted()
    with tempfile.TemporaryDirectory() as folder:
        for name, (package, member) in SOURCES.items():
            tarball = Path(folder) / f"expo-google-fonts-{package}-{VERSION}.tgz"
            if not tarball.exists():
                subprocess.run(
                    ["npm", "pack", "--silent", f"@expo-google-fonts/{package}@{VERSION}"],
                    cwd=folder, check=True, stdout=sys.stderr,
                )  # fmt: skip
            with tarfile.open(tarball) as archive:
                archive.extractall(Path(folder) / package, filter="data")
            source, serif = Path(folder) / package / "package" / member, points | traditional()
            if name == "serif-rare.ttf":
                make(source, FONTS / name, rare(source, serif) | {0x20}, boxes=False)
            else:
                make(source, FONTS / name, serif if name == "serif.ttf" else points)
            licence = (Path(folder) / package / "package" / "LICENSE_FONT").read_bytes()
            (FONTS / f"OFL-{package}.txt").write_bytes(licence)
            print(f"{name}: {(FONTS / name).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
