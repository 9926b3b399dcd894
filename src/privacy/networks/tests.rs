//! What the keys of networks promise.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::model::Zone;

fn site() -> Host {
    Host::parse("a.example").unwrap()
}

fn other_site() -> Host {
    Host::parse("b.example").unwrap()
}

fn keys(folder: &Path) -> NetworkKeys {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let random: Random = Arc::new(|bytes| {
        for part in bytes.chunks_mut(8) {
            let number = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            part.copy_from_slice(&number.to_le_bytes()[..part.len()]);
        }
    });
    NetworkKeys::open(folder.join("network-keys"), random).unwrap()
}

fn day(text: &str) -> ZoneDay {
    ZoneDay { zone: Zone::named("Europe/Paris").unwrap(), date: text.parse().unwrap() }
}

fn bucket(key: &NetworkKey, address: &str) -> u8 {
    key.bucket(address.parse().unwrap())
}

/// How many of 4,096 networks fall into the same bucket under two keys.
fn agreeing(one: &NetworkKey, other: &NetworkKey) -> usize {
    let addresses = (0..4_096u32).map(|number| IpAddr::from((number << 8 | 9).to_be_bytes()));
    addresses.filter(|address| one.bucket(*address) == other.bucket(*address)).count()
}

#[test]
fn a_network_has_one_bucket_a_site_and_month_and_no_other_one_compares() {
    let folder = tempfile::tempdir().unwrap();
    let keys = keys(folder.path());
    let november = keys.of(&day("2026-11-01"), &site()).unwrap();
    let again = keys.of(&day("2026-11-30"), &site()).unwrap();
    assert_eq!((agreeing(&november, &again), november.check()), (4_096, again.check()));
    let december = keys.of(&day("2026-12-01"), &site()).unwrap();
    let elsewhere = keys.of(&day("2026-11-30"), &other_site()).unwrap();
    for other in [december, elsewhere] {
        // 16 are expected by chance, with a deviation of 4.
        assert!((1..40).contains(&agreeing(&november, &other)), "{}", agreeing(&november, &other));
        assert_ne!(november.check(), other.check());
    }
}

#[test]
fn addresses_are_taken_by_their_24_and_48_bits() {
    let folder = tempfile::tempdir().unwrap();
    let key = keys(folder.path()).of(&day("2026-11-01"), &site()).unwrap();
    assert_eq!(bucket(&key, "192.0.2.1"), bucket(&key, "192.0.2.254"));
    assert_eq!(bucket(&key, "192.0.2.1"), bucket(&key, "::ffff:192.0.2.9"));
    assert_eq!(bucket(&key, "2001:db8:1::1"), bucket(&key, "2001:db8:1:ffff:1::9"));
    let others = (0..=255u8).map(|number| bucket(&key, &format!("192.0.{number}.1")));
    let distinct: std::collections::BTreeSet<u8> = others.collect();
    // Of 256 networks some 162 buckets are expected.
    assert!((130..195).contains(&distinct.len()), "{}", distinct.len());
    let others = (0..256).map(|number| bucket(&key, &format!("2001:db8:{number:x}::1")));
    let distinct: std::collections::BTreeSet<u8> = others.collect();
    assert!((130..195).contains(&distinct.len()), "{}", distinct.len());
}

#[test]
fn a_key_survives_a_restart_and_is_gone_once_it_is_destroyed() {
    let folder = tempfile::tempdir().unwrap();
    let (first, today) = (keys(folder.path()), day("2026-11-23"));
    let month = ZoneMonth::of(&today);
    assert!(first.known(&today, &site()).unwrap().is_none());
    let check = first.of(&today, &site()).unwrap().check();
    let file = first.file(&month);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let second = keys(folder.path());
    assert_eq!(second.known(&today, &site()).unwrap().unwrap().check(), check);
    assert_eq!(second.months_on_disk().unwrap(), std::slice::from_ref(&month));
    second.forget_ended("2026-12-01T12:00:00Z".parse().unwrap());
    assert!(second.open.load().is_empty() && file.exists());
    second.destroy(&month).unwrap();
    assert_eq!(fs::read_dir(folder.path().join("network-keys")).unwrap().count(), 0);
    assert!(second.known(&today, &site()).unwrap().is_none());
    assert_ne!(second.of(&today, &site()).unwrap().check(), check);
    second.destroy(&month).unwrap();
    second.destroy(&month).unwrap();
}

#[test]
fn a_damaged_key_is_an_error_and_not_a_new_key() {
    for damaged in [&b"short"[..], &[7; 33]] {
        let folder = tempfile::tempdir().unwrap();
        let (keys, today) = (keys(folder.path()), day("2026-11-23"));
        let file = keys.file(&ZoneMonth::of(&today));
        fs::write(&file, damaged).unwrap();
        assert!(keys.of(&today, &site()).is_err() && keys.known(&today, &site()).is_err());
        assert_eq!(fs::read(&file).unwrap(), damaged);
    }
}

#[test]
fn two_processes_that_need_a_key_at_one_moment_share_it() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<_> = (0..8).map(|_| keys(folder.path())).collect();
    let checks: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = all
            .iter()
            .map(|keys| scope.spawn(|| keys.of(&day("2026-11-23"), &site()).unwrap().check()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(checks.iter().all(|check| *check == checks[0]), "{checks:?}");
}
