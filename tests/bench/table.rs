//! The figures, as a table for people and as JSON for programs.

use serde_json::{Value, json};

/// One figure beside what it is compared to in the same run.
pub struct Row {
    /// What was measured.
    pub what: String,
    /// The unit of both figures.
    pub unit: &'static str,
    /// Fristed's median.
    pub ours: f64,
    /// The median of what it is compared to, and its name.
    pub theirs: Option<(f64, &'static str)>,
    /// What the issue allows.
    pub bound: Bound,
}

/// What a figure has to keep to.
#[derive(Clone, Copy)]
pub enum Bound {
    /// Ours divided by theirs is at most this.
    RatioAtMost(f64),
    /// Theirs divided by ours is at least this.
    FasterBy(f64),
    /// Ours is at most this.
    AtMost(f64),
    /// Ours is at least this.
    AtLeast(f64),
    /// Ours less theirs is at most this.
    AboveByAtMost(f64),
}

impl Row {
    /// The number that the bound speaks of.
    fn measure(&self) -> Option<f64> {
        let theirs = self.theirs.map(|(value, _)| value);
        match self.bound {
            Bound::RatioAtMost(_) => theirs.map(|t| self.ours / t),
            Bound::FasterBy(_) => theirs.map(|t| t / self.ours),
            Bound::AtMost(_) | Bound::AtLeast(_) => Some(self.ours),
            Bound::AboveByAtMost(_) => theirs.map(|t| self.ours - t),
        }
    }

    fn holds(&self) -> Option<bool> {
        let measure = self.measure()?;
        Some(match self.bound {
            Bound::RatioAtMost(limit) | Bound::AtMost(limit) | Bound::AboveByAtMost(limit) => {
                measure <= limit
            }
            Bound::FasterBy(limit) | Bound::AtLeast(limit) => measure >= limit,
        })
    }

    fn wanted(&self) -> String {
        match self.bound {
            Bound::RatioAtMost(limit) => format!("ratio ≤ {limit}"),
            Bound::FasterBy(limit) => format!("≥ {limit} times faster"),
            Bound::AtMost(limit) => format!("≤ {limit} {}", self.unit),
            Bound::AtLeast(limit) => format!("≥ {limit} {}", self.unit),
            Bound::AboveByAtMost(limit) => format!("≤ {limit} {} above", self.unit),
        }
    }
}

/// Prints the rows; `!!` stands before one that falls short.
pub fn print(rows: &[Row]) {
    println!(
        "{:2} {:54} {:>12} {:>34} {:>9}  wanted",
        "", "what", "Fristed", "beside it", "measure"
    );
    for row in rows {
        let mark = if row.holds() == Some(false) { "!!" } else { "" };
        let theirs =
            row.theirs.map_or(String::new(), |(v, name)| format!("{} ({name})", figure(v)));
        let measure = row.measure().map_or(String::new(), figure);
        println!(
            "{mark:2} {:54} {:>12} {theirs:>34} {measure:>9}  {}",
            row.what,
            format!("{} {}", figure(row.ours), row.unit),
            row.wanted()
        );
    }
}

fn figure(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// The rows as JSON: `[{what, unit, ours, theirs, beside, measure, wanted, holds}]`.
pub fn json(rows: &[Row]) -> Value {
    rows.iter()
        .map(|row| {
            json!({
                "what": row.what,
                "unit": row.unit,
                "ours": row.ours,
                "theirs": row.theirs.map(|(v, _)| v),
                "beside": row.theirs.map(|(_, name)| name),
                "measure": row.measure(),
                "wanted": row.wanted(),
                "holds": row.holds(),
            })
        })
        .collect()
}

/// The value that `part` of the values lie below (0.5 is the median); the values are sorted.
pub fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() as f64 * part).ceil() as usize;
    values[at.clamp(1, values.len()) - 1]
}
