#!/usr/bin/env python3
"""The workbook for filling in, as openpyxl reads it, which did not write it: blank, filled, prefilled
and in parts, from right to left too.

    form_workbook.py COSP SOURCE
"""
import collections
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries

COSP = SOURCE = None
FORM = "night-skies-report"


def make(folder, name, *arguments, language="en", form=FORM):
    path = folder / name
    command = [COSP, "--data", str(SOURCE / "tests/support"), "form", "workbook", form, "--lang", language,
               "--output", str(path), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return path


def tables(sheet):
    """Markers with their rows: code to property to cell, own words left out."""
    found, head, columns = [], None, {}
    for row in sheet.iter_rows():
        marker = next((c for c in row if isinstance(c.value, str) and c.value.startswith("cosp/1 ")), None)
        if marker is not None:
            head = (marker.value, {})
            columns = {c.column: c.value for c in row if c.value is not None and c is not marker}
            key = marker.column
            found.append(head)
            continue
        if head is None or row[key - 1].value in (None, "="):
            continue
        head[1][row[key - 1].value] = {columns[c.column]: c for c in row if c.column in columns}
    return found


def merged(book, kind):
    rows = {}
    for sheet in book:
        for marker, found in tables(sheet):
            if marker == kind:
                rows.update(found)
    return rows


class Workbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory())) if hasattr(
            cls, "enterClassContext") else Path(tempfile.mkdtemp(prefix="cosp-workbook-"))
        cls.path = make(cls.folder, "blank.xlsx")
        cls.book = openpyxl.load_workbook(cls.path)

    def test_every_sheet_begins_with_its_marker_in_a_hidden_row(self):
        for sheet in self.book:
            first = [c.value for c in sheet[1] if isinstance(c.value, str)]
            self.assertTrue(any(v.startswith("cosp/1 ") for v in first), sheet.title)
            if sheet.sheet_state == "visible":
                self.assertTrue(sheet.row_dimensions[1].hidden, sheet.title)

    def test_holds_every_question_once_and_every_register(self):
        codes = collections.Counter()
        for sheet in self.book:
            for marker, rows in tables(sheet):
                if marker == "cosp/1 questions":
                    codes.update(code for code in rows if "/" not in code)
        schema = subprocess.run([COSP, "--data", str(SOURCE / "tests/support"), "form", "schema", FORM],
                                capture_output=True, text=True, check=True).stdout
        properties = json.loads(schema)["properties"]
        wanted = set(properties["answers"]["properties"]) | {"cover.desk_email"}  # personal: among the contacts
        self.assertEqual(set(codes), wanted)
        self.assertEqual(set(codes.values()), {1})
        markers = [m for s in self.book for m, _ in tables(s)]
        for register in properties["registers"]["properties"]:
            self.assertIn("cosp/1 register " + register, markers)
        self.assertIn("cosp/1 contacts instruments", markers)

    def test_ticks_and_references_have_a_line_each(self):
        rows = merged(self.book, "cosp/1 questions")
        self.assertTrue([c for c in rows if c.startswith("skyglow.hurdles/")])
        self.assertIn("skyglow.acts/1", rows)
        self.assertIn("purse.paid_in/currency", rows)
        self.assertIn("cover.span/start", rows)

    def test_is_locked_but_for_answers(self):
        for sheet in self.book:
            self.assertTrue(sheet.protection.sheet, sheet.title)
            self.assertIsNone(sheet.protection.password)
            self.assertFalse(sheet.protection.formatRows, "rows may be made higher")
        rows = merged(self.book, "cosp/1 questions")
        self.assertFalse(rows["skyglow.stage"]["answer"].protection.locked)
        self.assertFalse(rows["skyglow.stage"]["note"].protection.locked)
        self.assertTrue(rows["skyglow.stage"]["=question"].protection.locked)
        self.assertTrue(rows["skyglow.hurdles"]["answer"].protection.locked)
        for cells in rows.values():
            for name, cell in cells.items():
                if name.startswith("="):
                    self.assertTrue(cell.protection.locked, cell.coordinate)

    def test_answers_are_in_no_merged_cell(self):
        for sheet in self.book:
            self.assertEqual(list(sheet.merged_cells.ranges), [], sheet.title)

    def test_drop_downs_are_backed_by_ranges_and_do_not_overlap(self):
        for sheet in self.book:
            taken = set()
            for validation in sheet.data_validations.dataValidation:
                if validation.type == "list":
                    self.assertNotIn('"', validation.formula1, sheet.title)
                self.assertLessEqual(len(validation.prompt or ""), 255)
                self.assertLessEqual(len(validation.promptTitle or ""), 32)
                for part in str(validation.sqref).split():
                    left, top, right, bottom = range_boundaries(part)
                    for row in range(top, bottom + 1):
                        for column in range(left, right + 1):
                            self.assertNotIn((row, column), taken, f"{sheet.title} {part}")
                            taken.add((row, column))

    def test_is_ready_to_print(self):
        for sheet in self.book:
            setup = sheet.page_setup
            self.assertEqual((setup.orientation, setup.paperSize), ("landscape", 9), sheet.title)
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            if sheet.sheet_state == "visible" and sheet.title != "Start here":
                self.assertTrue(sheet.print_title_rows, sheet.title)
                self.assertIn("&P", sheet.oddFooter.center.text.replace("&[Page]", "&P"))

    def test_names_lead_to_blocks_and_registers(self):
        names = {one.name for one in self.book.defined_names.definedName}
        self.assertLessEqual({"block_skyglow", "block_purse", "register_instruments"}, names)

    def test_has_titles_and_says_what_it_is(self):
        self.assertTrue(self.book.properties.title)
        for sheet in self.book:
            if sheet.sheet_state == "visible":
                self.assertTrue(sheet["A2"].value == "=" and any(c.value for c in sheet[2][1:]), sheet.title)
                self.assertIn("not a document", " ".join(str(c.value) for c in sheet[3]), sheet.title)

    def test_holds_no_macro_and_nothing_from_elsewhere(self):
        import zipfile
        names = zipfile.ZipFile(self.path).namelist()
        self.assertFalse([n for n in names if "vba" in n.lower() or "external" in n.lower()])

    def test_runs_from_right_to_left_in_arabic(self):
        book = openpyxl.load_workbook(make(self.folder, "ar.xlsx", language="ar"))
        for sheet in book:
            self.assertTrue(sheet.sheet_view.rightToLeft, sheet.title)
        self.assertEqual(set(merged(book, "cosp/1 questions")), set(merged(self.book, "cosp/1 questions")))

    def test_same_input_same_bytes(self):
        self.assertEqual(self.path.read_bytes(), make(self.folder, "again.xlsx").read_bytes())

    def filled(self, **changes):
        submission = {
            "format": "cosp-submission/1", "form": {"id": FORM, "version": "1.2.0"},
            "cycle": "night-skies-third-round", "submitter": {"kind": "state", "code": "QMA"}, "revision": 2,
            "stage": "final", "language": "en", "purpose": "test",
            "period": {"start": "2026-01-01", "end": "2027-12-31"},
            "answers": {}, "registers": {}, "contacts": {"answers": {"cover.desk_email": "desk@example.org"}}}
        submission.update(changes)
        path = self.folder / "submission.json"
        path.write_text(json.dumps(submission), encoding="utf-8")
        return path

    def test_holds_whatever_a_submission_holds(self):
        path = self.filled(
            answers={
                "skyglow.stage": {"value": "halfway", "note": {"en": "Half", "fr": "À moitié"}, "author": "Office",
                                  "visibility": "secretariat", "origin": "carried_over"},
                "skyglow.lamps": "123456789012345678",
                "skyglow.shielded": "12",
                "skyglow.remark": {"value": {"en": "=SUM(1)\ttab", "fr": "L" * 40000}, "original": "fr"},
                "skyglow.acts": ["act-1"],
                "skyglow.hurdles": {"reason": "not_available", "detail": None, "expected_on": "2028-05-01"},
                "purse.paid_in": {"amount": "12.50", "currency": "EUR"},
                "nobody.knows": [1, 2]},
            registers={"instruments": [
                {"id": "act-1", "values": {"name": {"value": "Lamps; Act", "note": "Old"}, "passed_on": "1850-02-03"}},
                {"id": "act-2", "values": {}}]},
            explanations=[{"rule": "r", "place": "skyglow.stage", "answers": "d1", "text": "Because"}])
        book = openpyxl.load_workbook(make(self.folder, "filled.xlsx", "--from", path))
        rows = merged(book, "cosp/1 questions")
        said = lambda code, name: rows[code][name].value
        self.assertEqual(said("skyglow.stage", "note"), "Half")
        self.assertEqual(said("skyglow.stage", "author"), "Office")
        self.assertEqual(said("skyglow.lamps", "answer"), "123456789012345678")
        self.assertEqual(said("skyglow.shielded", "answer"), 12)
        self.assertEqual(said("skyglow.remark", "answer"), "\\:=SUM(1)\\ttab")
        self.assertEqual(rows["skyglow.remark"]["answer"].data_type, "s")
        self.assertEqual(said("skyglow.acts/1", "answer"), "Lamps, Act [act-1]")
        self.assertEqual(said("skyglow.hurdles", "expected_on").date().isoformat(), "2028-05-01")
        self.assertEqual(said("purse.paid_in/amount", "answer"), 12.5)
        self.assertEqual(said("purse.paid_in/currency", "answer"), "EUR")
        self.assertEqual(said("cover.desk_email", "answer"), "desk@example.org")
        instruments = merged(book, "cosp/1 register instruments")
        self.assertEqual(instruments["act-1"]["passed_on"].value, "1850-02-03")
        self.assertEqual(set(merged(book, "cosp/1 remarks")), {"instruments/act-1/name", "instruments/act-2"})
        self.assertEqual(merged(book, "cosp/1 unknown")["nobody.knows"]["json"].value, "[1,2]")
        # Rows of explanations have no code: what is explained stands where people type it.
        explained = [row for sheet in book if "cosp/1 explanations" in [cell.value for cell in sheet["A"]]
                     for row in sheet.iter_rows(values_only=True) if "r@skyglow.stage" in row]
        self.assertEqual([row[3] for row in explained], ["d1"])
        texts = [row for sheet in book for marker, found in tables(sheet) if marker == "cosp/1 texts"
                 for row in sheet.iter_rows(values_only=True) if row[0] in ("skyglow.remark", "skyglow.stage#note")]
        self.assertEqual([row[0] for row in texts], ["skyglow.stage#note", "skyglow.remark", "skyglow.remark"])
        self.assertEqual("".join(str(row[4]).removesuffix("\\+") for row in texts[1:]), "L" * 40000)
        self.assertEqual([row[3] for row in texts], [None, "✓", None])
        for sheet in book:
            if sheet.sheet_state == "visible":
                self.assertIn("TEST DATA", " ".join(str(c.value) for c in sheet[3]), sheet.title)

    def test_a_part_leaves_out_what_is_not_its_own(self):
        path = self.filled(answers={
            "skyglow.stage": {"value": "halfway", "visibility": "secretariat", "author": "Lamps Office"},
            "skyglow.lamps": {"value": "5", "visibility": "secretariat", "author": "Parks Office"},
            "observatories.stage": "halfway"})
        book = openpyxl.load_workbook(
            make(self.folder, "part.xlsx", "--from", path, "--chapters", "A", "--for", "Lamps Office"))
        rows = merged(book, "cosp/1 questions")
        self.assertIn("skyglow.stage", rows)
        self.assertNotIn("skyglow.lamps", rows)
        self.assertNotIn("observatories.stage", rows)
        header = merged(book, "cosp/1 header")
        self.assertEqual(header["header.parts"]["answer"].value, "A")
        self.assertIn("skyglow.lamps", header["header.held_back"]["answer"].value.split("; "))
        everything = " ".join(str(c.value) for s in book for r in s.iter_rows() for c in r if c.value is not None)
        self.assertNotIn("desk@example.org", everything)
        ids = merged(book, "cosp/1 register instruments")
        self.assertTrue(all("office" in code for code in ids), list(ids)[:3])

    def test_is_filled_in_from_the_cycle_and_the_last_submission(self):
        previous = self.filled(cycle="night-skies-second-round", answers={"skyglow.stage": "begun"})
        cycle = SOURCE / "tests/support/cycles/night-skies-third-round.yaml"
        state = next(line.split("code:")[1].split(",")[0].strip() for line in
                     (SOURCE / "data/rosters/invented.yaml").read_text(encoding="utf-8").splitlines()
                     if "code: QMA" in line)
        book = openpyxl.load_workbook(make(self.folder, "prefilled.xlsx", "--cycle", cycle, "--state", state,
                                           "--previous", previous))
        rows = merged(book, "cosp/1 questions")
        self.assertEqual(rows["skyglow.stage"]["origin"].value, "Carried over")
        self.assertEqual(rows["cover.filed_by"]["origin"].value, "Prefilled")
        self.assertTrue(rows["cover.filed_by"]["answer"].protection.locked)
        header = merged(book, "cosp/1 header")
        self.assertEqual(header["header.submitter"]["answer"].value, state)
        self.assertEqual(header["header.stage"]["answer"].value, "draft")


if __name__ == "__main__":
    COSP, SOURCE = sys.argv[1], Path(sys.argv[2])
    os.environ["COSP_DATA"] = str(SOURCE)
    unittest.main(argv=sys.argv[:1])
