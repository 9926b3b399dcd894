//! What can be made of the published figures, in the words of data.gouv.fr.

use crate::model::Words;

/// What a re-use is: the types of udata, the program behind data.gouv.fr, so that a declaration can
/// be carried there as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReuseKind {
    /// A way for programs to ask.
    Api,
    /// A website or program.
    Application,
    /// Something not made yet.
    Idea,
    /// An article of the press.
    NewsArticle,
    /// A scientific paper.
    Paper,
    /// A text on the web.
    Post,
    /// A chart or a map.
    Visualization,
    /// A thing that can be touched.
    Hardware,
}

impl ReuseKind {
    /// Every kind, in the order of data.gouv.fr.
    pub const ALL: [Self; 8] = [
        Self::Api,
        Self::Application,
        Self::Idea,
        Self::NewsArticle,
        Self::Paper,
        Self::Post,
        Self::Visualization,
        Self::Hardware,
    ];

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in udata, in files and in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Application => "application",
            Self::Idea => "idea",
            Self::NewsArticle => "news_article",
            Self::Paper => "paper",
            Self::Post => "post",
            Self::Visualization => "visualization",
            Self::Hardware => "hardware",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> Words {
        match self {
            Self::Api => Words::new("API", "API"),
            Self::Application => Words::new("Application", "Application"),
            Self::Idea => Words::new("Idée", "Idea"),
            Self::NewsArticle => Words::new("Article de presse", "News article"),
            Self::Paper => Words::new("Article scientifique", "Paper"),
            Self::Post => Words::new("Billet de blog", "Post"),
            Self::Visualization => Words::new("Visualisation", "Visualization"),
            Self::Hardware => Words::new("Objet connecté", "Connected device"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_data_gouv_fr_and_are_read_as_they_are_written() {
        let names = ReuseKind::ALL.map(ReuseKind::name);
        let udata = "api application idea news_article paper post visualization hardware";
        assert_eq!(names.join(" "), udata);
        for kind in ReuseKind::ALL {
            assert_eq!(ReuseKind::named(kind.name()), Some(kind));
            assert!(!kind.title().fr.is_empty() && !kind.title().en.is_empty());
        }
        assert_eq!(ReuseKind::named("Idea"), None);
    }
}
