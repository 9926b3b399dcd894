//! Promise 3: an attacker with everything that is published, and linear programming, learns of no
//! withheld line more than its code says. Invented sites are counted, released, and attacked.

mod dump;
mod site;
#[path = "../tables/mod.rs"]
mod tables;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use dump::{Dump, Weakness};
use site::invented;

/// Sites that are attacked with programs, which takes a minute or more each; more with
/// `PARVIS_ATTACKS`.
const SITES: u64 = 1;

/// Sites whose sums are followed one after the other.
const SITES_SUMMED: u64 = 4;

/// Runs the attack on a folder; says whether it found everything protected, and its report.
fn attack(folder: &Path, options: &[&str]) -> (bool, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("build/python/bin/python3");
    let python = if python.exists() { python } else { "python3".into() };
    let output = Command::new(python)
        .arg(root.join("tests/attack/attack.py"))
        .args(["--violations-max", "20"])
        .args(options)
        .arg(folder)
        .output()
        .expect("python3 is installed by `deploy/setup.sh test`");
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => (true, said),
        Some(1) if said.contains("\"protected\": false") => (false, said),
        code => panic!("the attack cannot judge ({code:?}): {said}"),
    }
}

fn sites() -> u64 {
    std::env::var("PARVIS_ATTACKS").ok().and_then(|count| count.parse().ok()).unwrap_or(SITES)
}

fn first() -> u64 {
    std::env::var("PARVIS_ATTACK_FIRST").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2)
}

/// Where `PARVIS_ATTACK_KEEP` wants what is attacked to be kept.
fn kept(seed: u64) -> Option<PathBuf> {
    let folder = Path::new(&std::env::var_os("PARVIS_ATTACK_KEEP")?).join(seed.to_string());
    std::fs::create_dir_all(&folder).unwrap();
    Some(folder)
}

/// Attacks the sites of these seeds.
fn attack_sites(seeds: Range<u64>, options: &[&str]) {
    let mut betrayed = Vec::new();
    for seed in seeds {
        let site = invented(seed);
        let folder = tempfile::tempdir().unwrap();
        let folder = kept(seed).unwrap_or_else(|| folder.path().to_owned());
        Dump::of(&site, Weakness::None).write(&folder);
        let (is_protected, report) = attack(&folder, options);
        if !is_protected {
            betrayed.push(format!("site {seed}: {report}"));
        }
    }
    assert!(betrayed.is_empty(), "{}", betrayed.join("\n"));
}

#[test]
fn nothing_that_is_withheld_can_be_found() {
    attack_sites(first()..first() + sites(), &[]);
}

#[test]
fn few_may_be_any_number_of_few_to_whom_follows_the_sums() {
    attack_sites(1..1 + SITES_SUMMED, &["--only-sums"]);
}

#[test]
fn the_attack_finds_what_weaker_rules_betray() {
    for weakness in [Weakness::Nearest, Weakness::Exact] {
        let found = (1..=4).any(|seed| {
            let folder = tempfile::tempdir().unwrap();
            Dump::of(&invented(seed), weakness).write(folder.path());
            !attack(folder.path(), &["--only-sums"]).0
        });
        assert!(found, "{weakness:?} betrayed nothing");
    }
}
