//! Which figures stand at the side of a chart, and which labels below it.

/// The most steps of the scale: more lines than a reader uses.
const STEPS_MAX: f64 = 5.0;

/// A scale that begins at nothing: a curve cut off below looks steeper than it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The figure at the upper edge.
    pub most: f64,
    step: f64,
}

impl Scale {
    /// A scale in round steps (1, 2 or 5, and ten times as much) with room for this figure.
    pub fn up_to(most: f64) -> Self {
        let wanted = (most / STEPS_MAX).max(1.0);
        let tens = 10f64.powf(wanted.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|one| one * tens).into_iter();
        let step = step.into_iter().find(|step| *step >= wanted).unwrap_or(tens * 10.0);
        let steps = (most / step).ceil().max(1.0);
        Self { most: steps * step, step }
    }

    /// The figures at the side, from nothing on.
    pub fn ticks(self) -> impl Iterator<Item = f64> {
        let steps = (self.most / self.step).round() as u32;
        (0..=steps).map(move |place| f64::from(place) * self.step)
    }
}

/// Which of so many places have a label, when so many have room: evenly apart, from the first on.
pub fn places(count: usize, most: usize) -> impl Iterator<Item = usize> {
    (0..count).step_by(count.div_ceil(most.max(1)).max(1))
}
