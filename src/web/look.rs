//! How the service presents itself: its name, its language for those who ask for none, and the
//! operator's theme, which is a folder of tokens and a logo.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use actix_web::web::{Data, Path as Place};
use actix_web::{HttpRequest, HttpResponse};

use crate::web::App;
use crate::web::assets::{kept, version_of};
use crate::web::error::Refusal;
use crate::web::locale::{self, Locale};

/// The tokens: custom properties that the style sheet of the pages is written in.
const TOKENS: &str = "tokens.css";

/// The logo.
const LOGO: &str = "logo.svg";

/// Longest file of a theme, in bytes: it is a part of every page, of which the whole has 100 kB.
pub const THEME_BYTES_MAX: usize = 20_000;

/// The look of the service.
#[derive(Clone)]
pub struct Look {
    /// Its name, in the head of every page.
    pub name: String,
    /// The language of readers whose browser asks for none that there is.
    pub language: &'static Locale,
    tokens: Option<Arc<Part>>,
    logo: Option<Arc<Part>>,
}

impl fmt::Debug for Look {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, language, tokens, logo } = self;
        let (has_tokens, has_logo) = (tokens.is_some(), logo.is_some());
        write!(formatter, "{name:?} in {}, {has_tokens}, {has_logo}", language.tag())
    }
}

struct Part {
    bytes: Vec<u8>,
    version: String,
}

/// Why a look cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// There is no such language.
    #[error("language = {0:?} cannot be used: there are {1}")]
    Language(String, String),
    /// A file of the theme cannot be read.
    #[error("the theme's file {0} cannot be read: {1}")]
    Read(String, std::io::Error),
    /// A file of the theme is too large.
    #[error(
        "the theme's file {0} has {1} bytes: at most {THEME_BYTES_MAX} are sent with each page"
    )]
    Size(String, usize),
    /// The folder holds neither.
    #[error("the theme's folder {0} has neither {TOKENS} nor {LOGO}")]
    Empty(String),
}

impl Look {
    /// Reads it, and checks it whole.
    pub fn read(name: String, language: &str, theme: Option<&Path>) -> Result<Self, LookError> {
        let language = locale::named(language).ok_or_else(|| {
            let tags: Vec<_> = locale::all().iter().map(Locale::tag).collect();
            LookError::Language(language.to_owned(), tags.join(", "))
        })?;
        let mut look = Self { name, language, tokens: None, logo: None };
        if let Some(folder) = theme {
            look.tokens = part(folder, TOKENS)?;
            look.logo = part(folder, LOGO)?;
            if look.tokens.is_none() && look.logo.is_none() {
                return Err(LookError::Empty(folder.display().to_string()));
            }
        }
        Ok(look)
    }

    /// The address of the theme's tokens, if it has any.
    pub fn tokens(&self) -> Option<String> {
        self.tokens.as_ref().map(|part| format!("/theme/{TOKENS}?v={}", part.version))
    }

    /// The address of the logo, if there is one.
    pub fn logo(&self) -> Option<String> {
        self.logo.as_ref().map(|part| format!("/theme/{LOGO}?v={}", part.version))
    }
}

fn part(folder: &Path, name: &str) -> Result<Option<Arc<Part>>, LookError> {
    let path = folder.join(name);
    let shown = || path.display().to_string();
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && folder.is_dir() => {
            return Ok(None);
        }
        Err(error) => return Err(LookError::Read(shown(), error)),
    };
    if bytes.len() > THEME_BYTES_MAX {
        return Err(LookError::Size(shown(), bytes.len()));
    }
    let version = version_of(&bytes);
    Ok(Some(Arc::new(Part { bytes, version })))
}

/// `GET /theme/{file}`: a file of the theme.
pub async fn file(
    request: HttpRequest,
    name: Place<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (part, media_type) = match name.as_str() {
        TOKENS => (&app.look.tokens, "text/css; charset=utf-8"),
        LOGO => (&app.look.logo, "image/svg+xml"),
        _ => (&None, ""),
    };
    let part = part.as_ref().ok_or_else(|| Refusal::NotFound("No such file.".to_owned()))?;
    kept(&request, part.bytes.clone(), &part.version, media_type)
}
