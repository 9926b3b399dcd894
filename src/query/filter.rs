//! A filter as it is written: `page:is:/a|/b`, `source:is_not:Google`,
//! `page:starts_with:/services/`.

use crate::dimension::{self, Dimension};
use crate::store::{Filter, Test};

/// Filters of one question.
pub const FILTERS_MAX: usize = 10;

/// Values of one filter.
pub const VALUES_MAX: usize = 100;

/// Why a filter cannot be understood.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FilterError {
    /// Not of the form.
    #[error(
        "{0:?} is no filter: write dimension:test:value, such as page:is:/contact; the tests are \
         is, is_not, contains and starts_with; several values are divided by |"
    )]
    Form(String),
    /// There is no such dimension.
    #[error("there is no dimension {0:?}; /api/v1/dimensions lists those there are")]
    Dimension(String),
    /// Too many.
    #[error("a question has at most {FILTERS_MAX} filters, each of at most {VALUES_MAX} values")]
    TooMany,
}

/// Reads all filters of a question.
pub fn read_all(texts: &[String]) -> Result<Vec<Filter>, FilterError> {
    if texts.len() > FILTERS_MAX {
        return Err(FilterError::TooMany);
    }
    texts.iter().map(|text| read(text)).collect()
}

fn read(text: &str) -> Result<Filter, FilterError> {
    let form = || FilterError::Form(text.to_owned());
    let mut parts = text.splitn(3, ':');
    let (Some(name), Some(test), Some(values)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(form());
    };
    let dimension =
        dimension::named(name).ok_or_else(|| FilterError::Dimension(name.to_owned()))?;
    let test = match test {
        "is" => Test::Is,
        "is_not" => Test::IsNot,
        "contains" => Test::Contains,
        "starts_with" => Test::StartsWith,
        _ => return Err(form()),
    };
    let values = split(values);
    if values.iter().any(String::is_empty) {
        return Err(form());
    }
    if values.len() > VALUES_MAX {
        return Err(FilterError::TooMany);
    }
    Ok(filter(dimension, test, values))
}

/// The values as they are kept, or as they are looked for in what people read.
fn filter(dimension: &Dimension, test: Test, typed: Vec<String>) -> Filter {
    let is_whole = matches!(test, Test::Is | Test::IsNot);
    let value = |text: &String| {
        if is_whole { dimension.key(text) } else { dimension.searched(text) }
    };
    let values: Vec<_> = typed.iter().map(value).collect();
    // The line of an earlier version's spelling is found by that spelling.
    let is_another = |text: &String| is_whole && !values.contains(text);
    let spellings = typed.into_iter().filter(is_another).collect();
    Filter { dimension: dimension.code, test, values, spellings }
}

/// Values divided by `|`; one that belongs to a value is written `\|`.
fn split(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(value) = values.last_mut() else { break };
        match letter {
            '\\' if letters.next_if_eq(&'|').is_some() => value.push('|'),
            '|' => values.push(String::new()),
            _ => value.push(letter),
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_dimension_test_and_values() {
        let filter = read("page:is:/a:b|/c\\|d").unwrap();
        assert_eq!((filter.dimension, filter.test), (dimension::PAGE, Test::Is));
        assert_eq!(filter.values, ["/a:b", "/c|d"]);
    }

    #[test]
    fn both_forms_of_an_address_are_one_filter() {
        let line = "/d%C3%A9marches";
        for text in [
            "page:is:/démarches",
            "page:is:/d%C3%A9marches",
            "page:is:/d%c3%a9marches",
            "page:contains:DÉM",
            "page:contains:d%C3%A9m",
            "page:starts_with:/dé",
        ] {
            let filter = read(text).unwrap();
            assert!(filter.lets_pass(line), "{text}");
            assert!(!filter.lets_pass("/d%25C3%25A9marches"), "{text}");
            assert!(!filter.lets_pass("/contact"), "{text}");
        }
        let percent = read("page:contains:%").unwrap();
        assert!(percent.lets_pass("/100%25") && !percent.lets_pass(line));
        // An escape that is cut finds nothing, and the parts of a value are looked for one by one.
        for cut in ["page:contains:%C3", "page:contains:%E9", "page:starts_with:/d%C3"] {
            assert!(!read(cut).unwrap().lets_pass("/:redacted"), "{cut}");
        }
        assert!(read("missing_from:starts_with:/a\t").unwrap().lets_pass("/a\t/b"));
        // A line that an earlier version kept in another spelling.
        assert!(read("page:is:/%7Euser").unwrap().lets_pass("/%7Euser"));
        assert!(read("page:is:/%7Euser").unwrap().lets_pass("/~user"));
        assert!(!read("page:is_not:/%7Euser").unwrap().lets_pass("/~user"));
        let host = read("source:is:préfecture.example").unwrap();
        assert_eq!(host.values, ["xn--prfecture-c4a.example"]);
        let from = read("missing_from:is:/é\t/à").unwrap();
        assert_eq!(from.values, ["/%C3%A9\t/%C3%A0"]);
    }

    #[test]
    fn what_is_no_filter_says_how_to_write_one() {
        assert!(matches!(read("page"), Err(FilterError::Form(_))));
        assert!(matches!(read("page:like:x"), Err(FilterError::Form(_))));
        assert!(matches!(read("page:is:"), Err(FilterError::Form(_))));
        assert!(matches!(read("city:is:Paris"), Err(FilterError::Dimension(_))));
        assert_eq!(read_all(&vec!["page:is:/".into(); 11]), Err(FilterError::TooMany));
        let many = format!("page:is:{}", vec!["/"; 101].join("|"));
        assert_eq!(read(&many), Err(FilterError::TooMany));
    }
}
