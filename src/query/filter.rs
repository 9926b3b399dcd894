//! A filter as it is written: `page:is:/a|/b`, `source:is_not:Google`,
//! `page:starts_with:/services/`.

use crate::dimension;
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
    Ok(Filter { dimension: dimension.code, test, values })
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
