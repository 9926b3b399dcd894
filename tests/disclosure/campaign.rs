//! A whole campaign against one person, by a sender of forged views: one month, every table, every
//! day, whatever he sends and compares. Where the draw keeps a line withheld even with the person
//! and all networks of the sender, it shows nothing of him; so the likelihood that it does not is
//! the most that any campaign reaches.

use parvis::privacy::disclosure::threshold::Demand;
use parvis::release::public_dimensions;

use crate::decided::day;

/// The page of one person has one draw for its days and one for its month. First and last pages and
/// crossings have no draws of their own.
const DRAWS_OF_PAGE: i32 = 2;

/// What `docs/anonymity.md` states: threshold, networks of the sender, and the most that he reaches
/// by one draw and by those of a page.
const STATED: [(u64, u64, f64, f64); 9] = [
    (8, 1, 0.0, 0.0),
    (8, 4, 0.0364, 0.0715),
    (8, 9, 0.9636, 0.9987),
    (10, 1, 0.0, 0.0),
    (10, 4, 0.0049, 0.0098),
    (10, 9, 0.7311, 0.9277),
    (20, 1, 0.0, 0.0),
    (20, 4, 0.0, 0.0),
    (20, 9, 0.0000, 0.0001),
];

fn most(threshold: u64, networks: u64, draws: i32) -> f64 {
    let demand = Demand::new(threshold, false, day(1));
    1.0 - (1.0 - demand.likelihood(networks + 1)).powi(draws)
}

#[test]
fn a_campaign_reaches_what_is_stated_and_no_more() {
    for (threshold, networks, one, page) in STATED {
        let found = (most(threshold, networks, 1), most(threshold, networks, DRAWS_OF_PAGE));
        println!("k = {threshold}, {networks} networks: {:.4} {:.4}", found.0, found.1);
        assert!((found.0 - one).abs() < 6e-5, "{threshold} {networks}: {}", found.0);
        assert!((found.1 - page).abs() < 6e-5, "{threshold} {networks}: {}", found.1);
    }
    // Somebody of whom every value is his alone: a draw for days and one for the month of each
    // breakdown but first and last pages.
    let draws = 2 * (public_dimensions().count() as i32 - 2);
    println!("{draws} draws of one person: {:.3} from four networks", most(10, 4, draws));
    // Fresh draws every day and for every crossing of a page: the days of three breakdowns, their
    // months, and fifteen crossings.
    println!("with fresh draws: {:.3}", most(10, 4, 3 * 31 + 3 + 15));
    assert!(most(10, 4, DRAWS_OF_PAGE) < 0.05 && most(10, 4, 3 * 31 + 3 + 15) > 0.35);
}

#[test]
fn the_least_number_is_what_delta_comes_from() {
    for threshold in 8..=50_u64 {
        let demand = Demand::new(threshold, false, day(1));
        let least = demand.networks_least();
        let delta = demand.likelihood(least);
        // e^-t / (1 + e^-1), where t is the distance from the threshold.
        let law = (-((threshold - least) as f64)).exp() / (1.0 + (-1.0_f64).exp());
        assert!((delta - law).abs() < 1e-12, "{threshold}: {delta}");
        assert!(delta < 0.0134, "{threshold}: {delta}");
        println!("k = {threshold}: least {least}, delta {:.6} %", 100.0 * delta);
    }
}
