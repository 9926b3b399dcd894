//! Messages with unusable parts, and every refusal seen (rows 1, 2, 6, 8, 16, 27).
