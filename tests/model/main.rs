//! The model: every figure of the product set beside one counted by brute force from the same
//! requests, for streams of requests that nobody chose.
//!
//! `events` says what can happen and `strategy` invents it; `said` and `brute` are the model,
//! written from the definitions alone; `product` lets the same happen to the product; `compare` and
//! `questions` set the answers of both beside each other.

mod brute;
mod compare;
mod events;
mod found;
mod gaps;
mod live;
mod networks;
mod past;
mod product;
mod questions;
mod said;
mod served;
mod strategy;
#[path = "../tables/mod.rs"]
mod tables;
