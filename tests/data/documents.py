"""Documents of known content, good and hostile, made from scratch as bytes.

Only what needs an embedded font or a real program's package lies ready-made in ``own/``.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

READY_MADE = Path(__file__).parent / "own"

TITLE = "关于做好2026年度城乡居民基本医疗保险缴费工作的通知"
LINES = [
    "某市医疗保障局文件", "某医保发〔2025〕18号", TITLE, "各区县医疗保障局：", "一、缴费时间和标准",
    "集中缴费期为2025年10月1日至12月31日，逾期缴费的，", "自缴费之日起设九十日待遇等待期。",
    "（一）缴费标准", "成年人普通档每人每年400元，高档600元。", "二、参保地变更",
    "跨市转移的，先在国家医保服务平台提出申请。",
]  # fmt: skip

# -- .docx -----------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = "word/document.xml"
_STYLES = f"""<w:styles {W}>
<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="L"><w:name w:val="List Paragraph"/></w:style></w:styles>"""
_LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
)
_LISTS = {
    "1": [
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
    ],
    "2": [("decimal", "%1."), ("decimal", "（%2）")],
    "3": [("bullet", "\uf0b7")],
}


def _numbering() -> str:
    levels = {
        name: "".join(_LEVEL.format(at, *level) for at, level in enumerate(levels))
        for name, levels in _LISTS.items()
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{xml}</w:abstractNum>' for n, xml in levels.items()
    )
    numbers = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in levels
    )
    return f"<w:numbering {W}>{abstract}{numbers}</w:numbering>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, part: str | bytes) -> bytes:
    """A zip file with one part more."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    return packed({**parts, name: part})


def docx(body: str, changed: Callable[[bytes], bytes] = bytes, **more: str) -> bytes:
    """A .docx with a body in WordprocessingML; ``changed`` may spoil its XML."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return packed({
        "[Content_Types].xml": "<Types/>", DOCUMENT: changed(xml.encode()),
        "word/styles.xml": _STYLES, "word/numbering.xml": _numbering(), **more,
    })  # fmt: skip


def p(text: str, style: str = "", numbered: tuple[str, int] | None = None) -> str:
    """A paragraph."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        said += (
            f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
        )
    return f"<w:p><w:pPr>{said}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _row(*cells: str) -> str:
    return "<w:tr>" + "".join(c if c.startswith("<") else _cell(c) for c in cells) + "</w:tr>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


FEES = "<w:tbl>" + "".join([
    _row("人群", "缴费档次", "个人缴费（元/年）", "备注"),
    _row(_cell("成年人", '<w:vMerge w:val="restart"/>'), "普通档", "400", "含大病保险"),
    _row(_cell("", "<w:vMerge/>"), "高档", "600", "自愿选择"),
    _row("学生儿童", "普通档", "350", "按学年"),
    _row("合计说明", _cell("以上标准自2026年1月1日起执行", '<w:gridSpan w:val="3"/>')),
]) + "</w:tbl>"  # fmt: skip

_TEXT_BOX = """<w:p><w:r><mc:AlternateContent
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">
<w:drawing><w:txbxContent><w:p><w:r><w:t>文本框里的重要提醒</w:t></w:r></w:p></w:txbxContent></w:drawing>
</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>文本框里的重要提醒</w:t></w:r></w:p>
</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""

NOTICE_BODY = "".join([
    p(TITLE, "Title"), p("某医保发〔2025〕18号"), p("各区县医疗保障局："),
    p("缴费时间和标准", "H1", ("1", 0)), p("集中缴费期为2025年10月1日至12月31日。"),
    p("缴费标准", "H2", ("1", 1)), FEES, p("注：困难群众按有关规定资助。"),
    p("缴费渠道", "H2", ("1", 1)),
    p("微信“电子税务”小程序", "L", ("2", 0)), p("银行网点柜台", "L", ("2", 0)),
    p("带身份证", "L", ("2", 1)), p("带社保卡", "L", ("2", 1)), p("社区服务站", "L", ("2", 0)),
    p("需要带的材料："), p("身份证原件", "", ("3", 0)), p("户口簿复印件", "", ("3", 0)),
    p("参保地变更", "H1", ("1", 0)),
    "<w:p><w:r><w:t>跨市转移的，先申请，见</w:t></w:r><w:hyperlink><w:r><w:t>办事指南链接</w:t></w:r>"
    "</w:hyperlink></w:p>",
    "<w:p><w:r><w:t>补缴期限为</w:t></w:r><w:del><w:r><w:delText>三十日</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>六十日</w:t></w:r></w:ins><w:r><w:t>。</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>咨询电话12393</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr>"
    "<w:t>隐藏的内部批注</w:t></w:r></w:p>",
    _TEXT_BOX,
    f"<w:sdt><w:sdtContent>{p('内容控件里的一段')}</w:sdtContent></w:sdt>",
    p("某市医疗保障局"), p("2025年9月20日"),
])  # fmt: skip


def notice_docx() -> bytes:
    """A notice as an office writes it in Word, with everything Word counts or hides by itself."""
    return docx(NOTICE_BODY, **{"word/header1.xml": f"<w:hdr {W}>{p('页眉：内部资料')}</w:hdr>"})


def typed_docx() -> bytes:
    """The same as most offices really write it: no styles, numbers typed by hand."""
    return docx("".join(p(line) for line in LINES))


# -- web pages -------------------------------------------------------------------------------------

_NAV = "".join(
    f'<li><a href="/c{at}/index.html">{name}</a></li>'
    for at, name in enumerate(["首页", "政务公开", "政策法规", "办事服务", "互动交流", "专题专栏"])
)
_PAGE_BODY = f"""<div class="TRS_Editor"><p align="center">{TITLE}</p>
<p align="center">某医保发〔2025〕18号</p><p>各区县医疗保障局：</p><p>一、缴费时间和标准</p>
<p>&nbsp;&nbsp;集中缴费期为2025年10月1日至12月31日，逾期缴费的，自缴费之日起设九十日待遇等待期。</p>
<p>（一）缴费标准</p>
<table border="1"><tr><td>人群</td><td>缴费档次</td><td>个人缴费（元/年）</td></tr>
<tr><td rowspan="2">成年人</td><td>普通档</td><td>400</td></tr><tr><td>高档</td><td>600</td></tr>
<tr><td colspan="2">学生儿童</td><td>350</td></tr></table>
<p>二、缴费渠道</p><ol><li>微信“电子税务”小程序</li><li>银行网点柜台</li></ol>
<p>联系人：朱镕、堃女士，电话12393。</p><p align="right">2025年9月20日</p></div>"""


def web_page(charset: str = "utf-8") -> str:
    """A page of an office's site, with what surrounds it and what must not be seen."""
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"""<!DOCTYPE html><html><head>{declared if charset else ""}
<title>{TITLE}_某市医疗保障局</title><style>.a{{color:red}}</style>
<script>document.write("<p>脚本写的</p>")</script></head><body onload="x()">
<div class="top"><ul>{_NAV}</ul></div><div class="main"><h1>{TITLE}</h1>{_PAGE_BODY}
<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/t.gif"></div>
<div style="display:none">藏起来的文字</div><div class="side"><h3>相关链接</h3><ul>{_NAV}</ul></div>
<div class="footer">版权所有：某市医疗保障局 网站标识码0000000000 联系我们</div></body></html>"""


ENCODED: dict[str, bytes] = {
    "gbk that says gb2312": web_page("gb2312").encode("gbk"),
    "gbk that says nothing": web_page("").encode("gbk"),
    "gbk that says utf-8": web_page("utf-8").encode("gbk"),
    "utf-8": web_page("utf-8").encode("utf-8"),
    "utf-8 that says gb2312": web_page("gb2312").encode("utf-8"),
    "utf-8 with a mark": web_page("gb2312").encode("utf-8-sig"),
    "gb18030": web_page("gb18030").encode("gb18030"),
    "utf-16": web_page("unicode").encode("utf-16"),
}

# -- PDF -------------------------------------------------------------------------------------------


def pdf(objects: list[bytes], more: bytes = b"") -> bytes:
    """A PDF file of objects numbered from 1, the first its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (size, more, len(out))
    return out + head + table + tail


def _paper(content: bytes, resources: bytes, *objects: bytes) -> bytes:
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page % resources, stream, *objects,
    ])  # fmt: skip


def _shown(codec: str) -> bytes:
    lines = " ".join(f"<{line.encode(codec).hex()}> Tj T*" for line in LINES)
    return f"BT /F1 14 Tf 24 TL 72 780 Td {lines} ET".encode()


def cid_pdf(encoding: str, codec: str) -> bytes:
    """Text in a Chinese font that is not embedded and has no map to Unicode."""
    return _paper(
        _shown(codec), b"/Font << /F1 5 0 R >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /%s /DescendantFonts [6 0 R] >>"
        % encoding.encode(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [0 -140 1000 859]"
        b" /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 683 /StemV 80 >>",
    )  # fmt: skip


def winansi_pdf() -> bytes:
    """As old programs wrote it: 宋体 as a Latin font, its text in GBK."""
    return _paper(
        _shown("gbk"), b"/Font << /F1 5 0 R >>",
        b"<< /Type /Font /Subtype /TrueType /BaseFont /#CB#CE#CC#E5 /Encoding /WinAnsiEncoding"
        b" /FirstChar 32 /LastChar 255 /Widths [%s] >>" % (b"500 " * 224),
    )  # fmt: skip


def scanned_pdf() -> bytes:
    """A picture of a page and no text."""
    pixels = zlib.compress(bytes(range(64)))
    return _paper(
        b"q 595 0 0 842 0 0 cm /Im1 Do Q", b"/XObject << /Im1 5 0 R >>",
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(pixels), pixels),
    )  # fmt: skip


# -- tables and OFD --------------------------------------------------------------------------------

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(rows: list[list[str]], merged: str = "", changed: Callable[[str], str] = str) -> bytes:
    """A workbook of one sheet; ``merged`` names a range of cells."""

    def cell(row: int, column: int, text: str) -> str:
        place = f"{chr(65 + column)}{row + 1}"
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""

    data = "".join(
        f'<row r="{y + 1}">{"".join(cell(y, x, text) for x, text in enumerate(row))}</row>'
        for y, row in enumerate(rows)
    )
    merge = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return packed({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATED}"><sheets>'
                           '<sheet name="标准" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        "xl/worksheets/sheet1.xml": changed(
            f'<worksheet xmlns="{_SHEET}"><sheetData>{data}</sheetData>{merge}</worksheet>'),
    })  # fmt: skip


FEE_ROWS = [["人群", "缴费档次", "个人缴费"], ["成年人", "普通档", "400"], ["", "高档", "600"]]


def ofd(lines: list[str], changed: Callable[[str], str] = str) -> bytes:
    """An OFD paper of one page."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    texts = "".join(
        f'<ofd:TextObject ID="{at + 10}" Boundary="20 {20 + 10 * at} 170 6" Size="5">'
        f'<ofd:TextCode X="0" Y="5">{line}</ofd:TextCode></ofd:TextObject>'
        for at, line in enumerate(lines)
    )
    return packed({
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                   "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page ID="1"'
                              ' BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": changed(
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="2">{texts}</ofd:Layer></ofd:Content>'
            "</ofd:Page>"),
    })  # fmt: skip


# -- hostile ---------------------------------------------------------------------------------------

_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def _entities(dtd: str, reference: str) -> Callable[[bytes], bytes]:
    def changed(xml: bytes) -> bytes:
        text = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode())
        asked = f"<w:body><w:p><w:r><w:t>{reference}</w:t></w:r></w:p>"
        return ('<?xml version="1.0"?>' + dtd + text.replace("<w:body>", asked, 1)).encode()

    return changed


def _linked_picture(target: str) -> bytes:
    picture = ('<w:p><w:r><w:drawing><a:blip xmlns:a="a" xmlns:r="r" r:link="rIdX"/></w:drawing></w:r>'
               "</w:p>")  # fmt: skip
    related = (f'<Relationships><Relationship Id="rIdX" Type="{_RELATED}/image" Target="{target}"'
               ' TargetMode="External"/></Relationships>')  # fmt: skip
    return docx(picture + NOTICE_BODY, **{"word/_rels/document.xml.rels": related})


def flate_bomb() -> bytes:
    """A page whose stream unpacks to a gigabyte."""
    squeezed = zlib.compressobj(9)
    stream = b"".join(squeezed.compress(b"BT /F1 9 Tf (A) Tj ET\n" * 50_000) for _ in range(1000))
    stream += squeezed.flush()
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip


def hostile(secret: Path) -> dict[str, bytes]:
    """Files that want more than to be read, by name; some of them name the file ``secret``."""
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return {
        "laughs.docx": docx(NOTICE_BODY, _entities(_LAUGHS, "&j;")),
        "xxe.docx": docx(
            NOTICE_BODY, _entities(f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "&x;")
        ),
        "deep.docx": docx("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000),
        "paragraphs.docx": docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2_500_000),
        "link_file.docx": _linked_picture(secret.as_uri()),
        "link_http.docx": _linked_picture("http://127.0.0.1:9/x.png"),
        "laughs.xlsx": xlsx(FEE_ROWS, changed=lambda xml: '<?xml version="1.0"?>' + _LAUGHS + xml),
        "laughs.ofd": ofd(LINES, lambda xml: _LAUGHS + xml.replace(LINES[0], "&j;")),
        "bomb.xlsx": xlsx(FEE_ROWS, changed=lambda xml: xml.replace(
            "<sheetData>", "<sheetData>" + '<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 3_000_000)),
        "corner.xlsx": (READY_MADE / "corner.xlsx").read_bytes(),
        "dim.xlsx": (READY_MADE / "dim.xlsx").read_bytes(),
        "loop.pdf": pdf([catalogue, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 100000000 >>", page]),
        "js.pdf": pdf([
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript"
            b" /JS (app.launchURL\\('http://127.0.0.1:9'\\)) >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
        ]),
        "flate.pdf": flate_bomb(),
        "deep.html": b"<html><body>" + b"<div>" * 300_000 + "医保".encode() + b"</div>" * 300_000,
        "big.html": "<p>参保人员应当按照规定缴纳基本医疗保险费。</p>".encode() * 140_000,
    }  # fmt: skip
