"""Writes a workbook as lines of text: what openpyxl reads, so that a test can look for it."""
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
print("sheets\t" + " ".join(book.sheetnames))
for defined in sorted(book.defined_names.definedName, key=lambda one: one.name):
    print(f"name\t{defined.name}\t{defined.attr_text}")
for sheet in book.worksheets:
    for table in sheet.tables.values():
        print(f"table\t{sheet.title}\t{table.name}\t{table.ref}")
    print(f"charts\t{sheet.title}\t{len(sheet._charts)}")
    setup = sheet.page_setup
    print(f"print\t{sheet.title}\t{setup.orientation}\t{setup.paperSize}\t{sheet.print_title_rows}")
    print(f"right_to_left\t{sheet.title}\t{bool(sheet.sheet_view.rightToLeft)}")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                print(f"{sheet.title}!{cell.coordinate}\t{cell.data_type}\t{cell.value}")
