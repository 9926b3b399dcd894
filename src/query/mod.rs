//! Questions to the figures: which period, metrics, breakdown, filters and comparison; what can be
//! answered exactly; and the answer.
//!
//! A question that cannot be answered exactly is refused with the reason, and never approximated:
//! visitors of two pages cannot be added, because who read both would be counted twice. The same
//! question is asked of the same figures by the API, the command line and the pages; who asks
//! decides only whether the exact figures or the released ones are shown.

mod answer;
mod ask;
mod asker;
mod beside;
mod compared;
mod comparison;
mod cover;
mod exact;
mod filter;
mod gathered;
mod kept;
mod line_methods;
mod plan;
mod run;
mod span;

pub use answer::{Answer, Cells, Days, Pair, Row, Shown};
pub use ask::{
    Ask, AskError, Comparison, LIMIT_DEFAULT, LIMIT_MAX, PAGE_MAX, Sort, What, dimension_named,
};
pub use asker::{Asker, QueryError, Scope};
pub use compared::{Compared, Gap, Run};
pub use cover::{Cover, PROVISIONAL_SECONDS, Provisional, Reader};
pub use filter::{FILTERS_MAX, VALUES_MAX};
pub use gathered::{Gathered, Wanted, time_label};
pub use kept::{Kept, Moment};
pub use line_methods::LineMethods;
pub use plan::{Audience, Unanswerable};
pub use run::run;
pub use span::{PERIOD_COMPATIBLE, PERIOD_DEFAULT, PERIOD_NAMES, Span};
