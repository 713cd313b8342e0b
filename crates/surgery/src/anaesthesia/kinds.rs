//! What is entered during anaesthesia. Bounds are those of what a body or a machine can show (`min`, `max`) and of
//! what is asked again (`low`, `high`); they are for adults and children alike, so they are wide.

use crate::perioperative::entry::Sheet;
use crate::perioperative::field::{Field, FieldKind, Kind, bounds, field};
use FieldKind::{Choice, Decimal, Integer, Text, Time};

pub(crate) static SHEET: Sheet = Sheet { name: "anaesthesia", kinds: &KINDS };

static KINDS: [Kind; 5] = [
    Kind { name: "vitals", fields: &VITALS, least: 1 },
    Kind { name: "ventilation", fields: &VENTILATION, least: 1 },
    Kind { name: "fluid", fields: &FLUID, least: 3 },
    Kind { name: "event", fields: &EVENT, least: 1 },
    Kind { name: super::DRUG, fields: &DRUG, least: 2 },
];

static VITALS: [Field; 10] = [
    field("hr", Integer(bounds("/min", 0.0, 35.0, 160.0, 320.0))).loinc("8867-4"),
    field("sbp", Integer(bounds("mm[Hg]", 0.0, 65.0, 200.0, 330.0))).loinc("8480-6"),
    field("dbp", Integer(bounds("mm[Hg]", 0.0, 30.0, 120.0, 250.0))).loinc("8462-4"),
    field("map", Integer(bounds("mm[Hg]", 0.0, 45.0, 140.0, 280.0))).loinc("8478-0"),
    field("spo2", Integer(bounds("%", 0.0, 85.0, 100.0, 100.0))).loinc("59408-5"),
    field("etco2", Integer(bounds("mm[Hg]", 0.0, 20.0, 60.0, 150.0))).loinc("19889-5"),
    field("rr", Integer(bounds("/min", 0.0, 6.0, 40.0, 120.0))).loinc("9279-1"),
    field("temp", Decimal(bounds("Cel", 20.0, 34.0, 39.5, 45.0))).loinc("8310-5"),
    field("bis", Integer(bounds("", 0.0, 20.0, 100.0, 100.0))),
    field("tof", Integer(bounds("", 0.0, 0.0, 4.0, 4.0))),
];

static VENTILATION: [Field; 8] = [
    field("mode", Choice(&["spontaneous", "assisted", "volume", "pressure", "manual"])),
    field("tidal", Integer(bounds("mL", 0.0, 50.0, 900.0, 2000.0))).loinc("76222-9"),
    field("rr", Integer(bounds("/min", 0.0, 6.0, 40.0, 120.0))).loinc("19834-1"),
    field("peep", Integer(bounds("cm[H2O]", 0.0, 0.0, 15.0, 40.0))).loinc("76248-4"),
    field("peak", Integer(bounds("cm[H2O]", 0.0, 5.0, 40.0, 100.0))).loinc("76531-3"),
    field("fio2", Integer(bounds("%", 21.0, 21.0, 100.0, 100.0))).loinc("3150-6"),
    field("agent", Choice(&["sevoflurane", "desflurane", "isoflurane", "nitrous-oxide", "none"])),
    field("mac", Decimal(bounds("", 0.0, 0.0, 2.0, 5.0))),
];

pub(super) const IN: [&str; 7] =
    ["crystalloid", "colloid", "albumin", "red-cells", "plasma", "platelets", "cell-saver"];
pub(super) const OUT: [&str; 5] = ["urine", "blood-loss", "gastric", "drain", "ascites"];

static FLUID: [Field; 4] = [
    field("direction", Choice(&["in", "out"])).required(),
    field(
        "what",
        Choice(&[
            "crystalloid",
            "colloid",
            "albumin",
            "red-cells",
            "plasma",
            "platelets",
            "cell-saver",
            "urine",
            "blood-loss",
            "gastric",
            "drain",
            "ascites",
        ]),
    )
    .required(),
    field("product", Text(120)),
    field("volume", Integer(bounds("mL", 0.0, 0.0, 3_000.0, 20_000.0))).required(),
];

static EVENT: [Field; 2] = [
    field(
        "event",
        Choice(&[
            "monitoring",
            "preoxygenation",
            "induction",
            "intubation",
            "laryngeal-mask",
            "spinal",
            "epidural",
            "nerve-block",
            "arterial-line",
            "central-line",
            "antibiotic",
            "incision",
            "position",
            "difficult-airway",
            "arrhythmia",
            "hypotension",
            "bronchospasm",
            "anaphylaxis",
            "cardiac-arrest",
            "awakening",
            "extubation",
            "transfer",
            "other",
        ]),
    )
    .required(),
    field("text", Text(1_000)),
];

static DRUG: [Field; 10] = [
    field("code", Text(60)),
    field("name", Text(120)),
    field(
        "class",
        Choice(&[
            "induction",
            "hypnotic",
            "hypnotic-antagonist",
            "relaxant",
            "relaxant-antagonist",
            "opioid",
            "opioid-antagonist",
            "vasopressor",
            "hypotensive",
            "local",
            "anticholinergic",
            "antiemetic",
            "other",
        ]),
    ),
    field("mode", Choice(&["bolus", "infusion"])).required(),
    field("dose", Decimal(bounds("", 0.0, 0.0, 100_000.0, 100_000.0))),
    field("unit", Choice(&["mg", "ug", "g", "mL", "IU", "mmol"])),
    field("rate", Decimal(bounds("", 0.0, 0.0, 10_000.0, 10_000.0))),
    field("rateUnit", Choice(&["mL/h", "mg/h", "ug/kg/min", "mg/kg/h", "ug/kg/h", "ng/mL"])),
    field("until", Time),
    field(
        "route",
        Choice(&["iv", "im", "sc", "inhaled", "oral", "spinal", "epidural", "perineural", "local", "rectal"]),
    )
    .required(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fluid_goes_in_or_out() {
        let what = FLUID.iter().find(|f| f.name == "what").unwrap();
        let Choice(all) = what.kind else { panic!("no choice") };
        let both: Vec<&str> = IN.iter().chain(OUT.iter()).copied().collect();
        assert_eq!(all, both);
    }

    #[test]
    fn what_is_usual_is_possible() {
        for kind in &KINDS {
            for field in kind.fields {
                if let Integer(b) | Decimal(b) = field.kind {
                    assert!(b.min <= b.low && b.low <= b.high && b.high <= b.max, "{}", field.name);
                }
            }
        }
    }
}
