"""Breakdowns that lie inside one another, as an attacker knows it from the data dictionary.

    prefix       section `/jobs/` holds the page `/jobs/1`; a page may lie in several sections
    code         country `FR` holds the region `FR-75`
    word_prefix  browser `Firefox` holds the version `Firefox 131`, and `Firefox` itself
    before_tab   missing `/old` holds missing_from `/old<TAB>/home`
    label        the one value `label` of the parent holds every value of the child
    same         the two breakdowns have the same values, such as page and entry_page

`exact`: the children of a value add up to it in `metrics`; without, to it or less. `covering`: in
these they add up to it or more. Each child alone is no more than its parent, but in `unbounded`.
"""

# Where each child has one parent, so that the child's name tells the parent's.
DISJOINT = ("code", "word_prefix", "before_tab", "same")


def parents_of(relation, child, parents):
    """The names of the values that hold this child; `parents` are the names published as such."""
    kind = relation["relation"]
    if kind == "prefix":
        return [parent for parent in parents if child.startswith(parent)]
    if kind == "label":
        return [relation["label"]]
    if kind == "code":
        return [child.split("-", 1)[0]]
    if kind == "before_tab":
        return [child.split("\t", 1)[0]]
    if kind == "word_prefix":
        return [_versionless(child, parents)]
    return [child]


def _versionless(child, parents):
    """`Firefox 131` without its version. A version starts with a digit, or (`Windows XP`) follows
    a known name."""
    family, _, version = child.rpartition(" ")
    if family and version[:1].isdigit():
        return family
    if child not in parents and family in parents:
        return family
    return child
