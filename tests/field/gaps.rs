//! Gaps, measures that a method cannot give, and the method of a line (rows 29, 34, 35).

mod days;
mod groups;
mod hours;
mod lines;
mod measures;
mod without_agents;
