//! Invariants of FHIR 4.0.1 whose expression does not say what its sentence says.

/// The expression to use instead of the published one; empty = the rule is left out.
pub fn corrected(key: &str) -> Option<&'static str> {
    Some(match key {
        // The code of the value set is `noshow`; the published expression says `no-show`.
        "app-4" => "cancelationReason.exists() implies (status = 'noshow' or status = 'cancelled')",
        // The published expression compares a collection of codes with one code.
        "tim-9" => {
            "offset.empty() or (when.exists() and when.select($this in ('C' | 'CM' | 'CD' | 'CV')).allFalse())"
        }
        // The published expression compares a CodeableConcept with a text.
        "con-3" => {
            "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.coding.where(code = 'problem-list-item').empty()"
        }
        // The published expression asks for the language's own Boolean, which no element is.
        "que-7" => "operator = 'exists' implies (answer is boolean)",
        _ => return None,
    })
}
