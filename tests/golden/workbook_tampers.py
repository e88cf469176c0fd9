"""Workbooks as people and programs spoil them: a table of named edits of one workbook.

An edit gets a Book (openpyxl), a document (LibreOffice) or the bytes of the file. ANSWER is the column
of answers of the sheet for chapter A.
"""
import copy
import datetime
import io
import zipfile

from openpyxl.comments import Comment
from openpyxl.utils.datetime import MAC_EPOCH

import workbook_tools as tools

TAMPERS = []  # (name, kind, function, suffix)


class Book:
    def __init__(self, path):
        self.book = tools.load(path)
        self.cells = tools.cells_of(self.book)

    def cell(self, code, name="answer"):
        sheet, at = self.cells[(code, name)]
        return self.book[sheet][at]

    def sheet(self, code, name="answer"):
        return self.cell(code, name).parent

    def set(self, code, value, name="answer", number_format=None):
        cell = self.cell(code, name)
        cell.value = value
        if number_format:
            cell.number_format = number_format
        return cell


def _add(kind, suffix):
    def register(function):
        TAMPERS.append((function.__name__.replace("_", "-"), kind, function, suffix))
        return function
    return register


openpyxl_edit = _add("openpyxl", "xlsx")
office_edit = _add("office", "xlsx")
office_ods_edit = _add("office", "ods")
bytes_edit = _add("bytes", "xlsx")


def simple(name, code, value, column="answer", number_format=None):
    """An edit that enters one value."""
    def edit(book):
        book.set(code, value, column, number_format)
    TAMPERS.append((name, "openpyxl", edit, "xlsx"))


# Choices.
simple("choice-of-another-list-pasted", "skyglow.stage", "Decree")
simple("choice-in-arabic", "skyglow.stage", "في المنتصف")
simple("choice-as-code-in-capitals", "skyglow.stage", " HALFWAY ")
simple("choice-mistyped", "skyglow.stage", "Halfwya")
simple("choice-as-number", "skyglow.stage", 3)
simple("choice-as-boolean", "skyglow.hearing", True)
simple("choice-of-spaces", "skyglow.stage", "   ")
simple("choice-not-applicable", "skyglow.stage", "N/A")
simple("choice-sans-objet", "skyglow.stage", "sans objet")
simple("figure-not-applicable", "skyglow.lamps", "n/a")
simple("choice-and-reason", "skyglow.stage", "Withheld", "reason")
simple("reason-mistyped", "observatories.remark", "Not avialable", "reason")
simple("reason-of-another-language", "observatories.remark", "غير متاح", "reason")
simple("visibility-mistyped", "skyglow.stage", "Pubic", "visibility")
simple("origin-mistyped", "skyglow.stage", "By hand", "origin")
simple("detail-without-reason", "skyglow.lamps", "Never counted", "detail")
# Ticks.
simple("tick-x", "skyglow.quiet_hours/facades", "x")
simple("tick-one", "skyglow.quiet_hours/facades", 1)
simple("tick-true", "skyglow.quiet_hours/facades", True)
simple("tick-false", "skyglow.quiet_hours/facades", False)
simple("tick-zero", "skyglow.quiet_hours/streets", 0)
simple("tick-yes-in-russian", "skyglow.quiet_hours/facades", "Да")
simple("tick-no-in-chinese", "skyglow.quiet_hours/streets", "否")
simple("tick-other-signs", "skyglow.quiet_hours/facades", "☑")
simple("tick-unclear-word", "skyglow.quiet_hours/facades", "partly")
simple("tick-two", "skyglow.quiet_hours/facades", 2)
simple("several-in-the-question-row", "skyglow.quiet_hours", "Streets; Facades")
simple("ticks-of-a-register-pasted", "skyglow.quiet_hours", "Streets; Moon")
# Figures.
for _name, _value in {
        "french-spaces": "1 234 567,5", "narrow-no-break-space": "1\u202f234,50", "swiss-apostrophe": "1’234’567",
        "spanish-points": "1.234.567,5", "english-commas": "1,234,567.5", "arabic-digits": "١٢٣٤",
        "arabic-separators": "١٬٢٣٤٬٥٦٧٫٥", "wide-digits": "１２３４", "ambiguous-point": "1.234",
        "ambiguous-comma": "1,234", "with-unit": "1200 lamps", "in-words": "twelve", "with-exponent": "1e3",
        "negative": "-5", "true-minus": "−5", "chinese-ten-thousands": "12万", "with-apostrophe": "'1200",
        "with-no-break-space-around": "\u00a01200\u00a0", "with-direction-marks": "\u200f1200\u200e",
        "of-nineteen-digits": "1234567890123456789"}.items():
    simple("figure-" + _name, "skyglow.lamps", _value)
simple("figure-as-date", "skyglow.lamps", datetime.date(2028, 3, 1), number_format="yyyy-mm-dd")
simple("figure-as-percentage", "skyglow.lamps", 0.25, number_format="0%")
simple("figure-as-currency", "skyglow.outlay/amount", 1234.5, number_format='"€"#,##0.00')
simple("figure-with-colours", "skyglow.lamps", 7, number_format='[Red]0.00;[Blue]-0.00')
simple("figure-as-boolean", "skyglow.lamps", True)
simple("figure-huge", "skyglow.lamps", 1e300)
simple("figure-of-binary-dust", "observatories.zone_radius", 0.1 + 0.2)
simple("amount-without-currency", "skyglow.outlay/currency", None)
simple("money-in-one-cell", "skyglow.outlay", "12 EUR")
simple("currency-as-sign", "skyglow.outlay/currency", "€")
# Dates.
for _name, _value in {
        "iso": "2029-04-01", "day-first-unambiguous": "13.04.2029", "ambiguous": "03/04/2029", "english-words": "3 April 2029",
        "chinese": "2029年4月3日", "slashes-year-first": "2029/4/3", "no-such-day": "2029-02-30", "year-only": "2029",
        "two-digit-year": "3.4.29", "arabic-digits": "٢٠٢٩-٠٤-٠٣", "with-time": "2029-04-03T10:00:00Z"}.items():
    simple("date-" + _name, "cover.signed_off", _value)
simple("date-that-lost-its-format", "cover.signed_off", 47211, number_format="General")
simple("date-with-time-of-day", "cover.signed_off", datetime.datetime(2029, 4, 1, 13, 30))
simple("date-in-another-format", "cover.signed_off", datetime.date(2029, 4, 1), number_format='d. mmmm yyyy')
simple("date-as-time-only", "cover.signed_off", datetime.time(13, 30), number_format="hh:mm")
simple("period-end-before-start", "cover.span/end", datetime.date(2026, 1, 1))
simple("period-start-missing", "cover.span/start", None)
# Citations, provisions, addresses.
simple("row-cited-by-name", "skyglow.acts/2", "decree on dark shores")
simple("row-cited-by-id", "skyglow.acts/2", "r2")
simple("row-cited-that-is-not-there", "skyglow.acts/2", "Moon Act [r9]")
simple("row-cited-twice", "skyglow.acts/2", "Outdoor Lamps Act [r1]")
simple("rows-cited-in-one-cell", "skyglow.acts/1", "Outdoor Lamps Act [r1]; Decree on Dark Shores [r2]")
simple("provision-that-is-not-there", "instruments/r1", "3bis(9)", "passages")
simple("e-mail-with-space", "cover.desk_email", "desk @lamps.example")
simple("language-by-name", "cover.tongue", "Arabic")
simple("language-unknown", "cover.tongue", "Elvish")
# Texts.
simple("text-of-spaces", "cover.desk", "   ")
simple("text-as-number", "cover.desk", 12.5)
simple("text-as-date", "cover.desk", datetime.date(2029, 4, 1), number_format="yyyy-mm-dd")
simple("text-as-boolean", "cover.desk", True)
simple("text-of-32767", "skyglow.remark", "long " * 6553)
simple("text-with-equals-sign-as-text", "cover.desk", "'=1+1")
simple("text-with-broken-escape", "cover.desk", "\\:a\\qb")
simple("text-that-breaks-off", "skyglow.remark", "first part\\+")
simple("text-with-hidden-direction", "cover.desk", "Office \u202egnivil")
simple("text-over-its-limit", "cover.desk", "word " * 40)
simple("text-with-line-breaks", "skyglow.remark", "one\r\ntwo\n\nthree")
# Formulas and errors.
simple("formula-never-calculated", "skyglow.lamps", "=1+1")
simple("error-not-available", "skyglow.lamps", "#N/A")
simple("error-reference", "cover.desk", "#REF!")
# Cover.
simple("cycle-of-another-round", "header.cycle", "night-skies-second-round")
simple("state-of-another", "header.submitter", "QMB")
simple("state-unknown", "header.submitter", "Atlantis")
simple("release-of-the-past", "header.version", "1.0.0")
simple("form-of-another-treaty", "header.form", "uncc-implementation")
simple("format-of-the-future", "header.format", "cosp-workbook/2")
simple("revision-in-words", "header.revision", "second")
simple("stage-mistyped", "header.stage", "finished")
simple("purpose-in-arabic", "header.purpose", "اختبار")


@openpyxl_edit
def error_in_a_cell(book):
    cell = book.set("skyglow.lamps", "#DIV/0!")
    cell.data_type = "e"


@openpyxl_edit
def rows_inserted_above_answers(book):
    book.sheet("skyglow.stage").insert_rows(12, 3)


@openpyxl_edit
def column_inserted_before_answers(book):
    book.sheet("skyglow.stage").insert_cols(9)


@openpyxl_edit
def column_of_answers_deleted(book):
    book.sheet("skyglow.stage").delete_cols(book.cell("skyglow.stage").column)


@openpyxl_edit
def column_of_notes_deleted(book):
    book.sheet("skyglow.stage").delete_cols(book.cell("skyglow.stage", "note").column)


@openpyxl_edit
def column_of_codes_deleted(book):
    book.sheet("skyglow.stage").delete_cols(1)


@openpyxl_edit
def codes_emptied_but_the_marker(book):
    for row in book.sheet("skyglow.stage").iter_rows(min_row=2, max_col=1):
        row[0].value = None


@openpyxl_edit
def head_row_deleted(book):
    book.sheet("skyglow.stage").delete_rows(1)


@openpyxl_edit
def marker_of_the_future(book):
    book.sheet("skyglow.stage")["A1"].value = "cosp/2 questions"


@openpyxl_edit
def question_row_deleted(book):
    book.sheet("skyglow.lamps").delete_rows(book.cell("skyglow.lamps").row)


@openpyxl_edit
def question_row_moved_to_the_end(book):
    sheet, row = book.sheet("skyglow.lamps"), book.cell("skyglow.lamps").row
    for column, cell in enumerate([c.value for c in sheet[row]], 1):
        sheet.cell(sheet.max_row + (1 if column == 1 else 0), column).value = cell
    sheet.delete_rows(row)


@openpyxl_edit
def question_row_copied_alike(book):
    sheet, row = book.sheet("skyglow.lamps"), book.cell("skyglow.lamps").row
    end = sheet.max_row + 1
    for column, cell in enumerate([c.value for c in sheet[row]], 1):
        sheet.cell(end, column).value = cell


@openpyxl_edit
def question_row_copied_and_changed(book):
    question_row_copied_alike(book)
    sheet = book.sheet("skyglow.lamps")
    sheet.cell(sheet.max_row, book.cell("skyglow.lamps").column).value = 9


@openpyxl_edit
def code_mistyped(book):
    cell = book.cell("skyglow.lamps")
    cell.parent.cell(cell.row, 1).value = "skyglow.lmps"


@openpyxl_edit
def code_of_an_answer_emptied(book):
    cell = book.cell("skyglow.lamps")
    cell.parent.cell(cell.row, 1).value = None


@openpyxl_edit
def line_of_no_option(book):
    cell = book.cell("skyglow.quiet_hours/streets")
    cell.parent.cell(cell.row, 1).value = "skyglow.quiet_hours/alleys"


@openpyxl_edit
def sheets_renamed_hidden_and_turned_round(book):
    for number, sheet in enumerate(book.book):
        sheet.title = f"Blatt {number}"
    book.book["Blatt 3"].sheet_state = "hidden"
    book.book["Blatt 4"].sheet_state = "veryHidden"
    book.book._sheets.reverse()


@openpyxl_edit
def sheet_copied(book):
    book.book.copy_worksheet(book.sheet("skyglow.stage"))


@openpyxl_edit
def sheet_copied_and_changed(book):
    made = book.book.copy_worksheet(book.sheet("skyglow.stage"))
    made[book.cell("skyglow.lamps").coordinate].value = 9


@openpyxl_edit
def sheet_of_a_chapter_deleted(book):
    book.book.remove(book.sheet("skyglow.stage"))


@openpyxl_edit
def cover_deleted(book):
    book.book.remove(book.sheet("header.form"))


@openpyxl_edit
def lists_deleted(book):
    book.book.remove(book.book["Lists"])


@openpyxl_edit
def contacts_deleted(book):
    book.book.remove(book.sheet("cover.desk_email"))


@openpyxl_edit
def register_sheet_deleted(book):
    book.book.remove(book.sheet("instruments/r1", "name"))


@openpyxl_edit
def sheet_of_somebody_added(book):
    book.book.create_sheet("Calculations")["B2"].value = "our own sums"


@openpyxl_edit
def text_outside_answers(book):
    book.sheet("skyglow.stage")["Z9"].value = "please check"


@openpyxl_edit
def text_below_the_table(book):
    sheet = book.sheet("skyglow.stage")
    sheet.cell(sheet.max_row + 5, 9).value = "and one thing more"


@openpyxl_edit
def labels_overwritten(book):
    cell = book.cell("skyglow.lamps", "answer")
    cell.parent.cell(cell.row, cell.column - 1).value = "How many?"


@openpyxl_edit
def register_row_deleted_though_cited(book):
    book.sheet("instruments/r1", "name").delete_rows(book.cell("instruments/r1", "name").row)


@openpyxl_edit
def register_row_id_changed(book):
    cell = book.cell("instruments/r1", "name")
    cell.parent.cell(cell.row, 1).value = "r7"


@openpyxl_edit
def register_row_without_id(book):
    sheet = book.sheet("instruments/r1", "name")
    end = sheet.max_row + 1
    sheet.cell(end, 2).value = "Act without a number"


@openpyxl_edit
def register_row_copied(book):
    sheet, row = book.sheet("instruments/r1", "name"), book.cell("instruments/r1", "name").row
    for column, value in enumerate([c.value for c in sheet[row]], 1):
        sheet.cell(sheet.max_row + (1 if column == 1 else 0), column).value = value


@openpyxl_edit
def register_row_copied_and_changed(book):
    register_row_copied(book)
    sheet = book.sheet("instruments/r1", "name")
    sheet.cell(sheet.max_row, 2).value = "Another Act"


@openpyxl_edit
def register_row_copied_and_changed_across_a_gap(book):
    sheet, row = book.sheet("instruments/r1", "name"), book.cell("instruments/r1", "name").row
    end = sheet.max_row + 4
    for column, value in enumerate([c.value for c in sheet[row]], 1):
        sheet.cell(end, column).value = value
    sheet.cell(end, 1).value = "r8"


@openpyxl_edit
def register_rows_swapped(book):
    sheet, row = book.sheet("instruments/r1", "name"), book.cell("instruments/r1", "name").row
    above, below = ([c.value for c in sheet[r]] for r in (row, row + 1))
    for column, (first, second) in enumerate(zip(above, below), 1):
        sheet.cell(row, column).value, sheet.cell(row + 1, column).value = second, first


@openpyxl_edit
def register_column_renamed(book):
    sheet = book.sheet("instruments/r1", "name")
    next(c for c in sheet[1] if c.value == "kind").value = "kinds"


@openpyxl_edit
def answers_merged_over_two_rows(book):
    cell = book.cell("skyglow.lamps")
    cell.parent.merge_cells(start_row=cell.row, end_row=cell.row + 1, start_column=cell.column,
                            end_column=cell.column)


@openpyxl_edit
def comment_beside_an_answer(book):
    book.cell("skyglow.lamps").comment = Comment("Is that so?", "a reader")


@openpyxl_edit
def protection_taken_off_and_words_changed(book):
    for sheet in book.book:
        sheet.protection.sheet = False
    book.book["Progress"]["B3"].value = "changed"


@openpyxl_edit
def days_counted_from_1904(book):
    book.book.epoch = MAC_EPOCH


@openpyxl_edit
def three_findings_at_once(book):
    book.set("skyglow.lamps", "1.234")
    book.set("cover.signed_off", "03/04/2029")
    book.set("skyglow.stage", "Decree")


@office_edit
def saved_by_libreoffice(_document, _cell):
    pass


@office_ods_edit
def saved_as_ods(_document, _cell):
    pass


@office_edit
def formula_with_a_value(_document, cell):
    cell("skyglow.lamps").setFormula("=1200+34")


@office_ods_edit
def formula_with_a_value_in_ods(_document, cell):
    cell("skyglow.lamps").setFormula("=1200+34")


@office_edit
def formula_with_an_error(_document, cell):
    cell("skyglow.lamps").setFormula("=1/0")


@office_ods_edit
def formula_with_an_error_in_ods(_document, cell):
    cell("skyglow.lamps").setFormula("=1/0")


@office_edit
def formula_of_a_text(_document, cell):
    cell("cover.desk").setFormula('="Office of "&"Shades"')


@office_ods_edit
def booleans_in_ods(_document, cell):
    cell("skyglow.quiet_hours/facades").setFormula("=TRUE()")


@office_ods_edit
def percentage_in_ods(document, cell):
    _format(document, cell("skyglow.lamps"), "0%").setValue(0.25)


@office_ods_edit
def currency_in_ods(document, cell):
    _format(document, cell("skyglow.outlay/amount"), "[$€-407]#,##0.00").setValue(1234.5)


@office_ods_edit
def date_of_a_figure_in_ods(document, cell):
    _format(document, cell("skyglow.lamps"), "YYYY-MM-DD").setValue(47211)


@office_ods_edit
def rows_and_columns_inserted_in_ods(_document, cell):
    sheet = cell("skyglow.stage").Spreadsheet
    sheet.Rows.insertByIndex(10, 3)
    sheet.Columns.insertByIndex(8, 2)


@office_edit
def rows_deleted_by_libreoffice(_document, cell):
    target = cell("skyglow.lamps")
    target.Spreadsheet.Rows.removeByIndex(target.CellAddress.Row, 1)


@office_ods_edit
def column_of_codes_deleted_in_ods(_document, cell):
    cell("skyglow.stage").Spreadsheet.Columns.removeByIndex(0, 1)


@office_ods_edit
def text_of_several_paragraphs_in_ods(_document, cell):
    # A tab that is typed in LibreOffice is lost when that program writes ods, before we read it.
    cell("skyglow.remark").setString("one\n\n  three   spaces\tand a tab")


@office_edit
def sheet_moved_and_copied_by_libreoffice(document, cell):
    document.Sheets.copyByName(cell("skyglow.stage").Spreadsheet.Name, "Copy", 0)


@office_ods_edit
def cells_merged_in_ods(_document, cell):
    target = cell("skyglow.lamps")
    address = target.CellAddress
    target.Spreadsheet.getCellRangeByPosition(address.Column, address.Row, address.Column,
                                              address.Row + 1).merge(True)


@office_edit
def register_sorted_by_libreoffice(_document, cell):
    first = cell("instruments/r1", "name")
    row = first.CellAddress.Row
    sheet = first.Spreadsheet
    values = sheet.getCellRangeByPosition(0, row, 6, row + 1)
    values.setDataArray(tuple(reversed(values.getDataArray())))


def _format(document, cell, code):
    from com.sun.star.lang import Locale
    formats, locale = document.getNumberFormats(), Locale("en", "US", "")
    key = formats.queryKey(code, locale, False)
    cell.NumberFormat = key if key != -1 else formats.addNew(code, locale)
    return cell


@bytes_edit
def download_cut(data):
    return data[:len(data) // 2]


@bytes_edit
def csv_renamed(_data):
    return b"code;answer\r\nskyglow.lamps;12\r\n"


@bytes_edit
def nothing_in_the_file(_data):
    return b""


@bytes_edit
def page_renamed(_data):
    return b"<!DOCTYPE html><html><table><tr><td>12</td></tr></table></html>"


@bytes_edit
def another_archive_renamed(_data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    return out.getvalue()


@bytes_edit
def one_byte_flipped(data):
    spoilt = bytearray(data)
    spoilt[len(data) // 2] ^= 0x20
    return bytes(spoilt)


def _rewritten(data, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = change(entry.filename, old.read(entry.filename))
            if text is not None:
                new.writestr(copy.copy(entry), text)
    return out.getvalue()


@bytes_edit
def macro_inside(data):
    out = io.BytesIO(_rewritten(data, lambda _name, text: text))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


@bytes_edit
def shared_texts_gone(data):
    return _rewritten(data, lambda name, text: None if name == "xl/sharedStrings.xml" else text)


@bytes_edit
def entity_declared(data):
    return _rewritten(data, lambda name, text: text.replace(
        b"?>", b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 1)
        if name == "xl/workbook.xml" else text)


@bytes_edit
def text_in_rich_letters(data):
    return _rewritten(data, lambda _name, text: text.replace(
        b"<si><t>Office of Lamps and Lanterns</t></si>",
        b'<si><r><t xml:space="preserve">Office of </t></r><r><rPr><b/></rPr><t>Shades</t></r>'
        b'<rPh sb="0" eb="1"><t>read aloud</t></rPh></si>'))
