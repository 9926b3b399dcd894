//! The class of a screen, from the width of the page's view.

/// Smallest width of each class in CSS pixels, widest first: the breakpoints `sm`, `lg` and `xxl`
/// of Bootstrap 5, the last raised to 1,440, which is where the common laptops begin. Web
/// developers know them, and Plausible counts by the same ones.
pub const SCREEN_CLASSES: [(u32, &str); 4] =
    [(1_440, "extra_large"), (992, "large"), (576, "medium"), (1, "small")];

/// Widest view that is believed, in CSS pixels: more than two walls of 8K screens side by side.
const WIDTH_MAX: u32 = 20_000;

/// `small`, `medium`, `large` or `extra_large`; nothing for a width that no view has.
pub fn screen_class(width: u32) -> Option<&'static str> {
    if width > WIDTH_MAX {
        return None;
    }
    SCREEN_CLASSES.iter().find(|(width_min, _)| width >= *width_min).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_has_exact_limits() {
        for (width, class) in [
            (0, None),
            (1, Some("small")),
            (575, Some("small")),
            (576, Some("medium")),
            (991, Some("medium")),
            (992, Some("large")),
            (1_439, Some("large")),
            (1_440, Some("extra_large")),
            (20_000, Some("extra_large")),
            (20_001, None),
        ] {
            assert_eq!(screen_class(width), class, "{width}");
        }
    }
}
