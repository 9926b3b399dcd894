//! A text in the two languages that everything published has.

/// A text in French and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// In French.
    pub fr: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Words {
    /// The same text in French and English.
    pub const fn new(fr: &'static str, en: &'static str) -> Self {
        Self { fr, en }
    }
}
