"""One submission made into a base and parts, and what merging them must give. Chance decides, from a
seed; what is expected follows docs/formats/merge.md and knows nothing of the program.
"""
import json
import sys

import workbook_tools as tools
from workbook_typing import Typist
from workbook_units import ANSWER, BESIDE, ROW, cited_by, content_of, is_row, renamed, row_of, units_of

OFFICES = ("Ministry of Justice", "Ministry of the Interior", "وزارة العدل", "Office of Statistics", "总检察院")
WORDS = ("Under review", "Confirmed", "قيد المراجعة", "à vérifier\nligne deux", "=1+1", "正在核实", "уточняется")


def texts(random, language, languages):
    """A text; now and then in several languages, not always in that of the submission."""
    if random.random() < 0.7:
        return random.choice(WORDS)
    return {tag: f"{random.choice(WORDS)} ({tag})" for tag in random.sample(sorted({language, *languages}), 2)}


def dressed(random, fields, content):
    """What samples do not have: notes, authors, origins, languages, rows cited with a reason."""
    units = {unit: with_own_name(fields, unit, value) for unit, value in units_of(content, fields).items()}
    language = content["language"]
    rows = [place for place, name in units if name == ROW]
    for place, name in [unit for unit in units if unit[1] == ANSWER]:
        answer, field = units[place, name], fields.of(place)
        citable = [row.split("/")[1] for row in rows
                   if row.split("/")[0] == fields.cites_with_reason.get("reported_elsewhere")]
        if "reason" in answer and row_of(place) is None and citable and random.random() < 0.2:
            units[place, name] = {"reason": "reported_elsewhere", "rows": random.sample(citable, 1)}
        elif field["type"] in ("text", "long") and isinstance(answer.get("value"), str) and random.random() < 0.1:
            units[place, name] = {"value": texts(random, language, fields.languages)}
        for beside, share, make in (("note", 0.06, lambda: texts(random, language, fields.languages)),
                                    ("author", 0.06, lambda: random.choice(OFFICES)),
                                    ("visibility", 0.03, lambda: "secretariat"),
                                    ("origin", 0.04, lambda: random.choice(("prefilled", "carried_over")))):
            if random.random() < share:
                units[place, beside] = make()
    questions = [place for place, name in units if name == ANSWER and row_of(place) is None]
    for number in range(random.randint(0, 2)):
        place, rule = random.choice(questions), f"rule-{number}"
        units[f"{rule}@{place}", "explanation"] = {"rule": rule, "place": place, "answers": f"{number}a" * 32,
                                                   "text": random.choice(WORDS)}
    made = content_of(units, fields, content, [place for place, name in units if name == ROW])
    if random.random() < 0.4:
        made["answers"]["older.code"] = {"n": [1, "two"]}
    return made


def with_own_name(fields, unit, value):
    """Entries of one register are told apart by their names; samples now and then repeat one."""
    place, name = unit
    is_name = name == ANSWER and row_of(place) and fields.of(place)["type"] == "text"
    if not is_name or fields.is_personal(place) or not isinstance(value.get("value"), str):
        return value
    return {"value": f"{value['value']} ({place.split('/')[1]})"}


def variants_of(fields, pool):
    """What others answered, by question or column; nothing that cites rows."""
    found = {}
    for units in pool:
        for unit, value in units.items():
            if unit[1] == ANSWER and not cited_by(unit, value, fields) and fields.of(unit[0])["type"] != "submitter":
                values = found.setdefault(fields.of(unit[0])["code"], [])
                if value not in values:
                    values.append(value)
    return found


def thinned(random, fields, content, pool):
    """The base: some of the original is not there yet, some otherwise, some should not be there."""
    units, variants = units_of(content, fields), variants_of(fields, pool)
    rows = [place for place, name in units if name == ROW]
    if random.random() < 0.15:
        return content_of({u: v for u, v in units.items() if u[1] == "header"}, fields, with_unknown(content, fields))
    units["stage", "header"] = random.choice(("draft", "final"))
    for unit in [unit for unit in units if unit[1] not in (ROW, "header")]:
        place, name = unit
        chance = random.random()
        others = variants.get(fields.of(place)["code"], []) if name == ANSWER else []
        if chance < 0.4:
            del units[unit]
        elif chance < 0.5 and others:
            units[unit] = with_own_name(fields, unit, random.choice(others))
        elif chance < 0.5 and name in ("note", "author"):
            units[unit] = f"Earlier {name}"
    for place, name in [unit for unit in units if unit[1] in BESIDE]:
        if (place, ANSWER) not in units:
            del units[place, name]
    for code in [code for code in variants if "/" not in code and (code, ANSWER) not in units]:
        if random.random() < 0.04:
            units[code, ANSWER] = random.choice(variants[code])
    for row in random.sample(rows, len(rows)):
        cited = {one for unit, value in units.items() for one in cited_by(unit, value, fields)}
        if row not in cited and random.random() < 0.6:
            units = {unit: value for unit, value in units.items() if row not in (unit[0], row_of(unit[0]))}
    first = [row for row in rows if (row, ROW) in units]
    for register in sorted({row.split("/")[0] for row in rows}):
        columns = [code for code in variants if code.startswith(register + "/")]
        if columns and random.random() < 0.4:
            row = f"{register}/old-1"
            units[row, ROW] = True
            for code in random.sample(columns, min(4, len(columns))):
                unit = (f"{row}/{code.split('/')[1]}", ANSWER)
                units[unit] = with_own_name(fields, unit, random.choice(variants[code]))
            first.insert(random.randint(0, len(first)), row)
    return content_of(units, fields, with_unknown(content, fields), first)


def with_unknown(content, fields):
    unknown = {code: answer for code, answer in content["answers"].items() if fields.of(code) is None}
    return {**content, "unknown": unknown}


class Part:
    """A workbook of some chapters, for an office or nobody; or a JSON file, whole or of some chapters."""

    def __init__(self, number, kind, chapters, office=""):
        self.number, self.kind, self.chapters, self.office = number, kind, chapters, office
        self.path = self.typist = None
        self.edits = {}


class Case:
    def __init__(self, merging, random, original, base, pool):
        self.merging, self.random, self.fields = merging, random, merging.fields
        self.variants = variants_of(self.fields, pool)
        self.file = merging.settled("base", base)
        content = json.loads(self.file.read_text(encoding="utf-8"))
        self.base = units_of(content, self.fields)
        self.header = with_unknown(content, self.fields)
        self.base_rows = [place for place, name in self.base if name == ROW]
        self.base_path = self.file
        if random.random() < 0.3:
            self.base_path = merging.cosp.convert(self.file, merging.folder / "base.xlsx")
        self.whole = units_of(original, self.fields)
        for unit in [unit for unit in self.base if unit[1] == "explanation"]:
            self.whole[unit] = self.base[unit]  # a partial file takes none out
        self.parts = []
        self.make_parts()
        self.edits = self.assign()
        self.alike = 0

    def skeleton(self):
        return self.header

    # Parts.

    def make_parts(self):
        chapters, count = self.fields.chapters, self.random.randint(2, 5)
        offices = self.random.sample(OFFICES, len(OFFICES))
        shares = [set() for _ in range(count)]
        for chapter in chapters:
            for share in self.random.sample(shares, 2 if self.random.random() < 0.35 else 1):
                share.add(chapter)
        for share in shares:
            kind = self.random.choices(("workbook", "office", "json part", "json"), (50, 35, 9, 6))[0]
            codes = [code for code in chapters if code in share] or [self.random.choice(chapters)]
            self.add_part(kind, codes, offices.pop() if kind == "office" else "")

    def add_part(self, kind, chapters, office=""):
        part = Part(len(self.parts), kind, chapters, office)
        self.parts.append(part)
        folder = self.merging.folder
        if kind.startswith("json"):
            part.path = folder / f"part-{part.number}.json"
            return part
        part.path = folder / f"part-{part.number}.xlsx"
        words = ["--chapters", ",".join(chapters)] if chapters else []
        words += ["--for", office] if office else []
        if self.random.random() < 0.6:
            words += ["--lang", self.random.choice(self.fields.languages)]
        form = self.header["form"]
        cosp = self.merging.cosp
        cosp.run("form", "workbook", f"{form['id']}/{form['version']}", "--from", self.file, "--output", part.path,
                 *words, "--data", cosp.source / "tests/support")
        part.typist = Typist(tools.load(part.path), self.fields, self.header["language"], self.random)
        return part

    def is_new(self, row):
        return (row, ROW) not in self.base

    def offers(self, part, unit, value):
        """Whether that can be entered in the part, rows that it cites apart."""
        place, name = unit
        if name in ("header", "explanation") or part.kind == "json":
            return True
        row = place if is_row(place) else row_of(place)
        if part.kind == "json part":
            return value is not None if row else self.fields.of(place)["chapter"] in part.chapters
        if row and self.is_new(row):
            return part.kind == "office" or row in part.typist.codes
        cited = set() if value is True else cited_by(unit, value, self.fields)
        return part.typist.offers(place) and not cited & part.typist.held_back

    # Who enters what.

    def assign(self):
        """Each difference between base and original to a part that can enter it. New rows of an
        office have its own numbers; nobody else can cite them."""
        changes = self.differences()
        owners = {unit[0]: self.random.choice([part for part in self.parts if self.offers(part, unit, True)] or [None])
                  for unit in changes if unit[1] == ROW and self.is_new(unit[0])}
        while True:
            eligible = {unit: self.eligible(unit, value, owners) for unit, value in changes.items()}
            stuck = [unit for unit, parts in eligible.items() if not parts]
            if not stuck:
                break
            rest = self.rest()
            for unit in stuck:
                for row in self.new_rows(unit, changes[unit]):
                    owners[row] = rest
        for unit, parts in eligible.items():
            row = unit[0] if unit[1] == ROW else None
            eligible[unit] = owners[row] if row in owners else self.random.choice(parts)
        names = self.office_numbers(owners)
        self.whole = renamed(self.whole, names, self.fields)
        edits = {part.number: {} for part in self.parts}
        for unit, part in eligible.items():
            for renamed_unit, value in renamed({unit: changes[unit]}, names, self.fields).items():
                edits[part.number][renamed_unit] = value
        return edits

    def differences(self):
        changes = {}
        for unit in {**self.base, **self.whole}:
            value, row = self.whole.get(unit), row_of(unit[0])
            if value != self.base.get(unit) and not (row and (row, ROW) not in self.whole):
                changes[unit] = value
        return changes

    def new_rows(self, unit, value):
        place = unit[0]
        rows = {place if is_row(place) else row_of(place), *cited_by(unit, value, self.fields)} - {None}
        return {row for row in rows if self.is_new(row)}

    def eligible(self, unit, value, owners):
        rows = self.new_rows(unit, value)
        return [part for part in self.parts if self.offers(part, unit, value) and
                all(owners[row] is part or (part.kind != "office" and owners[row] and owners[row].kind != "office")
                    for row in rows)]

    def rest(self):
        """A part that holds everything: what no other can enter."""
        if self.parts[-1].chapters == [] or self.parts[-1].kind == "json":
            if self.parts[-1].kind == "json":
                sys.exit("no part can enter what a whole file can")
            return self.add_part("json", self.fields.chapters)
        return self.add_part("workbook", [])

    def office_numbers(self, owners):
        names, free = {}, {}
        for row, part in owners.items():
            if part.kind == "office":
                register = row.split("/")[0]
                if (part.number, register) not in free:
                    # An entry of the base of which nothing is shown looks empty too.
                    free[part.number, register] = (one for one in part.typist.prepared(register) if self.is_new(one))
                names[row] = next(free[part.number, register])
        return names

    # Entering.

    def enter(self, edits):
        for part in self.parts:
            entered = edits.get(part.number, {})
            part.edits.update(entered)
            if part.typist is None:
                self.write_json(part)
                continue
            for (place, name), value in entered.items():
                part.typist.put(place, name, value)
            for place, name in entered:
                if name == ROW and entered[place, name] and not any(row_of(other) == place for other, _ in part.edits):
                    part.typist.keep_row(place)
            part.typist.book.save(part.path)

    def write_json(self, part):
        units = {**self.base, **part.edits}
        gone = {place for (place, name), value in units.items() if name == ROW and value is None}
        units = {unit: value for unit, value in units.items()
                 if value is not None and not {unit[0], row_of(unit[0])} & gone}
        for unit, value in list(units.items()):
            for row in self.new_rows(unit, value):
                units[row, ROW] = True
        if part.kind == "json part":
            units = {unit: value for unit, value in units.items()
                     if row_of(unit[0]) or is_row(unit[0]) or unit[1] in ("header", "explanation")
                     or self.fields.of(unit[0])["chapter"] in part.chapters}
        header = self.header if part.kind == "json" else {**self.header, "parts": part.chapters, "unknown": {}}
        part.path.write_text(json.dumps(content_of(units, self.fields, header, self.base_rows), ensure_ascii=False),
                             encoding="utf-8")

    # What must come of it.

    def outcome(self):
        """The merged units, the conflicts by unit, and how many things are taken over."""
        changed = {}
        for part in self.parts:
            for unit, value in part.edits.items():
                changed.setdefault(unit, {})[part.number] = value
        result, conflicts, count = dict(self.base), {}, 0
        settled = set()
        for (place, name), values in changed.items():
            if name == ROW and None in values.values():
                settled.add(place)
                writers = {n for (other, _), by in changed.items() if row_of(other) == place for n in by}
                if writers:
                    conflicts[place, name] = self.row_conflict(place, set(values) | writers)
                else:
                    count += 1
                    result = {u: v for u, v in result.items() if place not in (u[0], row_of(u[0]))}
        for unit in sorted(changed, key=lambda one: (one[0], one[1] != ANSWER)):
            place, name = unit
            values = list(changed[unit].values())
            if place in settled or row_of(place) in settled:
                continue
            is_beside_conflict = name in BESIDE and (place, ANSWER) in conflicts
            if any(value != values[0] for value in values) or is_beside_conflict:
                conflicts[unit] = {"base": self.base.get(unit),
                                   "sides": [self.side(n, unit, v) for n, v in changed[unit].items()]}
                continue
            count += 1
            result.pop(unit, None)
            if values[0] is not None:
                result[unit] = values[0]
        return result, conflicts, count

    def side(self, number, unit, value):
        part, (place, name) = self.parts[number], unit
        where = None
        if name != "header" and part.typist is not None and not is_row(place):
            where = part.typist.where(place)
        author = part.edits.get((place, "author"), self.base.get((place, "author")))
        return {"file": str(part.path), "where": where, "author": author or "", "value": value}

    def row_conflict(self, place, numbers):
        def cells(units):
            content = {}
            for (other, name), value in units.items():
                if row_of(other) == place and value is not None:
                    content.setdefault(other.rsplit("/", 1)[1], {}).update(value if name == ANSWER else {name: value})
            return content

        sides = []
        for number in sorted(numbers):
            edits = self.parts[number].edits
            is_gone = edits.get((place, ROW), True) is None
            part = self.parts[number]
            seen = {unit: value for unit, value in {**self.base, **edits}.items()
                    if row_of(unit[0]) == place and (part.typist is None or part.typist.offers(unit[0]))}
            sides.append(self.side(number, (place, ROW), None if is_gone else cells(seen)))
        return {"base": cells(self.base), "sides": sides}

    # Disagreements.

    def disagreements(self):
        """Some things that two parts see are changed by both, otherwise or alike."""
        edits = {part.number: {} for part in self.parts}
        cited = {row for units in (self.base, *(part.edits for part in self.parts))
                 for unit, value in units.items() for row in cited_by(unit, value, self.fields)}
        removed = {place for part in self.parts for (place, name), v in part.edits.items() if name == ROW and v is None}
        places = [code for code in self.fields.by_code if "/" not in code and code in self.variants]
        places += [f"{row}/{code.split('/')[1]}" for row in self.base_rows if row not in removed
                   for code in self.variants if code.startswith(row.split("/")[0] + "/")]
        used = set()
        for place in self.random.sample(places, len(places)):
            row = row_of(place)
            if len(used) >= 8 or (row or place) in used:
                continue
            kind = self.random.choice(("differ", "differ", "alike", "gone", "note", "author"))
            if row and row not in cited and self.random.random() < 0.5:
                kind = "row"
            if self.disagree(kind, place, edits):
                used.add(row or place)
        self.purposes(edits)
        return edits

    def purposes(self, edits):
        free = [one for one in ("test", "pilot", "official") if one != self.base.get(("purpose", "header"))]
        for part, purpose in zip(self.random.sample(self.parts, 2), free):
            edits[part.number]["purpose", "header"] = purpose

    def disagree(self, kind, place, edits):
        """Enters one; false when nobody or only one can."""
        name = kind if kind in BESIDE else ANSWER
        unit = (place, name)
        both = [part for part in self.parts if self.offers(part, unit, True)]
        if len(both) < 2 or (name != ANSWER and unit_absent(self.base, place, both)):
            return False
        left, right = self.random.sample(both, 2)
        if name == ANSWER:
            taken = [self.base.get(unit), *(part.edits.get(unit) for part in self.parts)]
            values = [with_own_name(self.fields, unit, value) for value in self.variants[self.fields.of(place)["code"]]]
            values = [value for value in values if value not in taken]
            self.random.shuffle(values)
        else:
            values = [f"One {name}", f"Another {name}"]
        if kind == "alike":
            values = values[:1] * 2
            self.alike += len(values) == 2 and not any(unit in part.edits for part in self.parts
                                                       if part not in (left, right))
        if kind in ("gone", "row") and values:
            row = (row_of(place), ROW)
            gone = unit if kind == "gone" else row
            if gone not in self.base or not self.offers(left, gone, None):
                return False
            if kind == "row":
                left.edits = {u: v for u, v in left.edits.items() if row_of(u[0]) != row[0]}
                edits[left.number] = {u: v for u, v in edits[left.number].items() if row_of(u[0]) != row[0]}
            edits[left.number][gone] = None
            edits[right.number][unit] = values[0]
            return True
        if len(values) < 2:
            return False
        edits[left.number][unit], edits[right.number][unit] = values[:2]
        return True


def unit_absent(base, place, parts):
    """Notes and authors are disputed where there is an answer, and nobody disputes it."""
    return (place, ANSWER) not in base or any((place, ANSWER) in part.edits for part in parts)
