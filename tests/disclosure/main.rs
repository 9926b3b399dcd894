//! What attackers learn from what is published, under the rule and under weaker ones.

mod likelihood;
