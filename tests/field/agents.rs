//! Who reads and where they come from: agents, devices and sources (rows 22, 23, 24, 26).
