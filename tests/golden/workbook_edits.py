#!/usr/bin/env python3
"""One cell of each kind of answer is edited, by openpyxl and by LibreOffice: the submission changes at
that place as expected, and nowhere else. So no answer travels outside its visible cell.

    workbook_edits.py COSP SOURCE
"""
import datetime
import shutil
import sys
import tempfile
from pathlib import Path

import workbook_tools as tools

ANSWERS, ROW = "/answers/", "/registers/instruments/r1/values/"
FIRST_DAY = datetime.date(1899, 12, 30)


def change(path, before, after):
    return f"{path}: {before} -> {after}"


# (code, property), what is entered, and the lines of difference that follow.
EDITS = [
    (("skyglow.stage", "answer"), "Reached", [change(ANSWERS + "skyglow.stage", '"halfway"', '"reached"')]),
    (("cover.filing", "answer"), "Renewed report", [change(ANSWERS + "cover.filing", '"opening"', '"renewed"')]),
    (("cover.credit", "answer"), "No", [change(ANSWERS + "cover.credit", '"yes"', '"no"')]),
    (("skyglow.quiet_hours/facades", "answer"), "✓",
     [change(ANSWERS + "skyglow.quiet_hours", '["streets", "billboards"]', '["streets", "facades", "billboards"]')]),
    (("skyglow.lamps", "answer"), 250001, [change(ANSWERS + "skyglow.lamps", '"250000"', '"250001"')]),
    (("skyglow.outlay/amount", "answer"), 12.25,
     [change(ANSWERS + "skyglow.outlay/amount", '"1250000.5"', '"12.25"')]),
    (("skyglow.outlay/currency", "answer"), "EUR",
     [change(ANSWERS + "skyglow.outlay/currency", '"XTS"', '"EUR"')]),
    (("cover.desk", "answer"), "Office of Shades",
     [change(ANSWERS + "cover.desk", '"Office of Lamps and Lanterns"', '"Office of Shades"')]),
    (("wildlife.remark", "answer"), "Moths;\nthen \"bats\" […]",
     [change(ANSWERS + "wildlife.remark", "(nothing)", '"Moths;\\nthen \\"bats\\" […]"')]),
    (("cover.signed_off", "answer"), datetime.date(2029, 4, 13),
     [change(ANSWERS + "cover.signed_off", '"2029-04-12"', '"2029-04-13"')]),
    (("cover.span/end", "answer"), datetime.date(2028, 12, 30),
     [change(ANSWERS + "cover.span/end", '"2028-12-31"', '"2028-12-30"')]),
    (("cover.tongue", "answer"), "ar", [change(ANSWERS + "cover.tongue", '"en"', '"ar"')]),
    (("skyglow.acts/3", "answer"), "Decree on Dark Shores [r2]",
     [change(ANSWERS + "skyglow.acts", '["r1"]', '["r1", "r2"]')]),
    (("cover.desk_email", "answer"), "shades@lamps.example",
     [change("/contacts" + ANSWERS + "cover.desk_email", '"desk@lamps.example"', '"shades@lamps.example"')]),
    (("instruments/r1", "keeper_email"), "new@lamps.example",
     [change("/contacts/registers/instruments/r1/keeper_email", '"gazette@lamps.example"', '"new@lamps.example"')]),
    (("instruments/r1", "name"), "Lamps Act", [change(ROW + "name", '"Outdoor Lamps Act"', '"Lamps Act"')]),
    (("instruments/r1", "kind"), "By-law", [change(ROW + "kind", '"statute"', '"by_law"')]),
    (("instruments/r1", "passed_on"), datetime.date(2026, 5, 21),
     [change(ROW + "passed_on", '"2026-05-20"', '"2026-05-21"')]),
    (("instruments/r1", "measures"), "Outdoor lamps\nAnimals of the night",
     [change(ROW + "measures", '["skyglow", "observatories"]', '["skyglow", "wildlife"]')]),
    (("instruments/r1", "passages"), "3bis(1); 3bis(2)",
     [change(ROW + "passages", '["3bis(1)", "V.2"]', '["3bis(1)", "3bis(2)"]')]),
    (("instruments/ins-1", "name"), "A third",
     [change("/registers/instruments/(order)", '["r1", "r2"]', '["r1", "r2", "ins-1"]'),
      change("/registers/instruments/ins-1/id", "(nothing)", '"ins-1"'),
      change("/registers/instruments/ins-1/values/name", "(nothing)", '"A third"')]),
    (("wildlife.stage", "note"), "Half", [change(ANSWERS + "wildlife.stage/note", "(nothing)", '"Half"')]),
    (("wildlife.stage", "visibility"), "Secretariat only",
     [change(ANSWERS + "wildlife.stage/visibility", "(nothing)", '"secretariat"')]),
    (("wildlife.stage", "author"), "Parks", [change(ANSWERS + "wildlife.stage/author", "(nothing)", '"Parks"')]),
    (("wildlife.stage", "origin"), "Prefilled",
     [change(ANSWERS + "wildlife.stage/origin", "(nothing)", '"prefilled"')]),
    (("observatories.remark", "reason"), "Under consideration",
     [change(ANSWERS + "observatories.remark/reason", "(nothing)", '"under_consideration"')]),
    (("wildlife.outlay", "detail"), "Not yet added up",
     [change(ANSWERS + "wildlife.outlay/detail", '"never_counted"', '"not_yet_added_up"')]),
    (("wildlife.outlay", "expected_on"), datetime.date(2030, 1, 2),
     [change(ANSWERS + "wildlife.outlay/expected_on", "(nothing)", '"2030-01-02"')]),
    (("wildlife.difficulties", "rows"), "Outdoor Lamps Act [r1]; r2",
     [change(ANSWERS + "wildlife.difficulties/rows", '["r1"]', '["r1", "r2"]')]),
    (("header.stage", "answer"), "draft", [change("/stage", '"final"', '"draft"')]),
    (("header.revision", "answer"), 2, [change("/revision", "1", "2")]),
    (("cover.desk", "answer"), None, [change(ANSWERS + "cover.desk", '"Office of Lamps and Lanterns"', "(nothing)")]),
]
# Types that the second treaty does not ask for, on a submission of the first.
FURTHER = [
    (("gen.focal_phone", "answer"), "+99991339440", "/contacts/answers/gen.focal_phone", '"+99991339440"'),
    (("offers/off-1", "languages"), "fr; ar", "/registers/offers/off-1/values/languages", '["fr", "ar"]'),
    (("statistics/sta-1", "period/end"), datetime.date(2027, 11, 30),
     "/registers/statistics/sta-1/values/period/end", '"2027-11-30"'),
    (("measures/mea-1", "documents"), "doc-2; doc-1",
     "/registers/measures/mea-1/values/documents", '["doc-2", "doc-1"]'),
]


def by_openpyxl(path, edits, folder):
    """One workbook for each edit: the cell is set, saved and set back."""
    book = tools.load(path)
    cells = tools.cells_of(book)
    for number, (key, value, *_) in enumerate(edits):
        sheet, at = cells[key]
        cell = book[sheet][at]
        before = cell.value
        cell.value = value
        book.save(folder / f"p{number}.xlsx")
        cell.value = before
        yield folder / f"p{number}.xlsx"


def by_office(office, path, edits, folder):
    cells = tools.cells_of(tools.load(path))
    document = office.load(path)
    tools.unprotect(document)
    for number, (key, value, *_) in enumerate(edits):
        sheet, at = cells[key]
        cell = document.Sheets.getByName(sheet).getCellRangeByName(at)
        before = cell.getDataArray() if hasattr(cell, "getDataArray") else None
        if value is None:
            cell.setString("")
        elif isinstance(value, datetime.date):
            cell.setValue((value - FIRST_DAY).days)
        elif isinstance(value, (int, float)):
            cell.setValue(value)
        else:
            cell.setString(value)
        yield office.store(document, folder / f"o{number}.xlsx")
        cell.setDataArray(before)
    document.close(True)


def check(cosp, way, base, made, edits):
    faults = []
    was = cosp.content(base)
    for path, (key, value, wanted) in zip(made, edits):
        found = tools.differences(was, cosp.content(path, "--leave-out", statuses=(0, 1, 3)) or {})
        if found != sorted(wanted):
            faults.append(f"{way}: {key} = {value!r}\n  wanted {sorted(wanted)}\n  found  {found}")
    return faults


def base_books(cosp, folder):
    """A submission of the second treaty, and one of the first that has what FURTHER edits."""
    path = cosp.source / "tests/support/submissions/night-skies-report/QMA.json"
    # A reason that cites rows, so that there is one to edit.
    text = path.read_text(encoding="utf-8").replace(
        '"wildlife.studied": {', '"wildlife.difficulties": {"reason": "reported_elsewhere", "rows": ["r1"]},\n'
        '    "wildlife.studied": {', 1)
    (folder / "second.json").write_text(text, encoding="utf-8")
    second = cosp.convert(folder / "second.json", folder / "second.xlsx", "--lang", "en")
    cosp.run("sample", "--form", "uncc-implementation", "--states", 60, "--seed", 5, "--output", folder / "made")
    return second, cosp.convert(folder / "made" / "QMA.json", folder / "first.xlsx", "--lang", "en")


def further_edits(cosp, first):
    was = tools.flat(cosp.content(first))
    edits = []
    for key, value, path, after in FURTHER:
        before = was.get(path, was.get(path + "/value", "(nothing)"))
        edits.append((key, value, [change(path, before, after)] if before != after else []))
    return edits


def main():
    cosp = tools.Cosp(sys.argv[1], sys.argv[2])
    folder = Path(tempfile.mkdtemp(prefix="cosp-edits-"))
    faults = []
    try:
        second, first = base_books(cosp, folder)
        with tools.Office(folder) as office:
            for base, edits in ((second, EDITS), (first, further_edits(cosp, first))):
                ways = {"openpyxl": by_openpyxl(base, edits, folder),
                        "LibreOffice": by_office(office, base, edits, folder)}
                for way, made in ways.items():
                    faults += check(cosp, way, base, made, edits)
    finally:
        shutil.rmtree(folder, True)
    print(f"{len(EDITS) + len(FURTHER)} edits in two programs, {len(faults)} other than expected")
    sys.exit("\n".join(faults) if faults else 0)


if __name__ == "__main__":
    main()
