#!/usr/bin/env python3
"""The tour in README.md shows what the program really says.

Each block that begins with `$ cosp …` is run in the source root; what follows must be its output, line by line, where a line of
