//! Validation of resources against the base definitions of FHIR R4.
