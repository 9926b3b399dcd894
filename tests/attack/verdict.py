"""Is each withheld cell as uncertain as the rule demands?

Every solution of the system is a truth that an attacker cannot rule out, so a cell is safe as soon
as two solutions together show the demanded range. Many cells are pushed up or down at once to find
such witnesses; what is left after that is solved for, one by one, and what then still fails is a
violation with its exact interval. Figures are whole numbers, so intervals are rounded inwards.

Before that the sums are followed one after the other, as a patient reader can, and more is demanded
of what this finds: that few visitors may be any number of few.
"""

from dataclasses import dataclass

import numpy

from folder import METRICS, VISITORS
from propagation import propagated
from solver import TOLERANCE

PRIMARY, FEW, SECONDARY, OTHER = range(4)

# Turns over all blocks: later ones find little.
TURNS_MAX = 40

# So many turns without an answer end it, for each turn cuts the blocks in another way.
IDLE_MAX = 2


@dataclass
class Question:
    """One figure of one withheld cell: the columns that hold it or, for an unnamed label, that it
    is a part of; and what is demanded of their interval."""

    columns: list
    is_named: bool
    kind: int
    cap: float
    about: dict


class Questions:
    """All questions as arrays, so that thousands are judged at once after each program."""

    def __init__(self, folder, questions, is_by_programs=False):
        self.folder, self.questions, self.is_by_programs = folder, questions, is_by_programs
        self.visitors_min = folder.visitors_min
        # Few visitors may be one as well as one less than the threshold, as far as a reader can
        # follow the sums one after the other; a program that solves them all at once still has to
        # leave half the threshold open.
        self.few = folder.visitors_min - 1
        self.least_wide = folder.visitors_min // 2 if is_by_programs else self.few
        # What a published figure leaves open; and a published 0: 0 to 4.
        self.rounded_wide = folder.rounded_to - 1
        self.zero_high = folder.rounded_to - 1 - folder.rounded_to // 2
        widest = max((len(question.columns) for question in questions), default=1)
        padded = [question.columns + question.columns[:1] * (widest - len(question.columns))
                  for question in questions]
        self.columns = numpy.asarray(padded, dtype=int).reshape(len(questions), widest)
        self.is_named = numpy.asarray([question.is_named for question in questions], dtype=bool)
        self.kind = numpy.asarray([question.kind for question in questions], dtype=int)
        self.cap = numpy.asarray([question.cap for question in questions], dtype=float)

    def only(self, wanted):
        """Those for which `wanted` is true."""
        kept = [self.questions[place] for place in numpy.flatnonzero(wanted)]
        return Questions(self.folder, kept, self.is_by_programs)

    def by_programs(self):
        """The same, with what is demanded of all sums at once."""
        return Questions(self.folder, self.questions, is_by_programs=True)

    def demand(self, kind):
        """What is demanded, in words."""
        if self.is_by_programs and kind != SECONDARY:
            return f"{self.zero_high if kind == OTHER else self.least_wide} wide"
        return {
            PRIMARY: f"from 1 or less to {self.few} or more",
            FEW: f"to {self.few} or more, and from 1 or less or {self.few} wide",
            SECONDARY: "not known exactly",
            OTHER: f"{self.rounded_wide} wide, or 0 to {self.zero_high} or more, as if published",
        }[kind]

    def intervals(self, lowest, highest):
        """The interval of each question in whole numbers."""
        low = numpy.where(self.is_named, lowest[self.columns[:, 0]], 0.0)
        high = numpy.minimum(highest[self.columns].min(axis=1), self.cap)
        return numpy.ceil(low - TOLERANCE), numpy.floor(high + TOLERANCE)

    def shortest(self, highest):
        """Of each question the column that is least far up."""
        shortest = highest[self.columns].argmin(axis=1)
        return self.columns[numpy.arange(len(shortest)), shortest]

    def open(self, lowest, highest):
        """Which questions do these intervals not answer?"""
        low, high = self.intervals(lowest, highest)
        few, wide = self.few, high - low >= self.widths()
        if self.is_by_programs:
            return ~wide
        reaches = (low <= 1) & (high >= few)
        safe = numpy.select(
            [self.kind == PRIMARY, self.kind == FEW, self.kind == OTHER],
            [
                reaches,
                reaches | (wide & (high >= few)),
                (high - low >= self.rounded_wide) | ((low <= 0) & wide),
            ],
            wide,
        )
        return ~safe

    def widths(self):
        """How wide the interval of each question has to be at least."""
        few = (self.kind == PRIMARY) | (self.kind == FEW)
        wide = numpy.where(self.kind == SECONDARY, 1, self.zero_high)
        return numpy.where(few, self.least_wide, wide)

    def goals(self, lowest, highest):
        """How far down and up each open question would have to be seen to be answered."""
        low = self.intervals(lowest, highest)[0]
        return numpy.zeros(len(self.kind)), low + self.widths()


def judge(solver, questions, blocks, violations_max, only_sums=False):
    """What is known too well, and is it all? It stops after so many. An interval that is not exact
    is narrower still."""
    if not questions.questions:
        return [], True
    outer = propagated(solver)
    doomed = questions.open(*outer)
    violations = _failed(questions, doomed, outer, False)
    if len(violations) >= violations_max:
        return violations[:violations_max], False
    if only_sums:
        return violations, True
    questions = questions.only(~doomed).by_programs()
    _push_many(solver, questions, blocks)
    while len(violations) < violations_max:
        is_open = questions.open(solver.lowest, solver.highest)
        if not is_open.any():
            return violations, True
        place = int(numpy.flatnonzero(is_open)[0])
        question = questions.questions[place]
        for column in question.columns:
            solver.greatest(column)
        if question.is_named:
            solver.least(question.columns[0])
        failed = questions.open(solver.lowest, solver.highest)
        failed[:place] = failed[place + 1 :] = False
        violations += _failed(questions, failed, (solver.lowest, solver.highest), True)
        questions = questions.only(numpy.arange(len(questions.questions)) != place)
    return violations, False


def _failed(questions, which, ends, is_exact):
    low, high = questions.intervals(*ends)
    failed = []
    for place in numpy.flatnonzero(which):
        question = questions.questions[place]
        interval = [int(low[place]), int(high[place])]
        failed.append({**question.about, "interval": interval, "exact": is_exact,
                       "demand": questions.demand(question.kind)})
    return failed


def _push_many(solver, questions, blocks):
    """Pushes all that is open down or up at once, each no further than it has to go, so that one
    program answers many: block by block until whole turns answer nothing, then all unknowns."""
    idle = 0
    for turn in range(TURNS_MAX):
        answered = _push_in(blocks.turn(turn), solver, questions, blocks.chance)
        idle = 0 if answered else idle + 1
        if idle > IDLE_MAX or not questions.open(solver.lowest, solver.highest).any():
            break
    while _push_in([None], solver, questions, blocks.chance):
        pass


def _push_in(blocks, solver, questions, chance):
    """How many questions were answered by pushing in each of these blocks."""
    before = questions.open(solver.lowest, solver.highest).sum()
    for free in blocks:
        for is_down in (True, False):
            _push(solver, questions, free, is_down, chance)
    return before - questions.open(solver.lowest, solver.highest).sum()


def _push(solver, questions, free, is_down, chance):
    is_open = questions.open(solver.lowest, solver.highest)
    columns = questions.columns[:, 0] if is_down else questions.shortest(solver.highest)
    down, up = questions.goals(solver.lowest, solver.highest)
    if is_down:
        is_open &= solver.lowest[columns] > down + TOLERANCE
    else:
        is_open &= solver.highest[columns] < up - TOLERANCE
    if free is not None:
        is_open &= free[columns]
    if not is_open.any():
        return
    columns, first = numpy.unique(columns[is_open], return_index=True)
    down, up = down[is_open][first], up[is_open][first]
    costs = numpy.zeros(solver.size)
    weights = chance.uniform(0.5, 1.0, len(columns)) / (1.0 + up)
    low, high = solver.low.copy(), solver.high.copy()
    if is_down:
        costs[columns] = weights
        low[columns] = numpy.maximum(low[columns], down)
    else:
        costs[columns] = -weights
        high[columns] = numpy.minimum(high[columns], up)
    solver.push(costs, low, high, free)


def shown_though_small(folder, exact):
    """The cells that are shown although fewer visitors than the rule asks for are behind them."""
    small = []
    least = folder.networks_least or folder.visitors_min
    for address, table in sorted(folder.tables.items(), key=str):
        for key, row in table.rows.items():
            figures = exact.get(address, {}).get(key)
            if row.figures is not None and figures is not None and any(figures):
                if figures[VISITORS] < least:
                    small.append({**_about(address, key), "truth": figures[VISITORS]})
    return small


def questions_of(truth):
    """The questions of every cell that is withheld and not 0 in truth."""
    knowledge, questions = truth.knowledge, {}
    for address, rows in sorted(truth.exact.items(), key=str):
        table = knowledge.folder.tables[address]
        for key, figures in sorted(rows.items()):
            row = table.rows.get(key)
            if not any(figures) or (row is not None and row.figures is not None):
                continue
            places = truth.places(address[0], *key)
            bases = [knowledge.cells[address][place] for place in places]
            status = table.remainder if row is None else row.confidential
            is_named = places[0] == key
            for question in _questions(knowledge.folder, bases, is_named, status, figures):
                question.about = {**_about(address, key), **question.about}
                # Unnamed labels of one place are asked for once.
                same = (tuple(question.columns), question.kind, is_named or question.cap)
                questions.setdefault(same, question)
    return Questions(knowledge.folder, list(questions.values()))


def _about(address, key):
    (dimension, crossed), period = address
    return {"dimension": dimension, "crossed": crossed, "period": period,
            "label": key[0], "second": key[1]}


def _questions(folder, bases, is_named, status, figures):
    is_primary = figures[VISITORS] < folder.visitors_min
    for place, metric in enumerate(METRICS):
        cap = numpy.inf
        if metric == "visitors":
            kind = PRIMARY if is_primary else SECONDARY
            if status == "A" and not is_named and folder.networks_least is None:
                cap = folder.visitors_min - 1
        else:
            kind = FEW if is_primary and metric in ("views", "visits") else OTHER
        # A line that is withheld for another's sake is large enough to be published.
        if kind == OTHER and not is_primary:
            continue
        # That nothing was seen or done is about nobody.
        if figures[place] == 0 and metric != "visitors":
            continue
        about = {"metric": metric, "named": is_named, "status": status, "truth": figures[place]}
        yield Question([base + place for base in bases], is_named, kind, cap, about)
