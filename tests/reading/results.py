"""One page as OCR programs write it: hOCR, ALTO, PAGE XML and the TSV of Tesseract."""

from __future__ import annotations

# One page of A4 at 100 dpi: a head in two columns, a line across. (words of a line, left, top)
LINES = [
    (["UBND", "TỈNH", "NGHĨA", "LÂM"], 60, 60),
    (["Số:", "27/KH-UBND"], 60, 90),
    (["CỘNG", "HÒA", "XÃ", "HỘI", "CHỦ", "NGHĨA"], 430, 62),
    (["Nghĩa", "Lâm,", "ngày", "05", "tháng", "3", "năm", "2025"], 430, 92),
    (["KẾ", "HOẠCH"], 370, 150),
    (["Căn", "cứ", "Luật", "Tổ", "chức", "chính", "quyền", "địa", "phương,", "Ủy", "ban", "ban", "hành"], 60, 190),
]
WANTED = [
    "UBND TỈNH NGHĨA LÂM", "Số: 27/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
    "Nghĩa Lâm, ngày 05 tháng 3 năm 2025", "KẾ HOẠCH", "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban ban hành",
]  # fmt: skip


def placed() -> list[list[tuple[str, int, int, int, int]]]:
    """Words of each line with left, top, right, bottom in pixels."""
    lines = []
    for words, left, top in LINES:
        line = []
        for word in words:
            right = left + 8 * len(word)
            line.append((word, left, top, right, top + 14))
            left = right + 6
        lines.append(line)
    return lines


def hocr() -> str:
    spans = "".join(
        "<span class='ocr_line' title='bbox 0 0 1 1'>"
        + " ".join(
            f"<span class='ocrx_word' title='bbox {a} {b} {c} {d}; x_wconf 93'><strong>{w}</strong></span>"
            for w, a, b, c, d in line
        )
        + "</span>"
        for line in placed()
    )
    head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><body>'
    return (
        f"{head}<div class='ocr_page' title='image \"x\"; bbox 0 0 827 1169; scan_res 100 100'>{spans}</div></body>"
    )


def alto() -> str:
    lines = "".join(
        "<TextLine>"
        + "<SP/>".join(
            f'<String CONTENT="{w}" HPOS="{a}" VPOS="{b}" WIDTH="{c - a}" HEIGHT="{d - b}" WC="0.93"/>'
            for w, a, b, c, d in line
        )
        + "</TextLine>"
        for line in placed()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">'
        "<Description><MeasurementUnit>pixel</MeasurementUnit></Description>"
        f'<Layout><Page WIDTH="827" HEIGHT="1169"><PrintSpace>{lines}</PrintSpace></Page></Layout></alto>'
    )


def prima() -> str:
    def coords(a: int, b: int, c: int, d: int) -> str:
        return f'<Coords points="{a},{b} {c},{b} {c},{d} {a},{d}"/>'

    lines = "".join(
        f"<TextLine>{coords(line[0][1], line[0][2], line[-1][3], line[-1][4])}"
        + "".join(
            f"<Word>{coords(a, b, c, d)}<TextEquiv conf='0.93'><Unicode>{w}</Unicode></TextEquiv></Word>"
            for w, a, b, c, d in line
        )
        + f"<TextEquiv><Unicode>{' '.join(w[0] for w in line)}</Unicode></TextEquiv></TextLine>"
        for line in placed()
    )
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f'<Page imageWidth="827" imageHeight="1169"><TextRegion>{lines}</TextRegion></Page></PcGts>'
    )


def tsv() -> str:
    rows = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    rows.append("1\t1\t0\t0\t0\t0\t0\t0\t827\t1169\t-1\t")
    for i, line in enumerate(placed(), 1):
        rows += [
            f"5\t1\t{i}\t1\t1\t{k}\t{a}\t{b}\t{c - a}\t{d - b}\t93\t{w}" for k, (w, a, b, c, d) in enumerate(line)
        ]
    return "\n".join(rows)
