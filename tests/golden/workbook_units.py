"""A submission taken apart into what a merge decides on one by one, written against docs/formats only:
units are (place, property), a place is "block.suffix", "register/row", "register/row/column",
"rule@place" or a member of the header. What is equal has equal JSON.
"""
import csv
import re

BESIDE = ("note", "visibility", "author", "origin")
LONG = {"value", "reason", *BESIDE}
HEADER = ("stage", "purpose")
ROW, ANSWER = "row", "answer"


class Fields:
    """Questions and columns of a form, from its dictionary."""

    def __init__(self, cosp, form, folder):
        path = folder / f"{form}.csv"
        cosp.run("form", "export", form, "--as", "csv", "--output", path, "--data", cosp.source / "tests/support")
        with path.open(encoding="utf-8-sig") as lines:
            self.by_code = {row["code"]: row for row in csv.DictReader(lines)}
        self.chapters = list(dict.fromkeys(r["chapter"] for r in self.by_code.values() if r["chapter"]))
        self.languages = [name[len("label_"):] for name in next(iter(self.by_code.values()))
                          if name.startswith("label_")]
        self.cites_with_reason = {}

    def of(self, place):
        parts = place.split("@")[0].split("/")
        return self.by_code.get(f"{parts[0]}/{parts[2]}" if len(parts) == 3 else place)

    def is_personal(self, place):
        return self.of(place)["personal"] == "yes"


def long_form(answer):
    is_long = isinstance(answer, dict) and LONG & answer.keys()
    return dict(answer) if is_long else {"value": answer}


def is_row(place):
    return place.count("/") == 1 and "@" not in place


def row_of(place):
    return place.rsplit("/", 1)[0] if place.count("/") == 2 and "@" not in place else None


def units_of(content, fields):
    """What stands in it, by unit. Codes that the form does not know are left out."""
    units = {(member, "header"): content[member] for member in HEADER if member in content}
    contacts = content.get("contacts", {})

    def take(place, answer):
        answer = long_form(answer)
        for name in BESIDE:
            if name in answer:
                units[place, name] = answer.pop(name)
        if answer:
            units[place, ANSWER] = answer

    for answers in (content.get("answers", {}), contacts.get("answers", {})):
        for code, answer in answers.items():
            if fields.of(code) is not None:
                take(code, answer)
    for register, rows in content.get("registers", {}).items():
        for row in rows:
            units[f"{register}/{row['id']}", ROW] = True
            for column, answer in row["values"].items():
                take(f"{register}/{row['id']}/{column}", answer)
    for register, rows in contacts.get("registers", {}).items():
        for row, cells in rows.items():
            for column, answer in cells.items():
                take(f"{register}/{row}/{column}", answer)
    for one in content.get("explanations", []):
        units[f"{one['rule']}@{one['place']}", "explanation"] = one
    return units


def row_key(place):
    """New rows: "m-9" before "m-10"."""
    word, number = re.fullmatch(r"(.*?)(\d*)", place.split("/")[1]).groups()
    return word, len(number), number


def content_of(units, fields, skeleton, first=()):
    """JSON again, with the rows named first in that order, then the others by their ids."""
    content = {name: value for name, value in skeleton.items()
               if name not in ("answers", "registers", "contacts", "explanations", "unknown", *HEADER)}
    content["answers"] = dict(skeleton.get("unknown", {}))
    contacts = {"answers": {}, "registers": {}}
    first = [place for place in first if (place, ROW) in units]
    rows = first + sorted((place for place, name in units if name == ROW and place not in first), key=row_key)
    values = {place: {} for place in rows}
    content["registers"] = {}
    for place in rows:
        register, row = place.split("/")
        content["registers"].setdefault(register, []).append({"id": row, "values": values[place]})
    for (place, name), value in units.items():
        if name in ("header", "explanation"):
            if name == "header":
                content[place] = value
            else:
                content.setdefault("explanations", []).append(value)
            continue
        if name == ROW:
            continue
        row = row_of(place)
        if row is None:
            answers, key = (contacts if fields.is_personal(place) else content)["answers"], place
        else:
            key = place.rsplit("/", 1)[1]
            register, number = row.split("/")
            answers = (contacts["registers"].setdefault(register, {}).setdefault(number, {})
                       if fields.is_personal(place) else values[row])
        answer = answers.setdefault(key, {})
        answer.update(value if name == ANSWER else {name: value})
    content["contacts"] = contacts
    content["explanations"] = sorted(content.get("explanations", []), key=lambda one: (one["rule"], one["place"]))
    return content


def cited_by(unit, value, fields):
    """Rows that an answer cites, as its value or with its reason."""
    place, name = unit
    if name != ANSWER or value is None:
        return set()
    field = fields.of(place)
    cited = set()
    if field["type"] == "reference" and "value" in value:
        cited |= {f"{field['list']}/{row}" for row in value["value"]}
    if "rows" in value:
        cited |= {f"{fields.cites_with_reason[value['reason']]}/{row}" for row in value["rows"]}
    return cited


def renamed(units, names, fields):
    """The same with other ids of rows: places, and whoever cites them."""
    def of_place(place):
        row = row_of(place)
        if row in names:
            return names[row] + place[len(row):]
        return names.get(place, place)

    made = {}
    for (place, name), value in units.items():
        cited = cited_by((place, name), value, fields)
        if cited & names.keys():
            value = dict(value)
            member = "rows" if "rows" in value else "value"
            register = next(iter(cited)).split("/")[0]
            value[member] = [names.get(f"{register}/{row}", f"{register}/{row}").split("/")[1]
                             for row in value[member]]
        made[of_place(place), name] = value
    return made
