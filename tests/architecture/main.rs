//! The house rules as a test: each rule is one test, and each message names the cure.
//!
//! A rule is a function from the tree to its findings. `broken` shows for each that it bites: a
//! tree that breaks it is reported, and its mended twin passes in silence.

mod broken;
mod captions;
mod committed;
mod cycles;
mod facts;
mod floors;
mod knowledge;
mod names;
mod reach;
mod sizes;
mod source;
mod syntax;
mod tokens;
mod types;
mod visit;
mod words;

use std::path::Path;
use std::sync::LazyLock;

use source::{Finding, Tree};

static TREE: LazyLock<Tree> = LazyLock::new(|| Tree::read(Path::new(env!("CARGO_MANIFEST_DIR"))));

fn obey(rule: fn(&Tree) -> Vec<Finding>) {
    let findings = rule(&TREE);
    assert!(findings.is_empty(), "{}\n", source::report(findings));
}

#[test]
fn every_rust_file_can_be_read() {
    obey(sizes::check_readable);
}

#[test]
fn a_floor_uses_only_the_floors_below_it() {
    obey(floors::check);
}

#[test]
fn the_library_file_is_the_map() {
    obey(floors::check_map);
}

#[test]
fn there_are_no_circles() {
    obey(cycles::check);
}

#[test]
fn files_functions_and_lines_stay_small() {
    obey(sizes::check);
}

#[test]
fn every_file_begins_with_its_caption() {
    obey(captions::check);
}

#[test]
fn no_file_is_forgotten() {
    obey(reach::check);
}

#[test]
fn the_four_types_are_made_behind_their_doors() {
    obey(types::check_makers);
}

#[test]
fn secrets_cannot_be_printed_or_written() {
    obey(types::check_silence);
}

#[test]
fn a_hit_has_no_room_for_an_address() {
    obey(types::check_room);
}

#[test]
fn foreign_crates_stay_where_they_belong() {
    obey(knowledge::check_foreign);
}

#[test]
fn refusals_get_their_status_in_one_file() {
    obey(knowledge::check_statuses);
}

#[test]
fn clock_chance_and_environment_are_read_at_the_top() {
    obey(knowledge::check_world);
}

#[test]
fn banned_words_are_absent() {
    obey(words::check);
}

#[test]
fn nothing_made_by_a_tool_is_committed() {
    obey(committed::check);
}

#[test]
fn names_say_what_is_inside() {
    obey(committed::check_names);
}
