"""Enters answers into a workbook as people do: labels from drop-downs or codes, ticks, figures, days,
rows by their names or numbers. The cell is found by the code of its row and the name of its column.
"""
import datetime
import re
from decimal import Decimal

import workbook_tools as tools
from workbook_units import ANSWER, is_row, row_of

MOST_DIGITS = 15


class Typist:
    def __init__(self, book, fields, language, random):
        self.book, self.fields, self.language, self.random = book, fields, language, random
        self.cells, self.labels = tools.cells_of(book), tools.labels_of(book)
        self.codes = {code for code, _ in self.cells}
        self.further = self.further_rows()
        held = self.cells.get(("header.held_back", "answer"))
        held = self.value_at(held) if held else None
        self.held_back = {one.strip() for one in str(held or "").split(";") if one.strip()}

    def value_at(self, cell):
        return self.book[cell[0]][cell[1]].value

    # What the workbook offers.

    def key(self, place):
        """Of the cell that stands for the whole answer."""
        row = row_of(place)
        if row is None:
            return place, ANSWER
        column = place.rsplit("/", 1)[1]
        for end in ("", "/start", "/amount"):
            if (row, column + end) in self.cells:
                return row, column + end
        return row, column

    def offers(self, place):
        names = {place, row_of(place)}
        if names & self.held_back:
            return False
        if is_row(place):
            return place in self.codes
        return self.key(place) in self.cells

    def where(self, place):
        """The cells of the answer: of one that stands in lines, its own and the lines'."""
        code, name = self.key(place)
        keys = [(code, name)]
        if row_of(place) is None:
            keys += [key for key in self.cells if key[0].startswith(place + "/") and key[1] == ANSWER]
        return ["{}!{}".format(*self.cells[key]) for key in keys]

    def prepared(self, register):
        """Numbers of empty entries, in their order."""
        is_empty = {}
        for (code, _), at in self.cells.items():
            if code.startswith(register + "/"):
                is_empty[code] = is_empty.get(code, True) and self.value_at(at) is None
        return [code for code, empty in is_empty.items() if empty]

    # Cells.

    def enter(self, key, value):
        sheet, at = self.cells[key]
        cell = self.book[sheet][at]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with "=" is no formula

    def further_rows(self):
        """Rows of the tables of remarks and texts, by kind and code."""
        found = {}
        for sheet in self.book:
            kind = None
            for row in sheet.iter_rows():
                mark = str(row[0].value or "")
                if mark.startswith("cosp/1 "):
                    kind = mark.split()[1]
                elif kind in ("remarks", "texts") and mark not in ("", "="):
                    found.setdefault((kind, mark), []).append(row)
        return found

    def clear_further(self, kind, code):
        rows = self.further.pop((kind, code), [])
        for row in rows:
            for cell in row:
                cell.value = None
        if not rows:
            return
        for key in [key for key in self.cells if key[0] == f"{kind}:{code}"]:
            del self.cells[key]

    def further_row(self, kind, code, properties):
        """A row behind the table of that kind, on a sheet of its own when there is none yet."""
        marker = f"cosp/1 {kind}"
        sheet = next((s for s in self.book if s["A1"].value == marker), None)
        if sheet is None:
            sheet = self.book.create_sheet(kind.capitalize())
            sheet.append([marker, *properties])
        names = {cell.value: cell.column for cell in sheet[1][1:] if cell.value}
        row = sheet.max_row + 1
        sheet.cell(row, 1).value = code
        prefix = f"{kind}:" if kind in ("remarks", "texts") else ""
        for name, column in names.items():
            if not name.startswith("="):
                self.cells[prefix + code, name] = (sheet.title, sheet.cell(row, column).coordinate)
        self.further.setdefault((kind, code), []).append(sheet[row])
        return prefix + code

    # Words.

    def label(self, options, code, name):
        """What the drop-down list offers for it, or its code; both are read."""
        labels = self.labels.get(name) or next(
            (found for key, found in self.labels.items() if str(key).split(" ")[0] == name
             and len(found) == len(options)), [])
        if len(labels) != len(options) or code not in options or self.random.random() < 0.3:
            return code
        written = labels[options.index(code)]
        return code if ";" in written else written

    def choice(self, field, code):
        return self.label(field["options"].split("; "), code, field["list"])

    def row_words(self, row):
        return row if self.random.random() < 0.5 else f"As people call it [{row}]"

    def figure(self, written):
        figure = Decimal(written)
        if len(figure.as_tuple().digits) > MOST_DIGITS:
            return written
        return int(figure) if figure == figure.to_integral_value() else float(figure)

    def day(self, written):
        return datetime.date.fromisoformat(written) if self.random.random() < 0.8 else written

    # Answers.

    def put(self, place, name, value):
        """`value` as a unit has it; None takes it out."""
        if name == "header":
            self.enter((f"header.{place}", "answer"), value)
        elif name == "explanation":
            code = self.further_row("explanations", place, ("digest", "text"))
            self.enter((code, "digest"), value["answers"])
            self.enter((code, "text"), value["text"])
        elif is_row(place):
            if value is None:
                self.take_out_row(place)
        elif name == ANSWER:
            self.put_answer(place, value or {})
        elif name == "note":
            self.put_text(self.beside(place, "note", value), place + "#note", value, None)
        else:
            self.enter_beside(place, name, value)

    def beside(self, place, name, value):
        """The cell's key; nothing where there is no cell and nothing to write."""
        if row_of(place) is None:
            return place, name
        if ("remarks:" + place, name) not in self.cells:
            if value is None:
                return None
            self.further_row("remarks", place, ("reason", "detail", "rows", "expected_on", "note",
                                                "visibility", "author", "origin"))
        return "remarks:" + place, name

    def enter_beside(self, place, name, value):
        key = self.beside(place, name, value)
        if key is not None:
            self.enter(key, value)

    def put_answer(self, place, answer):
        field = self.fields.of(place)
        self.put_value(place, field, answer.get("value"), answer.get("original"))
        for name in ("reason", "detail", "rows", "expected_on"):
            value = answer.get(name)
            if name == "rows" and value is not None:
                value = "; ".join(map(self.row_words, value))
            self.enter_beside(place, name, value)

    def put_value(self, place, field, value, original):
        kind, is_column = field["type"], row_of(place) is not None
        key = self.key(place)
        if kind in ("text", "long"):
            return self.put_text(key, place, value, original)
        if kind in ("period", "money"):
            ends = ("start", "end") if kind == "period" else ("amount", "currency")
            for end in ends:
                written = None if value is None else value[end]
                if written is not None:
                    written = (self.day(written) if kind == "period" else
                               self.figure(written) if end == "amount" else written)
                base = key[1].rsplit("/", 1)[0]
                self.enter((key[0], f"{base}/{end}") if is_column else (f"{place}/{end}", ANSWER), written)
            return None
        if kind in ("multi", "reference") and not is_column:
            return self.put_lines(place, field, value or [])
        if value is None:
            return self.enter(key, None)
        written = {"number": self.figure, "date": self.day}.get(kind, lambda v: v)
        if kind in ("single", "status", "yes_no"):
            value = self.choice(field, value)
        elif kind == "multi":
            value = "; ".join(self.choice(field, one) for one in value)
        elif kind == "reference":
            value = "; ".join(map(self.row_words, value))
        elif kind in ("languages", "provisions"):
            value = self.random.choice(("; ", "\n")).join(value)
        return self.enter(key, written(value))

    def put_lines(self, place, field, entries):
        lines = [code for code, name in self.cells if name == ANSWER and code.startswith(place + "/")]
        if field["type"] == "multi":
            codes = {line.rsplit("/", 1)[1]: line for line in lines}
            entered = {codes[one]: self.random.choice(("✓", "x", "X", 1, True)) for one in entries if one in codes}
            rest = [one for one in entries if one not in codes]
        else:
            entered = dict(zip(lines, map(self.row_words, entries)))
            rest = entries[len(lines):]
        if rest:  # no line for it: all in the question's own cell
            entered = {}
            self.enter((place, ANSWER), "; ".join(entries))
        for line in lines:
            self.enter((line, ANSWER), entered.get(line))

    def put_text(self, key, code, value, original):
        """One language in the cell, the others on the sheet of texts."""
        self.clear_further("texts", code)
        versions = value if isinstance(value, dict) else {} if value is None else {self.language: value}
        if key is not None:
            self.enter(key, versions.get(self.language))
        if versions and self.language not in versions:
            original = original or min(versions)
        for language, text in versions.items():
            if language == self.language:
                continue
            row = self.further_row("texts", code, ("language", "original", "text"))
            self.enter((row, "language"), language)
            self.enter((row, "text"), text)
            if language == original:
                self.enter((row, "original"), "✓")

    def take_out_row(self, place):
        about = re.compile(re.escape(place) + r"(/|$)")
        for kind, code in [key for key in self.further if about.match(key[1])]:
            self.clear_further(kind, code)
        for key in [key for key in self.cells if key[0] == place]:
            self.enter(key, None)

    def keep_row(self, place):
        """An entry in which nothing is filled in is one all the same when a remark names it."""
        self.further_row("remarks", place, ("reason", "note"))
