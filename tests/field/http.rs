//! Every address answers as the standards say: methods, headers, addresses for machines (row 7).
