//! Comparisons over what both sides count, and breaks that are breaks.
