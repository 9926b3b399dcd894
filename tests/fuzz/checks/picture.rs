//! The query of the picture's address.

use parvis::collect::{Message, PictureParameters};
use parvis::model::Host;
use parvis::privacy::Arrival;

use super::values::{check, sites, view};

/// Reads a query and, after a line's end, a `Referer` header; checks all that becomes of them.
pub fn picture_query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (query, header) = text.split_once('\n').unwrap_or((&text, ""));
    let parameters = PictureParameters::read(query);
    // As it was read, it is read again, however it is written.
    assert_eq!(PictureParameters::read(&written(&parameters)), parameters);
    let host = parameters.site.as_deref().and_then(|site| Host::parse(site).ok());
    let message = Message::of_pixel(parameters, Some(header), host.as_ref());
    assert!(!message.has_script() && message.title.is_none() && message.key.is_none());
    for site in sites() {
        assert_eq!(message.meaning(site), Ok(view()));
        let arrival = Arrival {
            page: &message.url,
            is_origin_alone: message.is_origin_alone,
            referrer: message.referrer.as_deref(),
            ..Arrival::default()
        };
        check(site, arrival, &view(), None);
    }
}

fn written(parameters: &PictureParameters) -> String {
    let PictureParameters { page, site, referrer } = parameters;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("u", page), ("d", site), ("r", referrer)] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    query.finish()
}
