"""Recomputes every count of the consolidated workbooks from the submissions and the form's declarations.

Shares no code with the product: the declarations are read by PyYAML, the submissions by json, the workbooks by openpyxl.
Which files were counted, the secretariat's provenance says; everything else is worked out here.

Usage: recompute.py COMPILED SAMPLES FORM ROSTERS
  COMPILED  folder that `cosp compile` wrote (public/ and secretariat/)
  SAMPLES   folder with the submissions and cycle.yaml
  FORM      the form's folder
  ROSTERS   folder of rosters (data/rosters)
Ends with 0 when every number agrees, 1 when one does not, 2 when nothing could be held against anything.
"""
import decimal
import json
import pathlib
import re
import sys

import openpyxl
import yaml

REASONS = ["not_applicable", "not_available", "under_consideration", "withheld", "reported_elsewhere"]
WITHIN = REASONS + ["not_provided", "not_published"]
BESIDE = ["by_reservation", "outside_competence", "not_asked", "outside_phase"]
LEVELS = ["public", "counted", "secretariat"]
CHOICES = {"status", "single", "multi", "yes_no"}


def load(path):
    """YAML with every scalar a string, as the product reads it: `yes` is a word."""
    return yaml.load(pathlib.Path(path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def as_list(value):
    return value if isinstance(value, list) else [value]


# --- the form -------------------------------------------------------------------------------------------------------

def fill(node, bindings):
    if isinstance(node, dict):
        return {key: fill(value, bindings) for key, value in node.items()}
    if isinstance(node, list):
        filled = []
        for item in node:
            value = fill(item, bindings)
            if isinstance(item, str) and re.fullmatch(r"\{\w+\}", item) and isinstance(value, list):
                filled.extend(value)
            else:
                filled.append(value)
        return filled
    whole = re.fullmatch(r"\{(\w+)\}", node)
    if whole:
        return bindings.get(whole.group(1), node)
    return re.sub(r"\{(\w+)\}", lambda match: str(bindings.get(match.group(1), match.group(0))), node)


def rename_bare(node, names):
    """Bare questions of a module's conditions follow a rename."""
    if isinstance(node, dict):
        return {key: names.get(value, value) if key in ("question", "other") and isinstance(value, str)
                else rename_bare(value, names) for key, value in node.items()}
    return [rename_bare(item, names) for item in node] if isinstance(node, list) else node


class Form:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.head = load(self.folder / "form.yaml")
        self.blocks, self.questions, self.chapters = {}, {}, {}
        for name in self.head["chapters"]:
            self.read_chapter(load(self.folder / "chapters" / f"{name}.yaml"))
        self.provisions = load(self.folder / "provisions.yaml")
        self.registers = {path.stem: load(path) for path in sorted((self.folder / "registers").glob("*.yaml"))}
        for register in self.registers.values():
            register["cells"] = {column["code"]: column for column in register["columns"]}
        self.lists = {}
        for declared in load(self.folder / "lists.yaml"):
            self.lists[declared["code"]] = self.options_of(declared)
        self.lists["yes-no"] = [{"code": "yes"}, {"code": "no"}]

    def read_chapter(self, chapter):
        self.chapters[chapter["code"]] = chapter.get("always") == "true"
        for block in chapter["blocks"]:
            made = {"code": block["code"], "article": block.get("article", ""), "chapter": chapter["code"],
                    "modules": [], "questions": {}}
            self.blocks[block["code"]] = made
            for part in block["parts"]:
                for question in self.questions_of(part, block):
                    made["questions"][question["code"]] = question
                    question["block"] = made
                    self.questions[f"{block['code']}.{question['code']}"] = question
                if "module" in part:
                    made["modules"].append(part["module"])

    def questions_of(self, part, block):
        if "question" in part:
            return [dict(part["question"])]
        module = load(self.folder / "modules" / f"{part['module']}.yaml")
        bindings = {"block": block["code"], "article": block.get("article", "")} | part.get("with", {})
        renames = part.get("rename", {})
        placed = []
        for question in module["questions"]:
            if question["code"] in part.get("omit", []):
                continue
            question = rename_bare(fill(question, bindings), renames)
            question["code"] = renames.get(question["code"], question["code"])
            placed.append(question)
        return placed

    def options_of(self, declared):
        if "options" in declared:
            return [option if isinstance(option, dict) else {"code": option} for option in declared["options"]]
        source = declared["options_from"]
        if "module" in source:
            return [{"code": block["code"]} for block in self.blocks.values() if source["module"] in block["modules"]]
        return [{"code": block["code"]} for block in self.blocks.values() if block["article"]]

    def options(self, field):
        return self.lists[field.get("list", "yes-no")]

    def rows(self, declared, suffix):
        wanted = declared["rows"]
        chosen = []
        for block in self.blocks.values():
            if "chapter" in wanted and block["chapter"] != wanted["chapter"]:
                continue
            if "module" in wanted and wanted["module"] not in block["modules"]:
                continue
            if "blocks" in wanted and block["code"] not in wanted["blocks"]:
                continue
            if wanted.get("having", suffix) in block["questions"] and suffix in block["questions"]:
                chosen.append(block)
        return chosen


# --- a submission ---------------------------------------------------------------------------------------------------

def long_form(answer):
    """An answer may be its bare value."""
    is_long = isinstance(answer, dict) and ("value" in answer or "reason" in answer)
    return answer if is_long else {"value": answer}


class Submission:
    def __init__(self, form, cycle, path):
        self.form, self.cycle = form, cycle
        self.data = json.loads(path.read_text(encoding="utf-8-sig"))
        self.code = self.data["submitter"]["code"]
        self.answers = {code: long_form(answer) for code, answer in self.data.get("answers", {}).items()
                        if answer is not None}
        self.registers = {code: [{**row, "values": {column: long_form(cell) for column, cell in row.get("values", {}).items()
                                                    if cell is not None}} for row in rows]
                          for code, rows in self.data.get("registers", {}).items()}
        self.asked = {}
        self.withheld = set()
        self.share()
        self.reserved = self.find_reserved()
        for code, question in form.questions.items():
            self.asked[code] = self.decide(code, question)

    def share(self):
        for shared in as_list(self.form.head.get("shared", [])):
            for row in self.registers.get(shared["register"], []):
                for block in row["values"].get(shared["blocks"], {}).get("value", []):
                    for suffix, column in shared["answers"].items():
                        cell = row["values"].get(column)
                        if cell and suffix in self.form.blocks.get(block, {"questions": {}})["questions"]:
                            self.answers.setdefault(f"{block}.{suffix}", cell)

    def find_reserved(self):
        declared = self.form.head.get("reservations")
        named = set()
        if declared:
            for row in self.registers.get(declared["register"], []):
                if self.holds(declared["in_force"], row=row["values"]):
                    named |= set(row["values"].get(declared["provisions"], {}).get("value", []))
        for kept in self.cycle.get("reservations", []):
            is_open = not kept.get("withdrawn_on") or kept["withdrawn_on"] > self.cycle["cut_off"]
            if kept["state"] == self.code and kept["made_on"] <= self.cycle["cut_off"] and is_open \
                    and kept["kind"] == "reservation" and kept["extent"] == "whole":
                named |= set(kept["provisions"])
        articles = {}
        for provision in self.form.provisions:
            if provision["code"] != provision["article"]:
                articles.setdefault(provision["article"], set()).add(provision["code"])
        closed = {one for one in named if one in {provision["article"] for provision in self.form.provisions}}
        within = lambda code: any(code == one or code.startswith(one + "(") for one in named)
        return closed | {article for article, parts in articles.items() if parts and all(map(within, parts))}

    def decide(self, code, question):
        block = question["block"]
        if not self.form.chapters[block["chapter"]] and block["chapter"] not in self.chapters_asked():
            return "outside_phase"
        if block["article"] in self.reserved and question.get("stays_open") != "true":
            return "by_reservation"
        condition = question.get("asked_when")
        return "yes" if condition is None or self.holds(condition, block["code"]) else "not_asked"

    def chapters_asked(self):
        parts = self.data.get("parts")
        asked = set()
        for phase in self.cycle.get("phases") or [{"chapters": list(self.form.chapters)}]:
            if names(phase, self.cycle["roster"][self.code]):
                asked |= set(phase["chapters"])
        return asked & set(parts) if parts else asked

    def answer(self, code):
        if self.asked.get(code, "yes") != "yes":
            return {}
        return self.answers.get(code, {})

    def holds(self, condition, block=None, row=None):
        if "all" in condition:
            return all(self.holds(one, block, row) for one in condition["all"])
        if "any" in condition:
            return any(self.holds(one, block, row) for one in condition["any"])
        if "not" in condition:
            return not self.holds(condition["not"], block, row)
        if "condition" in condition:
            return self.holds(self.form.head["conditions"][condition["condition"]], block, row)
        if "position" in condition:
            return position(self.cycle, self.code) in as_list(condition["position"])
        if "submitter" in condition:
            return self.data["submitter"]["kind"] in as_list(condition["submitter"])
        if "column" in condition:
            return self.compare(row.get(condition["column"], {}), condition, [])
        if "question" in condition:
            code = condition["question"]
            code = code if "." in code else f"{block}.{code}"
            question = self.form.questions[code]
            scale = [option["code"] for option in self.form.options(question)] if "list" in question else []
            return self.compare(self.answer(code), condition, scale)
        for key, quantifier in (("any_row", any), ("all_rows", all)):
            if key in condition and not set(condition) - {key, "where"}:
                rows = self.registers.get(condition[key], [])
                return quantifier(self.holds(condition["where"], row=one["values"]) for one in rows)
        raise NotImplementedError(f"condition {condition}")

    def compare(self, answer, condition, scale):
        operator = condition["operator"]
        is_given = "value" in answer
        if operator in ("given", "answered", "absent"):
            is_answered = is_given or "reason" in answer
            return {"given": is_given, "answered": is_answered, "absent": not is_answered}[operator]
        if operator == "reason_is":
            return answer.get("reason") in as_list(condition["value"])
        if not is_given:
            return False
        have = answer["value"]
        wanted = self.cycle["cut_off"] if condition.get("moment") == "cut_off" else \
            self.cycle["period"][condition["moment"][7:]] if "moment" in condition else condition["value"]
        several = set(as_list(have)) if not isinstance(have, dict) else set()
        if operator in ("is", "is_any"):
            return have in as_list(wanted)
        if operator in ("is_not", "is_none_of"):
            return have not in as_list(wanted)
        if operator in ("includes", "includes_any"):
            return bool(several & set(as_list(wanted)))
        if operator == "includes_all":
            return set(as_list(wanted)) <= several
        if operator == "excludes":
            return not several & set(as_list(wanted))
        ordered = {"after": lambda a, b: a > b, "before": lambda a, b: a < b, "on_or_after": lambda a, b: a >= b,
                   "on_or_before": lambda a, b: a <= b}
        if operator in ordered:
            return ordered[operator](have["end"] if isinstance(have, dict) else have, wanted)
        figures = {"above": lambda a, b: a > b, "below": lambda a, b: a < b, "at_least": lambda a, b: a >= b,
                   "at_most": lambda a, b: a <= b, "equals": lambda a, b: a == b, "differs": lambda a, b: a != b}
        if scale:
            return figures[operator](scale.index(have), scale.index(wanted))
        amount = have["amount"] if isinstance(have, dict) else have
        return figures[operator](decimal.Decimal(amount), decimal.Decimal(wanted))

    def standing(self, code):
        """What the answer came to, and its options when it is a value."""
        asked = self.asked[code]
        if asked != "yes":
            return asked, []
        if code in self.withheld:
            return "not_published", []
        return standing_of(self.answers.get(code, {}), self.form.questions[code].get("visibility", "public"))

    def is_closed(self, code):
        """Counted, and not to be shown: by the answer, the question's floor, or for want of consent."""
        if self.standing(code)[0] not in ["value", *REASONS]:
            return False
        levels = (self.answers[code].get("visibility", "public"), self.form.questions[code].get("visibility", "public"))
        return "counted" in levels or not self.consents()

    def consents(self):
        declared = self.form.head["conditions"].get("may_publish")
        return bool(declared) and self.holds(declared)


def standing_of(answer, *floors):
    if "value" not in answer and "reason" not in answer:
        return "not_provided", []
    if max(LEVELS.index(level) for level in (answer.get("visibility", "public"), *floors)) == 2:
        return "not_published", []
    if "reason" in answer:
        return answer["reason"], []
    return "value", as_list(answer["value"])


def withhold_few_closed(form, submissions):
    """Fewer than three answers that are counted but not shown are not counted either."""
    for code in form.questions:
        closed = [one for one in submissions if one.is_closed(code)]
        if len(closed) < 3:
            for one in closed:
                one.withheld.add(code)


# --- the cycle ------------------------------------------------------------------------------------------------------

def names(phase, entry):
    everybody = not phase.get("groups") and not phase.get("states")
    return everybody or entry["code"] in phase.get("states", []) or \
        (entry.get("group") and entry["group"] in phase.get("groups", []))


def position(cycle, code):
    last = None
    for entry in cycle.get("positions", {}).get(code) or []:
        if entry["on"] <= cycle["cut_off"]:
            last = entry
    return last["position"] if last else "neither"


def is_due(cycle, entry):
    last = None
    for one in cycle.get("positions", {}).get(entry["code"]) or []:
        if one["on"] <= cycle["cut_off"]:
            last = one
    is_bound = last is not None and last["position"] == "party" and last.get("in_force", last["on"]) <= cycle["cut_off"]
    return is_bound and is_expected(cycle, entry)


def is_expected(cycle, entry):
    return not cycle.get("phases") or any(names(phase, entry) for phase in cycle["phases"])


def population(cycle, entry):
    if not is_expected(cycle, entry):
        return None
    if entry["kind"] == "organization":
        return "organizations"
    return "parties" if is_due(cycle, entry) else "others"


# --- the kinds: {(row, column): number} -------------------------------------------------------------------------------

def add(counts, row, column, number=1):
    counts[row, column] = counts.get((row, column), 0) + number


def reporting_by_group(form, cycle, declared, people):
    counts = {}
    received = {one.code for one in people["parties"] + people["organizations"]}
    for entry in cycle["roster"].values():
        if not is_due(cycle, entry):
            continue
        rows = ["organizations"] if entry["kind"] == "organization" else ["all", entry.get("group") or "no_group"]
        for row in rows:
            add(counts, row, "parties")
            add(counts, row, "received", int(entry["code"] in received))
    for row in {row for row, _ in counts}:
        parties = counts[row, "parties"]
        share = decimal.Decimal(100 * counts[row, "received"]) / parties
        counts[row, "share"] = int(share.quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP))
    return counts


def options_by_block(form, cycle, declared, people):
    counts = {}
    for block in form.rows(declared, declared["question"]):
        for one in people:
            standing, options = one.standing(f"{block['code']}.{declared['question']}")
            if standing == "value" or standing in WITHIN:
                add(counts, block["code"], "asked")
            for column in options if standing == "value" else [standing]:
                add(counts, block["code"], column)
    return counts


def answers_by_option(form, cycle, declared, people):
    if "questions" in declared:
        codes = [f"{block['code']}.{declared['questions']}" for block in form.rows(declared, declared["questions"])]
    else:
        codes = [declared["question"]]
    lists = {form.questions[code].get("list", "yes-no") for code in codes}
    states, blocks = {}, {}
    for code in codes:
        prefix = "" if len(lists) == 1 else form.questions[code]["list"] + "."
        for one in people:
            standing, options = one.standing(code)
            rows = [prefix + option for option in options] + ["answered"] if standing == "value" else [standing]
            if standing == "value" or standing in WITHIN:
                rows.append("asked")
            for row in rows:
                states.setdefault(row, set()).add(one.code)
                blocks.setdefault(row, set()).add(code)
    counts = {(row, "states"): len(codes_) for row, codes_ in states.items()}
    if "questions" in declared:
        counts |= {(row, "blocks"): len(codes_) for row, codes_ in blocks.items()}
    return counts


def elements_by_block(form, cycle, declared, people):
    counts = {}
    scale = {key: set(as_list(value)) for key, value in declared["scale"].items()}
    for block in form.rows(declared, declared["elements"]):
        question = block["questions"][declared["elements"]]
        if declared["status"] not in block["questions"]:
            continue
        for option in form.options(question):
            if "provisions" not in option or option["code"] not in question.get("only", [option["code"]]):
                continue
            row = f"{block['code']}.{option['code']}"
            for one in people:
                standing, status = one.standing(f"{block['code']}.{declared['status']}")
                if standing == "value" or standing in WITHIN:
                    add(counts, row, "asked")
                if standing == "value":
                    ticked, ticks = one.standing(f"{block['code']}.{declared['elements']}")
                    if set(status) & scale["in_place"]:
                        standing = "in_place"
                    elif set(status) & scale.get("no", set()):
                        standing = "no"
                    elif ticked == "not_published":
                        standing = "not_published"
                    else:
                        standing = "in_place" if option["code"] in ticks else "not_indicated"
                add(counts, row, standing)
    return counts


def distribution(form, cycle, declared, people):
    counts = {}
    bounds = [decimal.Decimal(bound) for bound in declared["bands"]]
    for block in form.rows(declared, declared["question"]):
        for one in people:
            standing, values = one.standing(f"{block['code']}.{declared['question']}")
            if standing == "value" or standing in WITHIN:
                add(counts, block["code"], "asked")
            if standing == "value":
                add(counts, block["code"], "answered")
                standing = band(bounds, decimal.Decimal(values[0]))
            add(counts, block["code"], standing)
    return counts


def band(bounds, figure):
    if bounds[0] == 0 and figure == 0:
        return "zero"
    above = [bound for bound in bounds if bound > 0]
    passed = [bound for bound in above if bound <= figure]
    name = f"from_{passed[-1]}" if passed else f"under_{above[0]}" if above else "above_0"
    return name.replace(".", "_")


def rows_by_option(form, cycle, declared, people):
    counts, states = {}, {}
    register = form.registers[declared["register"]]
    column = register["cells"][declared["column"]]
    floors = column.get("visibility", "public"), register.get("visibility", "public")
    rows = [(one, row["values"].get(declared["column"], {})) for one in people
            for row in one.registers.get(declared["register"], [])
            if "where" not in declared or one.holds(declared["where"], row=row["values"])]

    def is_closed(one, answer):
        return standing_of(answer, *floors)[0] in ["value", *REASONS] and \
            ("counted" in (answer.get("visibility", "public"), *floors) or not one.consents())

    is_withheld = len({one.code for one, answer in rows if is_closed(one, answer)}) < 3
    for one, answer in rows:
        standing, options = standing_of(answer, *floors)
        if is_withheld and is_closed(one, answer):
            standing, options = "not_published", []
        for line in ["any"] + (options if standing == "value" else [standing]):
            add(counts, line, "rows")
            states.setdefault(line, set()).add(one.code)
    return counts | {(line, "states"): len(codes) for line, codes in states.items()}


KINDS = {kind.__name__: kind for kind in (reporting_by_group, options_by_block, answers_by_option, elements_by_block,
                                          distribution, rows_by_option)}


# --- the workbook ---------------------------------------------------------------------------------------------------

def figures_of(sheet):
    """{(row id, column id): shown}, by the ids in the hidden row and the hidden column."""
    table = next(iter(sheet.tables.values()), None)
    if table is None:
        return {}
    first, last = table.ref.split(":")
    top, right = sheet[first].row, sheet[last].column
    figures = {}
    for line in range(top + 1, sheet[last].row + 1):
        row = sheet.cell(line, right + 1).value
        for column in range(1, right + 1):
            name = sheet.cell(top - 1, column).value
            if name is not None:
                figures[row, name] = sheet.cell(line, column).value
    return figures


def declaration_of(sheet, tables):
    """By the native table's name: a sheet's own may be cut."""
    names_here = {table.name for table in sheet.tables.values()}
    for declared_id, declared in tables.items():
        for apart in ("", ".organizations", ".others"):
            if "table_" + re.sub(r"\W", "_", declared_id + apart) in names_here:
                return declared, apart[1:]
    return None, ""


def closed_contributors(form, people, declared, row, column):
    """States behind a number by question and option whose answer is counted and not shown; None where that cannot be said."""
    if declared["kind"] == "options_by_block":
        code = f"{row}.{declared['question']}"
    elif declared["kind"] == "answers_by_option" and "question" in declared:
        code, column = declared["question"], row
    else:
        return None
    closed = set()
    for one in people:
        standing, options = one.standing(code)
        is_hidden = one.is_closed(code) or (standing in ("not_provided", "not_asked") and not one.consents())
        if is_hidden and column in (options if standing == "value" else [standing]):
            closed.add(one.code)
    return closed


def check_sheet(where, figures, expected, limit, is_public, closed_behind):
    faults, compared, hidden = [], 0, 0
    for (row, column), shown in sorted(figures.items()):
        wanted = expected.get((row, column), 0)
        if isinstance(shown, str) and shown == "…":
            hidden += 1
            if not is_public:
                faults.append(f"{where} {row}/{column}: suppressed without reason")
            continue
        if column == "share":
            shown = round(shown * 100) if not isinstance(shown, str) else 0
        compared += 1
        if shown != wanted:
            faults.append(f"{where} {row}/{column}: shows {shown}, recomputed {wanted}")
        is_free = column in ("blocks", "rows", "by_reservation", "outside_phase", "parties", "share") or \
            row in ("by_reservation", "outside_phase")
        if is_public and limit and 0 < wanted < limit and not is_free:
            faults.append(f"{where} {row}/{column}: shows {shown}, below {limit}")
        if is_public and 0 < wanted < 3 and not is_free and closed_behind(row, column):
            faults.append(f"{where} {row}/{column}: shows {shown}, with a closed answer behind it")
    for key, wanted in expected.items():
        if wanted and key not in figures:
            faults.append(f"{where} {'/'.join(key)}: missing, recomputed {wanted}")
    return faults, compared, hidden


def main(compiled, samples, form_folder, rosters):
    compiled, samples = pathlib.Path(compiled), pathlib.Path(samples)
    form = Form(form_folder)
    cycle = load(samples / "cycle.yaml")
    name = cycle["roster"]
    roster = load(samples / name if name.endswith(".yaml") else pathlib.Path(rosters) / f"{name}.yaml")
    cycle["roster"] = {entry["code"]: entry for entry in roster["entries"]}
    provenance = json.loads((compiled / "secretariat/data/provenance.json").read_text(encoding="utf-8"))
    counted = [Submission(form, cycle, samples / pathlib.Path(one["file"]).name)
               for one in provenance["submissions"].values()]
    people = {"parties": [], "organizations": [], "others": []}
    for one in counted:
        people.setdefault(population(cycle, cycle["roster"][one.code]), []).append(one)
    for group in people.values():
        withhold_few_closed(form, group)
    tables = {path.stem: load(path) for path in sorted((form.folder / "tables").glob("*.yaml"))}
    faults, compared, hidden, sheets = [], 0, 0, 0
    for workbook in sorted(compiled.rglob("*.xlsx")):
        is_public = "public" in workbook.relative_to(compiled).parts
        for sheet in openpyxl.load_workbook(workbook).worksheets:
            declared, apart = declaration_of(sheet, tables)
            if declared is None or declared["kind"] not in KINDS:
                continue
            whom = people if declared["kind"] == "reporting_by_group" else people[apart or "parties"]
            expected = KINDS[declared["kind"]](form, cycle, declared, whom)
            if is_public:
                behind = lambda row, column: closed_contributors(form, whom, declared, row, column)
            else:
                behind = None
            found, numbers, dots = check_sheet(f"{workbook.relative_to(compiled)} {sheet.title}", figures_of(sheet), expected,
                                               int(declared.get("suppress_below", 0)), is_public, behind)
            faults += found
            compared, hidden, sheets = compared + numbers, hidden + dots, sheets + 1
    for fault in faults:
        print(fault)
    print(f"{sheets} sheets, {compared} numbers compared, {hidden} suppressed, {len(faults)} faults, {len(counted)} submissions")
    if compared == 0:
        return 2
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
