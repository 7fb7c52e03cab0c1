//! The list of known differences, and that it is exact.

use std::collections::BTreeMap;

use super::Row;

/// One line of a list: `name | ours | theirs | who is right | where it is written | why`, where
/// `ours` and `theirs` count the occurrences that only one side found.
pub fn listed(text: &str) -> BTreeMap<String, (usize, usize)> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(fields.len(), 6, "six fields: {line}");
            assert!(
                matches!(fields[3], "Fristed" | "reference" | "either"),
                "who is right: {line}"
            );
            assert!(fields[4..].iter().all(|field| !field.is_empty()), "where and why: {line}");
            (fields[0].to_owned(), (fields[1].parse().unwrap(), fields[2].parse().unwrap()))
        })
        .collect()
}

/// What was found apart, by name.
#[derive(Default)]
pub struct Found {
    pub apart: BTreeMap<String, (Vec<Row>, Vec<Row>)>,
    pub agreed: usize,
}

impl Found {
    pub fn add(&mut self, name: &str, common: usize, apart: (Vec<Row>, Vec<Row>)) {
        self.agreed += common;
        if !apart.0.is_empty() || !apart.1.is_empty() {
            self.apart.insert(name.to_owned(), apart);
        }
    }

    /// How many of all occurrences both sides found.
    pub fn share(&self) -> f64 {
        let apart: usize = self.apart.values().map(|(a, b)| a.len().max(b.len())).sum();
        let count = |n: usize| f64::from(u32::try_from(n).unwrap());
        count(self.agreed) / count(self.agreed + apart)
    }

    /// Fails where the list is not exactly what was found.
    pub fn is_exactly(&self, list: &str) {
        let listed = listed(list);
        let mut wrong = Vec::new();
        for (name, (ours, theirs)) in &self.apart {
            if listed.get(name) != Some(&(ours.len(), theirs.len())) {
                let few = |rows: &[Row]| rows.iter().take(4).cloned().collect::<Vec<_>>();
                wrong.push(format!(
                    "{name} | {} | {} |\n  only Fristed: {:?}\n  only the reference: {:?}",
                    ours.len(),
                    theirs.len(),
                    few(ours),
                    few(theirs),
                ));
            }
        }
        for name in listed.keys().filter(|name| !self.apart.contains_key(*name)) {
            wrong.push(format!("{name} is listed and does not differ"));
        }
        assert!(wrong.is_empty(), "the list is not exact:\n{}", wrong.join("\n"));
    }
}
