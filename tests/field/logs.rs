//! Access logs with every oddity, imported once and counted right (rows 15, 41, 43, 44).
