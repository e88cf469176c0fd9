#!/usr/bin/env python3
"""An installed copy works by itself: installs into an empty folder, and checks and compiles from there, without COSP_DATA.

Usage: installed_copy.py CMAKE BUILD
"""
import os
import pathlib
import subprocess
import sys
import tempfile


def main():
    cmake, build = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        prefix = pathlib.Path(folder) / "prefix"
        subprocess.run([cmake, "--install", build, "--prefix", str(prefix)], check=True, stdout=subprocess.DEVNULL)
        environment = {key: value for key, value in os.environ.items() if key != "COSP_DATA"}
        environment["XDG_CACHE_HOME"] = folder
        cosp, samples = prefix / "bin" / "cosp", prefix / "share" / "cosp" / "samples"
        steps = ([cosp, "validate", samples / "QMA.json"],
                 [cosp, "compile", samples, "--only", "consolidated-workbook", "--output", pathlib.Path(folder) / "out"])
        for step in steps:
            result = subprocess.run(step, cwd="/", env=environment, capture_output=True, text=True, check=False)
            if result.returncode != 0:
                print(*step, result.stdout, result.stderr, sep="\n")
                return 1
        made = list((pathlib.Path(folder) / "out" / "public").glob("*.xlsx"))
        print(f"installed, checked, {len(made)} workbooks compiled")
        return 0 if made else 1


if __name__ == "__main__":
    sys.exit(main())
