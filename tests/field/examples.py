"""Runs the examples of the data pages as they are shown, and looks at the types they read.

Reads a list of examples from standard input: the dataset, the code for pandas, for DuckDB and for R,
the path of the file as it was downloaded, and the fields of its schema. Complaints are printed, and
the program then ends with 1.
"""

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
import urllib.parse

import duckdb
import pandas

# The types by their name in a Table Schema: of pandas, of DuckDB and of R.
TYPES = {
    "string": ("string", "VARCHAR", "character"),
    "integer": ("Int64", "BIGINT", "numeric"),
    "number": ("Float64", "DOUBLE", "numeric"),
    "boolean": ("boolean", "BOOLEAN", "logical"),
    "date": ("datetime64[us]", "DATE", "Date"),
}

# Says of a data frame in R a line for each column: its class, and its values with a mark before each
# and letters of ASCII alone; the mark of nothing is a dash.
SAY_IN_R = """
say <- function(dataset, figures) for (name in names(figures)) {
  values <- enc2utf8(as.character(figures[[name]]))
  coded <- vapply(values, URLencode, "", reserved = TRUE, USE.NAMES = FALSE)
  marked <- ifelse(is.na(values), "-", paste0("=", coded))
  cat(dataset, name, class(figures[[name]])[1], paste(marked, collapse = " "), sep = "\\t")
  cat("\\n")
}
"""


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


def read_in_r(examples):
    """The types and the columns of each dataset, as its example for R reads them."""
    blocks = [f"local({{\n{one['r']}\nsay('{one['dataset']}', figures)\n}})" for one in examples]
    command = ["Rscript", "--vanilla", "-"]
    script = "\n".join([SAY_IN_R, *blocks])
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"R: {done.stderr}")
    found = {one["dataset"]: ({}, {}) for one in examples}
    for line in done.stdout.splitlines():
        dataset, name, kind, values = line.split("\t")
        types, columns = found[dataset]
        types[name] = kind
        columns[name] = [
            urllib.parse.unquote(value[1:]) if value[0] == "=" else None
            for value in values.split(" ") if value
        ]
    return found


def complaints(example, in_r):
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
    types, columns = in_r
    if len(columns[example["fields"][0]["name"]]) != len(rows):
        yield f"R, {example['dataset']}: other rows than the file"
    yield from compare(f"R, {example['dataset']}", example["fields"], types, columns, rows, 2)


def main():
    """Prints what is wrong."""
    examples = json.load(sys.stdin)
    in_r = read_in_r(examples)
    wrong = [text for one in examples for text in complaints(one, in_r[one["dataset"]])]
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
