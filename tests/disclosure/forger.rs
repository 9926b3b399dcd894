//! A sender of forged views, from one, four and nine networks: he knows his own part of every
//! line, and looks for the rest of it. His likelihoods follow from the law of the draws, and are
//! measured with many secrets.

use parvis::privacy::disclosure::cell::Cell;
use parvis::privacy::disclosure::rounding::Rounding;
use parvis::privacy::disclosure::secret::RoundingSecret;
use parvis::privacy::disclosure::threshold::{Demand, draw};

use crate::chance::Chance;
use crate::decided::{Lines, Row, THRESHOLD, day, month, published, published_crossing};
use crate::site::{code, secret};

const PAGE: &str = "/hidden";

/// Secrets with which each attack is tried.
const TRIALS: u64 = 4_000;

/// How many more networks of the sender come with each number that the promise names.
const NETWORKS: [u64; 3] = [1, 4, 9];

/// What `docs/anonymity.md` says, of threshold ten. Whether a page had a reader, of two answers:
const STATED_PRESENCE: [f64; 3] = [0.5, 0.502_5, 0.731_1];

/// The same, where the sender knows other days of the month on which nobody read the page:
const STATED_PRESENCE_COMPARED: [f64; 3] = [0.5, 0.502_5, 0.865_5];

/// Which of four browsers the one reader of a page has:
const STATED_PROPERTY: [f64; 3] = [0.25, 0.253_7, 0.596_6];

fn page_row(networks: u64) -> Row {
    Row::of_networks(PAGE, "", networks)
}

fn is_shown(lines: &Lines) -> bool {
    lines.contains_key(&(PAGE.to_owned(), String::new()))
}

/// Is the page's line of a day published, if so many networks read it?
fn is_published(secret: &RoundingSecret, date: i8, networks: u64) -> bool {
    is_shown(&published(secret, day(date), (code("page"), 0), &[page_row(networks)]))
}

/// Four standard deviations of a share of so many trials.
fn noise(share: f64, trials: u64) -> f64 {
    4.0 * (share * (1.0 - share) / trials as f64).sqrt() + 1e-9
}

fn assert_near(what: &str, found: f64, expected: f64) {
    println!("{what}: {found:.4}, {expected:.4} by the law of the draws");
    assert!((found - expected).abs() <= noise(expected, TRIALS), "{what}: {found} of {expected}");
}

/// How often a guess is right over many secrets and both truths.
fn share_right(mut guess: impl FnMut(&RoundingSecret, u64) -> f64) -> f64 {
    let trials = (0..TRIALS).map(|trial| guess(&secret(trial), trial % 2));
    trials.sum::<f64>() / TRIALS as f64
}

fn right(is_right: bool) -> f64 {
    if is_right { 1.0 } else { 0.0 }
}

fn of_day() -> Demand {
    Demand::new(THRESHOLD, false, day(1))
}

#[test]
fn whether_a_page_had_a_reader() {
    for (networks, stated) in NETWORKS.into_iter().zip(STATED_PRESENCE) {
        let more = of_day().likelihood(networks + 1) - of_day().likelihood(networks);
        let expected = 0.5 + 0.5 * more;
        assert!((expected - stated).abs() < 5e-5, "{networks} networks: {expected}");
        let found =
            share_right(|secret, readers| match is_published(secret, 1, networks + readers) {
                // Published lines are of one more network more often than not.
                true => right(readers == 1),
                false => right(readers == 0),
            });
        assert_near(&format!("a reader, from {networks} networks"), found, expected);
    }
    // Without a draw nine networks are sure of it; and where visitors are counted, who are as many
    // as a sender has names for his browser, one network is.
    let without_draw = |count: u64| count >= THRESHOLD;
    let found = share_right(|_, readers| right(without_draw(9 + readers) == (readers == 1)));
    assert!(found > 0.999, "no draw: {found}");
}

#[test]
fn step_by_step_over_the_days_of_a_month() {
    // A page that one reader reads every day, or nobody: from one network more each day.
    let first_day = |secret: &RoundingSecret, readers| {
        (1..=9).find(|&networks| is_published(secret, networks as i8, networks + readers))
    };
    // The likelihood of each first day, by the truth: that of the draw that makes it the first.
    let least = |networks: u64, readers| of_day().likelihood(networks + readers);
    let law = |first: Option<u64>, readers| match first {
        Some(networks) => least(networks, readers) - least(networks - 1, readers),
        None => 1.0 - least(9, readers),
    };
    let outcomes = (1..=9).map(Some).chain([None]);
    let expected: f64 = outcomes.map(|first| law(first, 0).max(law(first, 1))).sum::<f64>() / 2.0;
    let found = share_right(|secret, readers| {
        let first = first_day(secret, readers);
        right((law(first, 1) > law(first, 0)) == (readers == 1))
    });
    assert_near("a reader of every day, step by step", found, expected);
    assert!((expected - STATED_PRESENCE[2]).abs() < 5e-5, "no more than in one step: {expected}");

    // With fresh draws every day the same sender is sure after a month.
    let fresh = |secret: &RoundingSecret, date: i8, networks: u64| {
        let text = date.to_string();
        let cell = Cell::new("www.example.fr", &text, vec![(code("page"), PAGE)]);
        networks >= 5 && networks as i64 + draw(secret, &cell) >= THRESHOLD as i64
    };
    let found = share_right(|secret, readers| {
        let shown = (1..=31).filter(|&date| fresh(secret, date, 9 + readers)).count();
        right((shown > 15) == (readers == 1))
    });
    assert!(found > 0.99, "fresh draws: {found}");
    // And one from four networks is sure of a reader in one month of seven, not in one of 200.
    let sure = of_day().likelihood(5);
    let found = share_right(|secret, _| right((1..=31).any(|date| fresh(secret, date, 5))));
    assert_near("sure from four networks with fresh draws", found, 1.0 - (1.0 - sure).powi(31));
    let found = share_right(|secret, _| right((1..=31).any(|date| is_published(secret, date, 5))));
    assert_near("sure from four networks", found, sure);
}

#[test]
fn days_that_are_known_to_be_empty_show_the_draw() {
    // What one draw for all days of a month costs: days without a reader, if the sender knows of
    // them, tell him where a line appears, and the day that he asks about is compared with them.
    for (networks, stated) in NETWORKS.into_iter().zip(STATED_PRESENCE_COMPARED) {
        let learnt = of_day().likelihood(networks + 1);
        let expected = 0.5 + 0.5 * learnt;
        assert!((expected - stated).abs() < 5e-5, "{networks} networks: {expected}");
        let found = share_right(|secret, readers| {
            let alone = (1..=networks).find(|&own| is_published(secret, own as i8, own));
            // One less than shows the empty page shows the page with a reader.
            let asked = alone.map_or(networks, |own| own - 1);
            let is_shown = is_published(secret, 20, asked + readers);
            right(is_shown == (readers == 1))
        });
        assert_near(&format!("compared days, {networks} networks"), found, expected);
    }
}

const BROWSERS: [&str; 4] = ["Chrome", "Firefox", "Opera", "Safari"];

/// The sender comes once with each browser from each of his networks; one reader has one of them.
fn crossed_rows(networks: u64, truth: usize) -> Vec<Row> {
    let of = |(number, browser): (usize, &'static &'static str)| {
        Row::of_networks(PAGE, browser, networks + u64::from(number == truth))
    };
    BROWSERS.iter().enumerate().map(of).collect()
}

/// He names a browser whose line is published, if not all of them are.
fn named(shown: &[usize], chance: &mut Chance) -> usize {
    match shown.len() {
        0 => chance.below(BROWSERS.len() as u64) as usize,
        _ => *chance.one_of(shown),
    }
}

#[test]
fn which_browser_the_one_reader_of_a_page_has() {
    let codes = (code("page"), code("browser"));
    let at = |number: i64| {
        let of_month = Demand::new(THRESHOLD, true, month());
        let at_least = |networks: u64| of_month.likelihood(networks);
        at_least(number as u64 + 1) - at_least(number as u64)
    };
    for (networks, stated) in NETWORKS.into_iter().zip(STATED_PROPERTY) {
        let expected = 0.25 + 0.75 * at(networks as i64);
        assert!((expected - stated).abs() < 5e-5, "{networks} networks: {expected}");
        let mut chance = Chance(2);
        let found = (0..TRIALS).map(|trial| {
            let truth = trial as usize % BROWSERS.len();
            let crossed = crossed_rows(networks, truth);
            let mut page = page_row(networks + 1);
            page.measures = crossed.iter().fold(Default::default(), |mut sum, row| {
                parvis::model::Measures::add(&mut sum, row.measures);
                sum
            });
            let lines = published_crossing(&secret(trial), codes, &[page], &crossed);
            let is_shown = |browser: &str| lines.contains_key(&(PAGE.into(), browser.into()));
            let shown = (0..BROWSERS.len()).filter(|&number| is_shown(BROWSERS[number]));
            right(named(&shown.collect::<Vec<_>>(), &mut chance) == truth)
        });
        let found = found.sum::<f64>() / TRIALS as f64;
        assert_near(&format!("the browser, from {networks} networks"), found, expected);
    }
    // Without a draw the one line of ten networks is the reader's.
    let mut chance = Chance(3);
    let found = (0..TRIALS).map(|trial| {
        let truth = trial as usize % BROWSERS.len();
        let rows = crossed_rows(9, truth);
        let shown = (0..rows.len()).filter(|&number| rows[number].networks >= THRESHOLD);
        right(named(&shown.collect::<Vec<_>>(), &mut chance) == truth)
    });
    assert_eq!(found.sum::<f64>(), TRIALS as f64);
}

#[test]
fn draws_of_their_own_would_tell_four_networks_more() {
    // A page is crossed with eleven breakdowns. With a draw of its own each of them could tell a
    // sender from four networks for certain; with that of the page all of them do at once, or none.
    let (of_one, crossings) = (of_day().likelihood(5), 11);
    let own = 1.0 - (1.0 - of_one).powi(crossings);
    println!("a property for certain from four networks: {own:.4} with own draws, {of_one:.4}");
    assert!(own > 0.05 && of_one < 0.005);
}

/// The exact figure of a published line, by a sender who adds views one by one on one day.
fn finds_count(shown: impl Fn(u64) -> u64, exact: u64, chance: &mut Chance) -> bool {
    let steps: Vec<u64> = (0..=10).map(|sent| shown(exact + sent)).collect();
    // Which exact figures could have been shown so, with any of the ten limits?
    let limits = |guess: u64| {
        let shows =
            |limit: u64, exact: u64| exact / 10 * 10 + if exact % 10 > limit { 10 } else { 0 };
        (0..10)
            .filter(|&limit| {
                (0..=10).all(|sent| shows(limit, guess + sent) == steps[sent as usize])
            })
            .count()
    };
    let best = (10..200).map(limits).max().unwrap_or(0);
    let guesses: Vec<u64> = (10..200).filter(|&guess| limits(guess) == best).collect();
    *chance.one_of(&guesses) == exact
}

#[test]
fn the_exact_count_of_a_published_page() {
    let mut chance = Chance(4);
    let (trials, mut found, mut by_nearest) = (400, 0, 0);
    for trial in 0..trials {
        let exact = 20 + chance.below(100);
        let secret = secret(trial);
        let shown = |views: u64| {
            let mut row = page_row(20);
            row.measures.views = views;
            published(&secret, day(1), (code("page"), 0), &[row])[&(PAGE.to_owned(), String::new())]
                [0]
        };
        found += u64::from(finds_count(shown, exact, &mut chance));
        // The nearest ten is the limit of four, which everybody knows.
        let nearest = |views: u64| (views + 5) / 10 * 10;
        let flips = (0..=10).find(|&sent| nearest(exact + sent) > nearest(exact)).unwrap();
        by_nearest += u64::from(nearest(exact) + 5 - flips == exact);
    }
    let found = found as f64 / trials as f64;
    println!(
        "the exact count, step by step: {found:.3}, 0.1 by the law; by the nearest ten \
         {by_nearest} of {trials}"
    );
    assert!((found - 0.1).abs() <= noise(0.1, trials));
    assert_eq!(by_nearest, trials);
}

#[test]
fn a_figure_that_the_sender_makes_alone_does_not_show_how_others_are_rounded() {
    // Nobody else makes events on the page: were they rounded by the number of its views, some
    // events would show that number, and some views the exact count.
    let mut chance = Chance(5);
    let trials = 400;
    let (mut by_one_number, mut by_two) = (0, 0);
    for trial in 0..trials {
        let exact = 20 + chance.below(100);
        let secret = secret(trial);
        let row = |views: u64, events: u64| {
            let mut row = page_row(20);
            (row.measures.views, row.measures.events) = (views, events);
            row
        };
        let shown = |views: u64, events: u64| {
            published(&secret, day(1), (code("page"), 0), &[row(views, events)])
                [&(PAGE.to_owned(), String::new())]
        };
        let period = day(1).to_string();
        let cell = Cell::new("www.example.fr", &period, vec![(code("page"), PAGE)]);
        let of_views = Rounding::of(&secret, &cell);
        let limit = |rounded: &dyn Fn(u64) -> u64| {
            (11..20).find(|&sent| rounded(sent) == 20).unwrap_or(20) - 11
        };
        let flips = (0..=10).find(|&sent| shown(exact + sent, 0)[0] > shown(exact, 0)[0]).unwrap();
        let named = |limit: u64| shown(exact, 0)[0] + limit + 1 - flips;
        by_one_number += u64::from(named(limit(&|sent| of_views.figure(sent))) == exact);
        by_two += u64::from(named(limit(&|sent| shown(exact, sent)[4])) == exact);
    }
    let by_two = by_two as f64 / trials as f64;
    println!(
        "with events of his own: {by_one_number} of {trials} by one number, {by_two:.3} by two"
    );
    assert_eq!(by_one_number, trials);
    assert!((by_two - 0.1).abs() <= noise(0.1, trials), "{by_two}");
}
