"""What the tests of workbooks share: running cosp, finding the cell of an answer, LibreOffice, and
saying in one line how two submissions differ. LibreOffice and its bridge to Python are required: a
test that needs them and does not find them fails and says so.
"""
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import openpyxl

NEEDED = ("LibreOffice is needed (packages libreoffice-calc-nogui and python3-uno, listed in "
          "packaging/debian-packages.txt)")
CONVERTED = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}


class Cosp:
    def __init__(self, program, source):
        self.program, self.source = str(program), Path(source)
        os.environ["COSP_DATA"] = str(source)

    def run(self, *arguments, statuses=(0,)):
        command = [self.program, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode not in statuses:
            sys.exit(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout

    def convert(self, path, out, *arguments, statuses=(0,)):
        self.run("convert", path, out, "--data", self.source / "tests/support", *arguments,
                 statuses=statuses)
        return out

    def content(self, path, *arguments, statuses=(0,)):
        """The submission as JSON; nothing when the file could not be read at all."""
        out = Path(str(path) + ".json")
        out.unlink(missing_ok=True)
        self.convert(path, out, *arguments, statuses=statuses)
        return json.loads(out.read_text(encoding="utf-8")) if out.exists() else None


def require_office():
    if shutil.which("soffice") is None:
        sys.exit(f"there is no soffice: {NEEDED}")


def convert_by_office(paths, kind, out, profile):
    """All in one call: a start costs seconds, and two with one profile block each other."""
    require_office()
    subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
                    CONVERTED[kind], "--outdir", str(out), *map(str, paths)], check=True, timeout=3000,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    made = [Path(out) / f"{path.stem}.{kind}" for path in paths]
    missing = [str(path) for path in made if not path.exists()]
    if missing:
        sys.exit(f"LibreOffice wrote nothing for {missing}")
    return made


class Office:
    """LibreOffice without a window, driven over UNO."""

    def __init__(self, folder):
        require_office()
        try:
            import uno
            from com.sun.star.beans import PropertyValue
        except ImportError:
            sys.exit(f"Python does not find uno: {NEEDED}")
        self.uno, self.property = uno, PropertyValue
        pipe = f"cosp-{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{folder}/office-profile", "--headless", "--invisible",
             "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(240):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # noqa: BLE001 (UNO raises its own until the pipe is there)
                if self.process.poll() is not None:
                    sys.exit("LibreOffice ended before it could be reached")
                time.sleep(0.5)
        else:
            self.process.kill()
            sys.exit("LibreOffice could not be reached within two minutes")
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def _properties(self, **values):
        made = []
        for name, value in values.items():
            one = self.property()
            one.Name, one.Value = name, value
            made.append(one)
        return tuple(made)

    def load(self, path):
        return self.desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0,
                                                 self._properties(Hidden=True))

    def store(self, document, path):
        name = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}[Path(path).suffix]
        document.storeToURL(Path(path).resolve().as_uri(), self._properties(FilterName=name))
        return path

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:  # noqa: BLE001 (the bridge breaks while the program ends)
            pass
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def unprotect(document):
    for sheet in document.Sheets:
        sheet.unprotect("")


def cells_of(book):
    """(code, property) to (sheet, coordinate), in the order of the workbook. Rows of registers have the
    code `register/row`, those of remarks and texts their own."""
    found = {}
    for sheet in book:
        key, columns, prefix = None, {}, ""
        for row in sheet.iter_rows():
            marker = next((c for c in row if isinstance(c.value, str) and c.value.startswith("cosp/1 ")), None)
            if marker is not None:
                key = marker.column - 1
                words = marker.value.split()
                prefix = words[2] + "/" if words[1] in ("register", "contacts") else ""
                if words[1] in ("texts", "remarks"):
                    prefix = words[1] + ":"
                columns = {c.column: c.value for c in row if c.value is not None and c is not marker}
                continue
            if key is None or row[key].value in (None, "="):
                continue
            for cell in row:
                if cell.column in columns and not str(columns[cell.column]).startswith("="):
                    found.setdefault((prefix + str(row[key].value), columns[cell.column]),
                                     (sheet.title, cell.coordinate))
    return found


def labels_of(book):
    """What drop-downs offer, by the code of their list."""
    lists = next(sheet for sheet in book if str(sheet["A1"].value).startswith("cosp/1 lists"))
    return {column[1].value: [c.value for c in column[2:] if c.value is not None]
            for column in lists.iter_cols() if column[1].value}


def flat(value, path=""):
    """Leaves by path. A list of values is one leaf: its order is part of it; rows go by their ids."""
    if isinstance(value, dict):
        leaves = {}
        for name, member in value.items():
            leaves.update(flat(member, f"{path}/{name}"))
        return leaves or {path: "{}"}
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        leaves = {path + "/(order)": json.dumps([one.get("id", one.get("rule")) for one in value])}
        for number, one in enumerate(value):
            leaves.update(flat(one, f"{path}/{one.get('id', number)}"))
        return leaves
    return {path: json.dumps(value, ensure_ascii=False)}


def differences(before, after):
    """One line each; a value beside which something was written is the same value."""
    def leaves(content):
        # A bare answer is one that is nothing but its value.
        return {(path[:-len("/value")] if path.endswith("/value") else path).replace("/value/", "/"): leaf
                for path, leaf in flat(content).items()}
    was, now = leaves(before), leaves(after)
    return [f"{path}: {was.get(path, '(nothing)')} -> {now.get(path, '(nothing)')}"
            for path in sorted(was.keys() | now.keys()) if was.get(path) != now.get(path)]


def load(path, **options):
    return openpyxl.load_workbook(path, **options)
