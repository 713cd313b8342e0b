//! FHIRPath, the expression language of invariants and patches (<https://hl7.org/fhirpath/N1/>).
