//! One page is one line, and text is for people (rows 17, 18, 19, 32, 38, 39).
