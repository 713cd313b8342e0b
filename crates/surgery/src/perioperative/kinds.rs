//! What the nurses of the theatre enter.

use super::entry::Sheet;
use super::field::{Bounds, Field, FieldKind, Kind, bounds, field};
use FieldKind::{Choice, Flag, Integer, Text};

pub(crate) static SHEET: Sheet = Sheet { name: "perioperative", kinds: &KINDS };

/// What is counted, in the order in which people say it.
pub(super) const COUNTED: [&str; 4] = ["swabs", "needles", "instruments", "other"];

const PIECES: Bounds = bounds("", 0.0, 0.0, 300.0, 999.0);
const LINE: FieldKind = Text(200);
const STORY: FieldKind = Text(2_000);

static KINDS: [Kind; 10] = [
    Kind { name: "count", fields: &COUNT, least: 2 },
    Kind { name: "position", fields: &POSITION, least: 1 },
    Kind { name: "tourniquet", fields: &TOURNIQUET, least: 2 },
    Kind { name: "drain", fields: &DRAIN, least: 1 },
    Kind { name: "specimen", fields: &SPECIMEN, least: 1 },
    Kind { name: "skin", fields: &SKIN, least: 1 },
    Kind { name: "plate", fields: &PLATE, least: 1 },
    Kind { name: "irrigation", fields: &IRRIGATION, least: 1 },
    Kind { name: "incident", fields: &INCIDENT, least: 1 },
    Kind { name: "note", fields: &NOTE, least: 1 },
];

static COUNT: [Field; 7] = [
    field("phase", Choice(&["before", "added", "closing", "final"])).required(),
    field("swabs", Integer(PIECES)),
    field("needles", Integer(PIECES)),
    field("instruments", Integer(PIECES)),
    field("other", Integer(PIECES)),
    field("decision", Choice(&["recounted-found", "searched", "xray", "left-in-place", "explained"])),
    field("decisionNote", Text(500)),
];

static POSITION: [Field; 5] = [
    field(
        "position",
        Choice(&[
            "supine",
            "prone",
            "lateral-right",
            "lateral-left",
            "lithotomy",
            "sitting",
            "beach-chair",
            "trendelenburg",
            "reverse-trendelenburg",
            "knee-chest",
            "orthopaedic-table",
            "other",
        ]),
    )
    .required(),
    field("supports", LINE),
    field("armRight", LINE),
    field("armLeft", LINE),
    field("pressurePoints", Flag),
];

static TOURNIQUET: [Field; 3] = [
    field("action", Choice(&["on", "off"])).required(),
    field("site", Choice(&["right-arm", "left-arm", "right-leg", "left-leg"])).required(),
    field("pressure", Integer(bounds("mm[Hg]", 50.0, 150.0, 350.0, 600.0))),
];

static DRAIN: [Field; 5] = [
    field("type", Choice(&["redon", "blade", "chest", "urinary", "gastric", "abdominal", "other"]))
        .required(),
    field("site", LINE),
    field("count", Integer(bounds("", 1.0, 1.0, 4.0, 10.0))),
    field("size", Text(40)),
    field("suction", Choice(&["none", "low", "full"])),
];

static SPECIMEN: [Field; 6] = [
    field("nature", LINE).required(),
    field("site", LINE),
    field("side", Choice(&["right", "left", "both", "none"])),
    field("container", Choice(&["formalin", "dry", "saline", "culture", "fresh", "frozen"])).required(),
    field(
        "exam",
        Choice(&["pathology", "frozen-section", "microbiology", "cytology", "biochemistry", "other"]),
    )
    .required(),
    field("count", Integer(bounds("", 1.0, 1.0, 10.0, 50.0))),
];

static SKIN: [Field; 5] = [
    field(
        "product",
        Choice(&["povidone-alcoholic", "povidone-aqueous", "chlorhexidine-alcoholic", "chlorine", "other"]),
    )
    .required(),
    field("area", LINE),
    field("detergent", Flag),
    field("hair", Choice(&["none", "clipped"])),
    field("allergyChecked", Flag),
];

static PLATE: [Field; 4] = [
    field("mode", Choice(&["monopolar", "bipolar"])).required(),
    field("site", LINE),
    field("skinBefore", Choice(&["intact", "altered"])),
    field("skinAfter", Choice(&["intact", "altered"])),
];

static IRRIGATION: [Field; 2] = [
    field("product", LINE).required(),
    field("volume", Integer(bounds("mL", 1.0, 10.0, 12_000.0, 60_000.0))).required(),
];

static INCIDENT: [Field; 3] = [
    field(
        "category",
        Choice(&[
            "equipment",
            "haemorrhage",
            "injury",
            "fall",
            "asepsis",
            "allergy",
            "exposure",
            "identity",
            "count",
            "other",
        ]),
    )
    .required(),
    field("text", STORY).required(),
    field("action", STORY),
];

static NOTE: [Field; 1] = [field("text", STORY).required()];
