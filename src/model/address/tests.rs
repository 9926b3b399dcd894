//! The two forms of addresses, by examples and for whatever is written.

use proptest::prelude::*;

use super::*;

#[test]
fn equal_paths_have_one_key() {
    for (one, others) in [
        (
            "/d%C3%A9marches",
            &["/démarches", "/d%c3%a9marches", "/%64%C3%A9marches", "/de\u{301}marches"][..],
        ),
        ("/d%C3%A9marches", &["/d%E9marches", "/d%e9marches"]),
        ("/a[i]-*(b+c)", &["/a%5Bi%5D-%2A(b%2Bc)", "/a[i]-%2a%28b+c%29"]),
        ("/~user", &["/%7Euser", "/%7euser", "/./~user", "/x/../~user", "/x/%2e%2E/~user"]),
        ("/A", &["/%41"]),
        ("/a%20b", &["/a b", "/a%20b"]),
        ("/100%25", &["/100%", "/100%25"]),
        ("/%25C3", &["/%25C3", "/%25%43%33"]),
        ("/a%2Fb", &["/a%2fb"]),
        ("/a/", &["/a/.", "/a/b/.."]),
        ("/?page=a%20b", &["/?page=a+b", "/?page=a b", "/?p%61ge=a%20b"]),
        ("/?q=a%2Bb%26c", &["/?q=a%2bb%26c"]),
        ("/#/caf%C3%A9", &["/#/café", "/#/caf%c3%a9", "/#/caf%E9"]),
    ] {
        assert_eq!(key(one), one, "the key of a key");
        for other in others {
            assert_eq!(key(other), one, "{other}");
        }
    }
}

#[test]
fn other_paths_stay_apart() {
    let keys =
        ["/a/b", "/a%2Fb", "/a%252Fb", "/A/b", "/a/b/", "/a?b", "/a%3Fb", "/a%23b", "/a%5Cb"];
    for (place, one) in keys.iter().enumerate() {
        assert_eq!(key(one), *one);
        assert!(keys[..place].iter().all(|other| key(other) != key(one)));
    }
}

#[test]
fn people_read_letters_and_no_escapes() {
    for (key, shown) in [
        ("/d%C3%A9marches/%C3%A9tat", "/démarches/état"),
        ("/100%25", "/100%"),
        ("/%25C3", "/%25C3"),
        ("/%25C3%25A9", "/%25C3%25A9"),
        ("/a%20b", "/a b"),
        ("/%20a%20%20b%20/", "/%20a%20%20b%20/"),
        ("/a%2Fb%3Fc%23d", "/a%2Fb%3Fc%23d"),
        ("/%E2%80%AEabc", "/%E2%80%AEabc"),
        ("/a%E2%80%8Bb%C2%A0c", "/a%E2%80%8Bb%C2%A0c"),
        ("/%CC%81a", "/%CC%81a"),
        ("/a%00b", "/a%00b"),
        ("/%7B%22a%22%7D", "/{\"a\"}"),
        ("/s?page=%C3%A9t%C3%A9%2B1", "/s?page=été%2B1"),
        ("/%F0%9F%98%80", "/😀"),
        // Spellings of earlier versions are lines of their own.
        ("/%7Euser", "/%7Euser"),
        ("/d%c3%a9marches", "/d%c3%a9marches"),
        ("xn--prfecture-c4a.example/d%C3%A9j%C3%A0.pdf", "préfecture.example/déjà.pdf"),
        ("Le Chat", "Le Chat"),
        (":direct", ":direct"),
    ] {
        assert_eq!(readable(key), shown);
    }
    assert_eq!(key("préfecture.example/déjà.pdf"), "xn--prfecture-c4a.example/d%C3%A9j%C3%A0.pdf");
    assert_eq!(key("préfecture.example"), "xn--prfecture-c4a.example");
    assert_eq!(key("Télé 7 jours"), "Télé 7 jours");
}

#[test]
fn a_search_looks_into_what_is_read() {
    let finds = |piece: &str, key: &str| searchable(key).contains(&searched(piece));
    assert!(finds("dém", "/d%C3%A9marches"));
    assert!(finds("/d%C3%A9m", "/d%C3%A9marches"));
    assert!(finds("d%c3%a9m", "/d%C3%A9marches"));
    assert!(finds("%", "/100%25") && finds("%25", "/100%25"));
    for other in ["/d%C3%A9marches", "/a%2Fb", "/%25C3%25A9", "/a%20b"] {
        assert!(!finds("%", other), "{other}");
        assert!(!finds("C3", other) || other.contains("25C3"), "{other}");
    }
    assert!(finds("%25C3", "/%25C3%25A9"));
    assert!(finds(" b", "/a%20b") && finds("a b", "/a%20b") && finds("a%20b", "/a%20b"));
    assert!(finds("%2F", "/a%2Fb") && !finds("%2F", "/a/b"));
    assert!(finds("préf", "xn--prfecture-c4a.example/a"));
}

/// Pieces of which odd addresses are made.
fn address() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("/".to_owned()),
        Just("%".to_owned()),
        Just("%25".to_owned()),
        Just("%20".to_owned()),
        Just("%2F".to_owned()),
        Just("%e9".to_owned()),
        Just("%C3%A9".to_owned()),
        Just("%E2%80%AE".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("..".to_owned()),
        Just("?a=b&".to_owned()),
        Just("#/".to_owned()),
        "[0-9A-Fa-f]{1,2}",
        "\\PC{0,3}",
        any::<u8>().prop_map(|byte| format!("%{byte:02x}")),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| format!("/{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_key_is_ascii_and_its_own_key(address in address()) {
        let once = key(&address);
        prop_assert!(once.is_ascii(), "{}", once);
        prop_assert_eq!(key(&once), once);
    }

    #[test]
    fn the_readable_form_leads_back_to_its_key(address in address()) {
        let key_of = key(&address);
        let shown = readable(&key_of).into_owned();
        prop_assert_eq!(key(&shown), key_of);
        prop_assert!(!shown.chars().any(crate::model::legible::is_hidden), "{}", shown);
    }

    #[test]
    fn what_is_shown_is_found(address in address()) {
        let key_of = key(&address);
        let shown = readable(&key_of).into_owned();
        prop_assert!(searchable(&key_of).contains(&searched(&shown)), "{}", shown);
    }
}
