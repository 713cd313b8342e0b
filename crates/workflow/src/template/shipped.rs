//! The templates that come with the program. Their times are a proposal: a clinic writes its own version.

use super::{Starts, Template, read};
use std::sync::OnceLock;

const FILES: [&[u8]; 2] = [
    include_bytes!("../../templates/surgery_approval.json"),
    include_bytes!("../../templates/patient_discharge.json"),
];

pub(crate) fn all() -> &'static [Template] {
    static ALL: OnceLock<Vec<Template>> = OnceLock::new();
    ALL.get_or_init(|| {
        let parsed = FILES.iter().filter_map(|file| fhir::json::parse(file).ok());
        parsed.filter_map(|json| read(&json).ok()).collect()
    })
}

/// The courses that this service starts.
pub(crate) fn urls() -> impl Iterator<Item = &'static str> {
    all().iter().map(|template| template.url.as_str())
}

/// Whether the shipped course of that url begins then; what a clinic's own says is looked at when it is chosen.
pub(crate) fn starts(url: &str, when: Starts) -> bool {
    all().iter().any(|template| template.url == url && template.starts == when)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_hold_together() {
        for file in FILES {
            let json = fhir::json::parse(file).unwrap();
            read(&json).unwrap();
        }
        assert_eq!(all().len(), FILES.len());
        let approval: Vec<&str> = all()[0].steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(approval.len(), 6);
        assert_eq!(approval.last(), Some(&"final_approval"));
        assert_eq!(all()[0].steps[5].after.len(), 5);
    }
}
