#!/usr/bin/env python3
"""Reads every #include of the source folders, and fails on one that goes up or sideways, or that
names a third-party header from a folder that does not own it.

    check_includes.py SOURCE_ROOT
    check_includes.py --self-test
"""
import re
import sys
import tempfile
from pathlib import Path

# What each folder may use of ours, besides itself.
ENGINE = ["base", "model", "readers", "validator", "generator", "store"]
MAY_USE = {
    "base": [],
    "model": ["base"],
    "readers": ["base", "model"],
    "validator": ["base", "model"],
    "generator": ["base", "model"],
    "store": ["base", "model"],
    "service": ENGINE,
    "server": ENGINE + ["service"],
    "apps": ENGINE + ["service", "server"],
}

# Third-party headers by the beginning of their path, and the folders that own them. The first line
# that fits counts: Poco is counted by component.
EVERYWHERE = list(MAY_USE)
THIRD_PARTY = [
    ("fmt/", EVERYWHERE),
    ("nlohmann/", EVERYWHERE),
    ("unicode/", ["base"]),
    ("sodium", ["base"]),
    ("zip.h", ["base"]),
    ("simdjson", ["readers"]),
    ("yaml.h", ["readers"]),
    ("expat", ["readers"]),
    ("re2/", ["validator"]),
    ("xlsxwriter", ["generator"]),
    ("kainjow/", ["generator"]),
    ("Poco/Data/", ["store"]),
    ("Poco/Net/", ["server"]),
    ("Poco/Util/", ["server"]),
    # Foundation comes with each component of Poco.
    ("Poco/", ["store", "server"]),
    ("CLI/", ["apps"]),
]

STANDARD = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
cinttypes climits clocale cmath compare complex concepts condition_variable coroutine csetjmp csignal
cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution
filesystem forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream
iterator latch limits list locale map memory memory_resource mutex new numbers numeric optional ostream
queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location span sstream
stack stdexcept stop_token streambuf string string_view strstream syncstream system_error thread tuple
type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
cxxabi.h
""".split())

# The operating system's, for the folders that talk to it.
SYSTEM = re.compile(r"^(arpa|linux|net|netinet|sys)/[\w/]+\.h$|"
                    r"^(dirent|dlfcn|errno|fcntl|netdb|poll|pthread|pwd|sched|signal|spawn|stdio|stdlib|"
                    r"string|termios|time|unistd)\.h$")
MAY_CALL_THE_SYSTEM = ["base", "readers", "store", "service", "server", "apps"]

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>|(\S.*))')


# Made by the build.
GENERATED = {"readers/form_fingerprint.hpp"}


def fault_of_own(folder, path, root):
    """What is wrong with #include "path" in a file of the folder; empty if nothing is."""
    target = path.split("/")[0]
    if ".." in path.split("/") or "/" not in path:
        return "is not a path from the source root"
    if target not in MAY_USE:
        return f"is no folder of the architecture: {target}/"
    if target != folder and target not in MAY_USE[folder]:
        return f"{folder}/ may use " + (", ".join(MAY_USE[folder]) or "no other folder")
    if path not in GENERATED and not (root / path).is_file():
        return "does not exist"
    return ""


def fault_of_foreign(folder, path):
    """What is wrong with #include <path> in a file of the folder; empty if nothing is."""
    if path in STANDARD:
        return ""
    if SYSTEM.match(path):
        return "" if folder in MAY_CALL_THE_SYSTEM else f"{folder}/ does not call the system"
    for prefix, owners in THIRD_PARTY:
        if path.startswith(prefix):
            return "" if folder in owners else "belongs to " + ", ".join(f"{o}/" for o in owners)
    return "is a library that no folder owns (tests/structure/check_includes.py)"


def faults_of_file(file, root):
    folder = file.relative_to(root).parts[0]
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        own, foreign, other = found.groups()
        if other:
            fault = "is neither in quotes nor in angle brackets"
        elif own:
            fault = fault_of_own(folder, own, root)
        else:
            fault = fault_of_foreign(folder, foreign)
        if fault:
            yield f"{file.relative_to(root)}:{number}: {line.strip()}: {fault}"


def files_of(root):
    return sorted(file for folder in MAY_USE for ending in ("hpp", "cpp", "h", "cc")
                  for file in (root / folder).rglob(f"*.{ending}"))


def check(root):
    files = files_of(root)
    return len(files), [fault for file in files for fault in faults_of_file(file, root)]


def self_test():
    """Each line, put into a file of its folder, must be refused; and each of the second list taken."""
    bad = [
        ("model", '#include "readers/read.hpp"'),
        ("base", '#include "model/form.hpp"'),
        ("readers", '#include "validator/check.hpp"'),
        ("generator", '  #  include "store/store.hpp"'),
        ("service", '#include "server/server.hpp"'),
        ("validator", '#include "../base/text.hpp"'),
        ("validator", '#include "text.hpp"'),
        ("apps", '#include "tests/base/temporary_folder.hpp"'),
        ("model", '#include "base/absent.hpp"'),
        ("model", "#include <unicode/locid.h>"),
        ("validator", "#include <simdjson.h>"),
        ("service", "#include <xlsxwriter.h>"),
        ("server", "#include <Poco/Data/Session.h>"),
        ("store", "#include <Poco/Net/HTTPServer.h>"),
        ("service", "#include <Poco/Path.h>"),
        ("server", "#include <CLI/CLI.hpp>"),
        ("validator", "#include <unistd.h>"),
        ("base", "#include <boost/any.hpp>"),
        ("base", "#include SOME_MACRO"),
    ]
    good = [
        ("model", '#include "base/text.hpp"'),
        ("service", '#include "generator/tables.hpp"'),
        ("base", "#include <unicode/locid.h>"),
        ("base", "#include <sys/stat.h>"),
        ("store", "#include <Poco/Data/Session.h>"),
        ("store", "#include <Poco/Exception.h>"),
        ("validator", "#include <nlohmann/json_fwd.hpp>"),
        ("generator", "#include <vector>"),
        ("generator", '// #include "store/store.hpp"'),
    ]
    headers = ["base/text.hpp", "model/form.hpp", "readers/read.hpp", "validator/check.hpp",
               "store/store.hpp", "server/server.hpp", "generator/tables.hpp",
               "tests/base/temporary_folder.hpp"]
    wrong = []
    for lines, is_refused in ((bad, True), (good, False)):
        for folder, line in lines:
            with tempfile.TemporaryDirectory() as temporary:
                root = Path(temporary)
                for header in headers:
                    (root / header).parent.mkdir(parents=True, exist_ok=True)
                    (root / header).write_text("#pragma once\n", encoding="utf-8")
                (root / folder).mkdir(exist_ok=True)
                (root / folder / "probe.cpp").write_text(f"\n{line}\n", encoding="utf-8")
                faults = check(root)[1]
                if bool(faults) != is_refused or (faults and ":2:" not in faults[0]):
                    wrong.append(f"{folder}/: {line}: {faults or 'taken'}")
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        faults, done = self_test(), "every forbidden include is found"
    elif len(arguments) == 1:
        count, faults = check(Path(arguments[0]).resolve())
        done = f"{count} files include downward only"
        if count == 0:
            faults = ["no source file found: is this the source root?"]
    else:
        print(__doc__, file=sys.stderr)
        return 2
    print("\n".join(faults) if faults else done)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
