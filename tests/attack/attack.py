"""Attacks what is published about one site: `attack.py FOLDER` reads FOLDER/public.json as anybody
could, and FOLDER/truth.json for the verdict alone, and bounds every withheld cell by linear
programming.

It prints a report as JSON and exits with 0 when all is protected, with 1 when something is not, and
with 2 when it cannot judge: a broken folder, or one that contradicts itself or the truth.
"""

import argparse
import json
import os
import sys
import time

import numpy

from blocks import Blocks
from folder import Unreadable, read_public, read_truth
from knowledge import Knowledge
from shown import narrowest
from solver import Solver, conflict
from truth import Truth
from verdict import judge, questions_of, shown_though_small

VIOLATIONS_MAX = 100
LIES_TOLD = 5


def attack(folder, exact, violations_max=VIOLATIONS_MAX, shown_programs_max=0, seed=1,
           only_sums=False):
    """The report on a public folder and the exact figures behind it."""
    started = time.monotonic()
    small = shown_though_small(folder, exact)
    # Where a small cell is shown, an attacker who believed in the threshold would be misled.
    knowledge = Knowledge(folder, believes_threshold=not small)
    truth = Truth(knowledge, exact)
    lies = truth.lies()
    solver = Solver(knowledge.system)
    if not solver.is_feasible():
        lies.append(f"these contradict one another: {conflict(knowledge.system)}")
    if lies:
        told = "; ".join(lies[:LIES_TOLD] + lies[LIES_TOLD:][-1:])
        raise Unreadable(f"{len(lies)} things that the folder tells are not true: {told}")
    questions = questions_of(truth)
    blocks = Blocks(knowledge, numpy.random.default_rng(seed))
    failed, is_complete = judge(solver, questions, blocks, violations_max, only_sums)
    violations = [{**about, "kind": "shown though small"} for about in small]
    violations += [{**about, "kind": "too narrow"} for about in failed]
    return {
        "protected": not violations,
        "violations": violations,
        "violations_complete": is_complete,
        "questions": len(questions.questions),
        "unknowns": len(knowledge.system.low),
        "relations": len(knowledge.system.rows.low),
        "programs": solver.programs,
        "shown": narrowest(solver, knowledge, blocks, shown_programs_max),
        "seconds": round(time.monotonic() - started, 2),
    }


def main(arguments):
    """Runs the command line and returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="+", help="holds public.json and truth.json")
    parser.add_argument("--violations-max", type=int, default=VIOLATIONS_MAX,
                        help="stop a folder after so many")
    parser.add_argument("--shown-programs-max", type=int, default=0,
                        help="programs to spend on how narrow shown figures became")
    parser.add_argument("--only-sums", action="store_true",
                        help="follow the sums one after the other, without programs")
    options = parser.parse_args(arguments)
    code = 0
    for folder in options.folder:
        try:
            public = read_public(os.path.join(folder, "public.json"))
            exact = read_truth(os.path.join(folder, "truth.json"))
            report = attack(public, exact, options.violations_max, options.shown_programs_max,
                            only_sums=options.only_sums)
        except Unreadable as problem:
            report = {"protected": None, "problem": str(problem)}
        print(json.dumps({"folder": folder, **report}, ensure_ascii=False, indent=1))
        if report["protected"] is None:
            code = 2
        elif not report["protected"]:
            code = max(code, 1)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
