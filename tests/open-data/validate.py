"""Checks of published files with libraries of Python: one check by name, on one folder.

Each check yields complaints; they are printed, and the program then ends with 1.
"""

import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

# The kinds of column by their name in a Table Schema: what Parquet must have, and how the text
# of a CSV file is read.
KINDS = {
    "string": ("string", str),
    "integer": ("int64", int),
    "number": ("double", float),
    "boolean": ("bool", {"true": True, "false": False}.__getitem__),
    "date": ("date32[day]", datetime.date.fromisoformat),
    "datetime": ("timestamp[ms, tz=UTC]", datetime.datetime.fromisoformat),
}

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")

# How LibreOffice reads the variant for spreadsheets: semicolon, double quote, UTF-8, from the
# first line, in French, nothing quoted is text, numbers and dates are found out.
SPREADSHEET_OPTIONS = "CSV:59,34,76,1,,1036,false,true"

# LibreOffice leaves out files when it is given some hundreds at once.
COPIES_AT_ONCE = 100


def canonical_files(folder):
    """Every canonical CSV file of figures."""
    for path in sorted(folder.rglob("*.csv")):
        if not path.name.endswith(".tableur.csv"):
            yield path


def rows_of(path, **options):
    """The heading and the rows of a CSV file, as texts."""
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file, **options)
    return heading, rows


def siblings(folder, extension):
    """Every file of a format with the canonical file that it says the same as."""
    found = False
    for path in sorted(folder.rglob(f"*.{extension}")):
        beside = path.with_name(path.name.removesuffix(extension) + "csv")
        if beside.exists():
            found = True
            yield path, beside
    if not found:
        raise LookupError(f"no {extension} beside a CSV file")


def schema_of(folder, path):
    """The columns of a file by name, by the schema of its dataset."""
    schema = folder / "data/schemas" / f"{path.parent.name}.json"
    if not schema.exists():
        # A register lies in no folder of its own and has its name.
        schema = folder / "data/schemas" / f"{path.name.split('.')[0]}.json"
    fields = json.loads(schema.read_text(encoding="utf-8"))["fields"]
    return {field["name"]: field["type"] for field in fields}


def check_csvw(folder):
    """Does each CSV file hold what its description says?"""
    from csvw import CSVW

    described = 0
    for path in canonical_files(folder):
        if not path.with_name(path.name + "-metadata.json").exists():
            continue
        described += 1
        try:
            table = CSVW(str(path), validate=True)
            valid = table.is_valid
            warnings = [str(warning.message) for warning in table.warnings]
        except Exception as error:  # The library raises what its parsers raise.
            valid, warnings = False, [repr(error)]
        if not valid or warnings:
            yield f"{path}: {'; '.join(warnings) or 'not valid'}"
    if described == 0:
        yield "no CSV file is described"


def check_parquet(folder):
    """Does each Parquet file have the rows of its CSV file, in the types of its schema?"""
    import pyarrow.parquet

    for path, beside in siblings(folder, "parquet"):
        try:
            table = pyarrow.parquet.read_table(path)
        except Exception as error:  # Whatever a broken file makes of itself.
            yield f"{path}: {error!r}"
            continue
        kinds = schema_of(folder, path)
        heading, rows = rows_of(beside)
        if table.column_names != heading:
            yield f"{path}: {table.column_names}, not {heading}"
            continue
        for field in table.schema:
            expected = KINDS[kinds[field.name]][0]
            if str(field.type) != expected:
                yield f"{path}: {field.name} is {field.type}, not {expected}"
        read = [KINDS[kinds[name]][1] for name in heading]
        expected = [
            [None if text == "" else reader(text) for reader, text in zip(read, row)]
            for row in rows
        ]
        found = [list(row.values()) for row in table.to_pylist()]
        # A text that is there and empty looks in CSV as one that is not there.
        found = [[None if cell == "" else cell for cell in row] for row in found]
        yield from differences(path, expected, found)


def check_json(folder):
    """Does each JSON file have the rows of its CSV file?"""
    for path, beside in siblings(folder, "json"):
        kinds = schema_of(folder, path)
        heading, rows = rows_of(beside)
        read = [str if kinds[name] in ("date", "datetime") else KINDS[kinds[name]][1]
                for name in heading]
        expected = [
            [None if text == "" else reader(text) for reader, text in zip(read, row)]
            for row in rows
        ]
        try:
            written = json.loads(path.read_text(encoding="utf-8"))["rows"]
        except (ValueError, KeyError) as error:
            yield f"{path}: {error!r}"
            continue
        found = [
            [row.get(name) for name in heading] if isinstance(row, dict) else row
            for row in written
        ]
        found = [[None if cell == "" else cell for cell in row] for row in found]
        yield from differences(path, expected, found)


def check_spreadsheet(folder):
    """Does LibreOffice read each variant for spreadsheets as the CSV file beside it?"""
    pairs = list(siblings(folder, "tableur.csv"))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        copies = [scratch / f"{number}.csv" for number in range(len(pairs))]
        for copy, (path, _) in zip(copies, pairs):
            shutil.copy(path, copy)
        command = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless",
                   "--convert-to", "fods", f"--infilter={SPREADSHEET_OPTIONS}",
                   "--outdir", str(scratch)]
        for start in range(0, len(copies), COPIES_AT_ONCE):
            some = map(str, copies[start:start + COPIES_AT_ONCE])
            subprocess.run([*command, *some], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        for copy, (path, beside) in zip(copies, pairs):
            _, as_text = rows_of(path, delimiter=";")
            for cell in (cell for row in as_text for cell in row):
                if cell.startswith(FORMULA) and not is_number(cell.replace(",", ".")):
                    yield f"{path}: a spreadsheet takes {cell!r} for a formula"
            heading, rows = rows_of(beside)
            kinds = schema_of(folder, path)
            expected = [[spread(text, kinds[name]) for name, text in zip(heading, row)]
                        for row in rows]
            cells = list(spread_cells(copy.with_suffix(".fods"), len(heading)))
            found = [[look(cell, kinds[name]) for name, cell in zip(heading, row)]
                     for row in cells[1:]]
            if [shown for _, _, shown in cells[0]] != heading:
                yield f"{path}: the heading is {[shown for _, _, shown in cells[0]]}"
            yield from differences(path, expected, found)


def spread(text, kind):
    """What a spreadsheet must hold for a text of the canonical file."""
    if text == "":
        return None
    if kind in ("integer", "number"):
        return float(text)
    return "'" + text if kind == "string" and text.startswith(FORMULA) else text


def look(cell, kind):
    """What a spreadsheet holds for a column: a number where there must be one, else its text."""
    value_type, value, shown = cell
    if value_type is None:
        return None
    if kind in ("integer", "number"):
        return float(value) if value_type == "float" else f"no number: {shown!r}"
    if kind == "date":
        return value if value_type == "date" else f"no date: {shown!r}"
    return f"a formula: {shown!r}" if value_type == "formula" else shown


def spread_cells(path, width):
    """The rows of a spreadsheet: of each cell its type, its value and what is shown."""
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    tables = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    texts = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    for row in xml.parse(path).iter(f"{tables}table-row"):
        cells = []
        for cell in row.iter(f"{tables}table-cell"):
            kind = cell.get(f"{office}value-type")
            value = cell.get(f"{office}value") or cell.get(f"{office}date-value")
            shown = "\n".join(shown_text(line, texts) for line in cell.iter(f"{texts}p"))
            kind = "formula" if cell.get(f"{tables}formula") else kind
            repeated = int(cell.get(f"{tables}number-columns-repeated", "1"))
            cells += [(kind, value, shown)] * min(repeated, width - len(cells))
        cells += [(None, None, "")] * (width - len(cells))
        repeated = int(row.get(f"{tables}number-rows-repeated", "1"))
        if any(kind for kind, _, _ in cells):
            yield from [cells] * repeated


def shown_text(line, texts):
    """The text of a paragraph, with the spaces that the format writes as elements."""
    parts = [line.text or ""]
    for part in line:
        if part.tag == f"{texts}s":
            parts.append(" " * int(part.get(f"{texts}c", "1")))
        elif part.tag == f"{texts}tab":
            parts.append("\t")
        else:
            parts.append(shown_text(part, texts))
        parts.append(part.tail or "")
    return "".join(parts)


def check_pages(folder):
    """Does each page that describes a dataset say what search engines need?"""
    import extruct

    described = 0
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "application/ld+json" not in text:
            continue
        try:
            found = extruct.extract(text, syntaxes=["json-ld"])["json-ld"]
        except ValueError as error:
            yield f"{path}: {error!r}"
            continue
        for dataset in (thing for thing in found if thing.get("@type") == "Dataset"):
            described += 1
            yield from dataset_complaints(path, dataset)
    if described == 0:
        yield "no page describes a dataset"


def dataset_complaints(path, dataset):
    """What schema.org requires and recommends of a dataset and is not there."""
    for name in ("name", "description", "url", "identifier", "license", "creator", "keywords",
                 "variableMeasured", "distribution", "isAccessibleForFree", "dateModified"):
        if dataset.get(name) in (None, "", []):
            yield f"{path}: no {name}"
    if not 50 <= len(dataset.get("description", "")) <= 5000:
        yield f"{path}: search engines want a description of 50 to 5000 characters"
    for file in dataset.get("distribution", []):
        for name in ("contentUrl", "encodingFormat"):
            if not file.get(name):
                yield f"{path}: a distribution without {name}"


def is_number(text):
    """Is it a number as programs write it?"""
    try:
        float(text)
    except ValueError:
        return False
    return True


def differences(path, expected, found):
    """Where two tables differ first."""
    if len(expected) != len(found):
        yield f"{path}: {len(found)} rows, not {len(expected)}"
    for number, (left, right) in enumerate(zip(expected, found), start=1):
        if left != right:
            yield f"{path}: row {number} is {right}, not {left}"
            return


def main():
    """Runs a check by name."""
    name, folder = sys.argv[1:]
    complaints = 0
    for complaint in globals()[f"check_{name}"](pathlib.Path(folder)):
        complaints += 1
        print(complaint)
    sys.exit(1 if complaints else 0)


main()
