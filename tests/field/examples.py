"""Runs the examples of the data pages as they are shown, and looks at the types they read.

Reads a list of examples from standard input: the dataset, the code for pandas and for DuckDB, the
path of the file as it was downloaded, and the fields of its schema. Complaints are printed, and the
program then ends with 1.
"""

import contextlib
import csv
import io
import json
import re
import sys

import duckdb
import pandas

# The types by their name in a Table Schema: of pandas and of DuckDB.
TYPES = {
    "string": ("string", "VARCHAR"),
    "integer": ("Int64", "BIGINT"),
    "number": ("Float64", "DOUBLE"),
    "boolean": ("boolean", "BOOLEAN"),
    "date": ("datetime64[us]", "DATE"),
}


def texts(cells):
    """What is in a column of texts, with nothing where there is nothing."""
    return [None if pandas.isna(cell) else cell for cell in cells]


def compare(what, fields, types, columns, rows, place):
    """Complains of each column of another type or with other texts than the file has."""
    for number, field in enumerate(fields):
        name, expected = field["name"], TYPES[field["type"]][place]
        if types[name] != expected:
            yield f"{what}: {name} is {types[name]}, not {expected}"
        elif field["type"] == "string":
            written = [row[number] or None for row in rows][: len(columns.get(name, []))]
            if columns.get(name, []) != written:
                yield f"{what}: {name} has other values than the file"


def complaints(example):
    """What is wrong with one dataset's examples."""
    with open(example["file"], encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    with contextlib.redirect_stdout(io.StringIO()):
        names = {}
        exec(example["pandas"], names)
    figures = names["figures"]
    if len(figures) != len(rows):
        yield f"pandas, {example['dataset']}: {len(figures)} rows, not {len(rows)}"
    types = {name: str(dtype) for name, dtype in figures.dtypes.items()}
    columns = {name: texts(figures[name]) for name in figures.columns}
    what = f"pandas, {example['dataset']}"
    yield from compare(what, example["fields"], types, columns, rows, 0)
    # The file is read from the disk: DuckDB fetches what reads from the web from its own host.
    code = re.sub(r"'http[^']+'", repr(example["file"]), example["duckdb"])
    found = duckdb.sql(code)
    types = dict(zip(found.columns, map(str, found.types)))
    columns = dict(zip(found.columns, map(list, zip(*found.fetchall()))))
    what = f"DuckDB, {example['dataset']}"
    yield from compare(what, example["fields"], types, columns, rows, 1)


def main():
    """Prints what is wrong."""
    wrong = [complaint for example in json.load(sys.stdin) for complaint in complaints(example)]
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
