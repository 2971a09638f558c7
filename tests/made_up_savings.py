"""Made-up savings lines and trackers for tests: nobody's plan."""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from pathlib import Path

import polars as pl

from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.savings import Basis, Recurrence, SavingKind, SavingsLine, Status, StatusOn, UnplacedSaving, pounds

SAID = NoOfficialSource(reason="made up")
YEARS = [FinancialYear.starting(2020 + n) for n in range(8)]
TOKEN = "Zebedee" + "Quux"

KEPT = pl.DataFrame(
    {
        "Ref": ["S1", "S2", "S3"],
        "Savings description": ["An Edge of Care Team", "Fewer agency staff", "Income from places"],
        "Programme": ["Placements", "Workforce", "Placements"],
        "Cost centre": ["CC1", "CC2", None],
        "Type": ["Cashable", "cost-avoidance", "Income"],
        "2023/24 £'000": ["(390)", "(332)", "0"],
        "2024-25 (£m)": ["-0.390", "", "-£25k"],
        "Comments": ["x", "y", None],
    }
)
"""A tracker as one might be kept: savings in brackets and below 0, a blank and a nought."""


def any_line(draw, number, *, gaps=True):
    """A line of any basis and recurrence, some with years missing and some with a figure of no named year.

    Args:
        draw: A `random.Random`.
        number: For its key.
        gaps: Whether years between may have no figure.
    """
    count = draw.randint(0, 5)
    years = sorted(draw.sample(YEARS[1:], count)) if gaps else YEARS[1 : 1 + count]
    basis = draw.choice(list(Basis))
    last = years[-1] if years else draw.choice(YEARS[:4])
    later = None
    if not years or draw.random() < 0.3:
        after = draw.choice([year for year in YEARS if year >= last])
        later = UnplacedSaving(said="Future", after=after, saving=pounds(draw.randint(-999, 999)))
    stated = StatusOn(status=draw.choice(list(Status)), on=dt.date(2024, 1, 31))
    return SavingsLine(
        key=f"L{number:05}",
        description="A saving",
        programme=draw.choice(["P", "Q"]),
        cost_centre=draw.choice(["CC1", None]),
        amounts={year: pounds(draw.randint(-(10**8), 10**8)) for year in years},
        unplaced=later,
        basis=basis,
        base_year=YEARS[0] if basis is Basis.CUMULATIVE else None,
        recurrence=draw.choice(list(Recurrence)),
        kind=draw.choice(list(SavingKind)),
        status=draw.choice([None, stated]),
        already_counted_in=draw.choice([None, (), ("MTFP", "Better Buckinghamshire")]),
        source=SAID,
    )


def lines(seed, count, *, gaps=True):
    """Lines of one seed."""
    draw = random.Random(seed)
    return [any_line(draw, number, gaps=gaps) for number in range(count)]


def xlsx(path: Path, rows) -> Path:
    """A spreadsheet of one sheet, "Tracker", written by hand as the format has it."""
    body = "".join(
        f'<row r="{n}">{"".join(_cell(f"{chr(65 + m)}{n}", value) for m, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Tracker" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as written:
        for name, text in parts.items():
            written.writestr(name, f'<?xml version="1.0"?>{text}')
    return path


def _cell(place, value):
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def ods(path: Path, rows) -> Path:
    """An OpenDocument spreadsheet of one sheet, "Tracker", written by hand as the format has it."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "manifest")}
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in names.items())
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Tracker">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("mimetype", kind)
        written.writestr("content.xml", content)
        written.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
