//! Which logins and passwords an account may have: long ones that are not tried first.

use std::collections::BTreeSet;

use crate::web::assets;

/// Fewest characters of a password (ANSSI, authentication guide: 12 where attempts are limited).
pub const PASSWORD_CHARACTERS_MIN: usize = 12;

/// Longest password, in bytes: hashing takes time in proportion.
pub const PASSWORD_BYTES_MAX: usize = 1_000;

/// Longest login, in bytes.
pub const LOGIN_BYTES_MAX: usize = 100;

/// Characters that a password has beside its login.
const OWN_CHARACTERS_MIN: usize = 6;

/// Shorter logins may stand in a password by chance.
const LOGIN_CHARACTERS_MIN: usize = 4;

/// Fewest different characters of a password.
const DIFFERENT_CHARACTERS_MIN: usize = 5;

/// Shorter words of the list are parts of too many good passwords.
const COMMON_CHARACTERS_MIN: usize = 4;

/// The list of common passwords, the most common first: an array of JSON, in small letters.
pub const COMMON_PASSWORDS: &str = "@zxcvbn-ts/language-common/src/passwords.json";

/// Why an account cannot be made.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum AccountProblem {
    /// The login.
    #[error("a login has 1 to {LOGIN_BYTES_MAX} bytes without spaces")]
    Login,
    /// The length of the password.
    #[error(
        "a password has at least {PASSWORD_CHARACTERS_MIN} characters and at most \
         {PASSWORD_BYTES_MAX} bytes"
    )]
    Length,
    /// It is the login and little else.
    #[error("this password is made of the login: choose another, such as a few unusual words")]
    IsLogin,
    /// It is a few characters again and again, or a row of them.
    #[error(
        "this password repeats a few characters or follows the alphabet: choose another, such as \
         a few unusual words"
    )]
    Monotonous,
    /// It is one of those that are tried first.
    #[error(
        "this password is among those that are tried first: choose another, such as a few unusual \
         words"
    )]
    Common,
}

/// Can an account have this login and password?
pub fn check_password(login: &str, password: &str) -> Result<(), AccountProblem> {
    let login_fits = !login.is_empty() && login.len() <= LOGIN_BYTES_MAX;
    if !login_fits || login.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(AccountProblem::Login);
    }
    let is_short = password.chars().count() < PASSWORD_CHARACTERS_MIN;
    if is_short || password.len() > PASSWORD_BYTES_MAX {
        return Err(AccountProblem::Length);
    }
    let small = password.to_lowercase();
    if is_of_login(&login.to_lowercase(), &small) {
        Err(AccountProblem::IsLogin)
    } else if is_monotonous(&small) {
        Err(AccountProblem::Monotonous)
    } else if is_common(&small) {
        Err(AccountProblem::Common)
    } else {
        Ok(())
    }
}

/// Is it the login, once or several times, with no more than a few characters around?
fn is_of_login(login: &str, password: &str) -> bool {
    let password = letters_and_digits(password);
    // Of an address, the name before the sign may stand alone.
    let names = [login, login.split('@').next().unwrap_or(login)];
    names.iter().map(|name| letters_and_digits(name)).filter(|name| !name.is_empty()).any(|name| {
        let rest = password.replace(&name, "");
        let is_long = name.chars().count() >= LOGIN_CHARACTERS_MIN;
        rest.is_empty() || is_long && rest != password && rest.chars().count() < OWN_CHARACTERS_MIN
    })
}

/// Is it a few characters again and again, or each the one after or before its neighbour?
fn is_monotonous(password: &str) -> bool {
    let different: BTreeSet<char> = password.chars().collect();
    if different.len() < DIFFERENT_CHARACTERS_MIN {
        return true;
    }
    let codes: Vec<u32> = password.chars().map(u32::from).collect();
    // After the last digit and the last letter the row begins again.
    let next = |code: u32| match code {
        0x39 => 0x30,
        0x7A => 0x61,
        code => code + 1,
    };
    codes.windows(2).all(|pair| next(pair[0]) == pair[1])
        || codes.windows(2).all(|pair| next(pair[1]) == pair[0])
}

/// Is it on the list, as a whole, without the digits and signs around it, or repeated?
fn is_common(password: &str) -> bool {
    let joined = letters_and_digits(password);
    let bare = joined.trim_matches(|letter: char| !letter.is_alphabetic());
    let whole = password.trim_matches(|letter: char| !letter.is_alphabetic());
    let mut forms: Vec<&str> = vec![password, &joined, bare, whole];
    forms.extend([repeated(password), repeated(&joined), repeated(bare)]);
    forms.retain(|form| form.chars().count() >= COMMON_CHARACTERS_MIN);
    let list = assets::table(COMMON_PASSWORDS).unwrap_or_default();
    let list: Vec<&str> = serde_json::from_slice(&list).unwrap_or_default();
    list.iter().any(|common| forms.contains(common))
}

/// What a text consists of, if it is that several times; else the text.
fn repeated(text: &str) -> &str {
    let lengths = (1..=text.len() / 2).filter(|length| text.len().is_multiple_of(*length));
    let mut units = lengths.filter_map(|length| text.get(..length));
    units.find(|unit| unit.repeat(text.len() / unit.len()) == text).unwrap_or(text)
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_inside_and_can_be_read() {
        let list = assets::table(COMMON_PASSWORDS).unwrap();
        let list: Vec<&str> = serde_json::from_slice(&list).unwrap();
        assert!(list.len() > 40_000 && list[..3].contains(&"password"), "{}", list.len());
    }

    #[test]
    fn what_is_tried_first_is_refused_and_says_why() {
        use AccountProblem::{Common, IsLogin, Length, Login, Monotonous};
        for (login, password, problem) in [
            ("", "correct horse 7 staple", Login),
            ("two words", "correct horse 7 staple", Login),
            ("jeanne", "short", Length),
            // Six characters of two bytes each.
            ("jeanne", "éàüöîç", Length),
            ("jeanne", "aaaaaaaaaaaa", Monotonous),
            ("jeanne", "abababababab", Monotonous),
            ("jeanne", "111122223333", Monotonous),
            ("jeanne", "123456789012", Monotonous),
            ("jeanne", "nmlkjihgfedcba", Monotonous),
            ("jeanne", "abcdefghijkl", Monotonous),
            ("jeanne.dupont", "jeanne.dupont", IsLogin),
            ("jeanne.dupont", "Jeanne.Dupont", IsLogin),
            ("jeanne", "jeannejeanne", IsLogin),
            ("jeanne", "JEANNE-jeanne!", IsLogin),
            ("jeanne", "jeanne-2026!", IsLogin),
            ("jeanne.dupont@example.fr", "jeanne.dupont1", IsLogin),
            ("abc", "abc-abc-abc-abc", IsLogin),
            ("martin", "administrator", Common),
            ("martin", "Administrator", Common),
            ("martin", "password1234", Common),
            ("martin", "1234-Password!", Common),
            ("martin", "passwordpassword", Common),
            ("martin", "Sunshine Sunshine", Common),
            ("martin", "qwertyuiop[2026]", Common),
        ] {
            assert_eq!(check_password(login, password), Err(problem), "{login} {password}");
        }
        for (login, password) in [
            ("jeanne", "a-long-password"),
            ("jeanne", "chaise verte sous la pluie"),
            ("jeanne", "jeanne aime les chaises vertes"),
            ("a", "a passage to an attic"),
            ("admin", "8Kq-vR2x-Lm0p"),
            ("admin", "éàüöîçêâûôïë"),
        ] {
            assert_eq!(check_password(login, password), Ok(()), "{login} {password}");
        }
    }
}
