//! Promise 3: an attacker with everything that is published, and linear programming, learns of no
//! withheld line more than its code says. Invented sites are counted, released, and attacked.

mod dump;
mod site;

use std::path::{Path, PathBuf};
use std::process::Command;

use dump::{Dump, Weakness};
use site::invented;

/// Sites that are attacked; more with `PARVIS_ATTACKS`.
const SITES: u64 = 1;

/// Runs the attack on a folder; says whether it found everything protected, and its report.
fn attack(folder: &Path) -> (bool, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("build/python/bin/python3");
    let python = if python.exists() { python } else { "python3".into() };
    let output = Command::new(python)
        .arg(root.join("tests/attack/attack.py"))
        .args(["--violations-max", "20"])
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

#[test]
fn nothing_that_is_withheld_can_be_found() {
    let mut betrayed = Vec::new();
    for seed in first()..first() + sites() {
        let site = invented(seed);
        let folder = tempfile::tempdir().unwrap();
        let folder = kept(seed).unwrap_or_else(|| folder.path().to_owned());
        Dump::of(&site, Weakness::None).write(&folder);
        let (is_protected, report) = attack(&folder);
        if !is_protected {
            betrayed.push(format!("site {seed}: {report}"));
        }
    }
    assert!(betrayed.is_empty(), "{}", betrayed.join("\n"));
}

#[test]
fn the_attack_finds_what_weaker_rules_betray() {
    for weakness in [Weakness::NoSecondary, Weakness::FineRatios] {
        let found = (1..=4).any(|seed| {
            let folder = tempfile::tempdir().unwrap();
            Dump::of(&invented(seed), weakness).write(folder.path());
            !attack(folder.path()).0
        });
        assert!(found, "{weakness:?} betrayed nothing");
    }
}
