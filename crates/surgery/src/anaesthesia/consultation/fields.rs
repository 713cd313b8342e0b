//! What is asked.

use crate::perioperative::field::{Field, FieldKind, Kind, bounds, field};
use FieldKind::{Choice, Decimal, Flag, Integer, Text};

pub(super) static KIND: Kind = Kind { name: "preanaesthesia", fields: &FIELDS, least: 0 };

/// Without these it is not complete.
pub(super) const NEEDED: [&str; 5] = ["asa", "mallampati", "allergies", "plan", "informed"];

const STORY: FieldKind = Text(4_000);

static FIELDS: [Field; 27] = [
    field("asa", Choice(&["1", "2", "3", "4", "5", "6"])),
    field("urgent", Flag),
    field("mallampati", Choice(&["1", "2", "3", "4"])),
    field("mouthOpening", Integer(bounds("mm", 0.0, 20.0, 70.0, 100.0))),
    field("thyromental", Integer(bounds("mm", 0.0, 40.0, 120.0, 150.0))),
    field("airway", STORY),
    field("difficultAirway", Flag),
    field("weight", Decimal(bounds("kg", 0.3, 2.5, 250.0, 400.0))),
    field("height", Decimal(bounds("cm", 20.0, 45.0, 215.0, 260.0))),
    field("fastingSolids", Integer(bounds("h", 0.0, 6.0, 24.0, 72.0))),
    field("fastingFluids", Integer(bounds("h", 0.0, 2.0, 24.0, 72.0))),
    field("allergies", STORY),
    field("history", STORY),
    field("anaesthesiaHistory", STORY),
    field("treatments", STORY),
    field("treatmentsToStop", STORY),
    field("exam", STORY),
    field("tests", STORY),
    field("plan", Choice(&["general", "spinal", "epidural", "block", "sedation", "local", "combined"])),
    field("planText", STORY),
    field("blood", Choice(&["none", "group", "crossmatch"])),
    field("bloodText", Text(500)),
    field("informed", Flag),
    field("transfer", Choice(&["recovery", "intensive-care"])),
    field("smoking", Text(200)),
    field("dental", Text(500)),
    field("premedication", Text(500)),
];
