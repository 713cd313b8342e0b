//! The tables of `data/`, read once.

use crate::archetype::{Archetype, Pathway};
use crate::table::{Row, rows};
use std::sync::OnceLock;

/// All that the clinic is drawn from.
pub struct Data {
    pub given: Vec<Given>,
    pub family: Vec<&'static str>,
    pub streets: Vec<&'static str>,
    pub communes: Vec<Commune>,
    pub birthplaces: Vec<Birthplace>,
    pub facilities: Vec<Row>,
    pub locations: Vec<Row>,
    pub staff: Vec<Row>,
    pub blocks: Vec<Row>,
    pub absences: Vec<Row>,
    pub equipment: Vec<Row>,
    pub allergens: Vec<Row>,
    pub vaccines: Vec<Row>,
    pub family_diseases: Vec<Row>,
    pub letters: Vec<Row>,
    pub labs: Vec<Lab>,
    pub panels: Vec<Row>,
    pub archetypes: Vec<Archetype>,
    pub pathways: Vec<Pathway>,
    conditions: Vec<Row>,
    drugs: Vec<Drug>,
}

/// A given name and the birth years in which it was usual.
pub struct Given {
    pub male: bool,
    pub name: &'static str,
    pub from: i64,
    pub to: i64,
}

pub struct Commune {
    pub insee: &'static str,
    pub postcode: &'static str,
    pub name: &'static str,
    pub weight: f64,
}

pub struct Birthplace {
    pub insee: &'static str,
    pub name: &'static str,
    pub weight: f64,
}

/// A medicine as it is prescribed.
pub struct Drug {
    pub key: &'static str,
    pub atc: &'static str,
    pub cis: &'static str,
    pub name: &'static str,
    pub brand: &'static str,
    pub dose: f64,
    pub unit: &'static str,
    pub route: (&'static str, &'static str),
    pub per_day: f64,
    pub as_needed: bool,
    pub words: &'static str,
}

/// A laboratory analysis with its reference range by sex (man, woman).
pub struct Lab {
    pub panel: &'static str,
    pub key: &'static str,
    pub loinc: &'static str,
    pub label: &'static str,
    pub unit: &'static str,
    pub ucum: &'static str,
    pub low: [Option<f64>; 2],
    pub high: [Option<f64>; 2],
    pub mean: f64,
    pub sd: f64,
    pub decimals: usize,
}

/// The tables; read at the first call.
pub fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(Data::read)
}

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../data/", $name))
    };
}

impl Data {
    fn read() -> Data {
        Data {
            given: rows(table!("given_names.tsv")).map(|r| Given::read(&r)).collect(),
            family: rows(table!("family_names.tsv")).map(|r| r.text(0)).collect(),
            streets: rows(table!("streets.tsv")).map(|r| r.text(0)).collect(),
            communes: rows(table!("communes.tsv")).map(|r| Commune::read(&r)).collect(),
            birthplaces: rows(table!("birthplaces.tsv")).map(|r| Birthplace::read(&r)).collect(),
            facilities: rows(table!("facilities.tsv")).collect(),
            locations: rows(table!("locations.tsv")).collect(),
            staff: rows(table!("staff.tsv")).collect(),
            blocks: rows(table!("blocks.tsv")).collect(),
            absences: rows(table!("absences.tsv")).collect(),
            equipment: rows(table!("equipment.tsv")).collect(),
            allergens: rows(table!("allergens.tsv")).collect(),
            vaccines: rows(table!("vaccines.tsv")).collect(),
            family_diseases: rows(table!("family.tsv")).collect(),
            letters: rows(table!("letters.tsv")).collect(),
            labs: rows(table!("labs.tsv")).map(|r| Lab::read(&r)).collect(),
            panels: rows(table!("panels.tsv")).collect(),
            archetypes: Archetype::read_all(table!("archetypes.json")),
            pathways: Pathway::read_all(table!("pathways.json")),
            conditions: rows(table!("conditions.tsv")).collect(),
            drugs: rows(table!("drugs.tsv")).map(|r| Drug::read(&r)).collect(),
        }
    }

    pub fn drug(&self, key: &str) -> Option<&Drug> {
        self.drugs.iter().find(|d| d.key == key)
    }

    /// The label of a CIM-10 code; empty if the table does not hold it.
    pub fn condition_label(&self, code: &str) -> &'static str {
        self.conditions.iter().find(|r| r.text(0) == code).map_or("", |r| r.text(1))
    }
}

impl Given {
    fn read(row: &Row) -> Given {
        let year = |column| row.number(column).unwrap_or(0.0) as i64;
        Given { male: row.text(0) == "m", name: row.text(1), from: year(2), to: year(3) }
    }
}

impl Commune {
    fn read(row: &Row) -> Commune {
        let weight = row.number(3).unwrap_or(1.0);
        Commune { insee: row.text(0), postcode: row.text(1), name: row.text(2), weight }
    }
}

impl Birthplace {
    fn read(row: &Row) -> Birthplace {
        Birthplace { insee: row.text(0), name: row.text(1), weight: row.number(2).unwrap_or(1.0) }
    }
}

impl Drug {
    fn read(row: &Row) -> Drug {
        Drug {
            key: row.text(0),
            atc: row.text(1),
            cis: row.text(2),
            name: row.text(3),
            brand: row.text(4),
            dose: row.number(5).unwrap_or(1.0),
            unit: row.text(6),
            route: (row.text(7), row.text(8)),
            per_day: row.number(9).unwrap_or(1.0),
            as_needed: row.text(10) == "1",
            words: row.text(11),
        }
    }
}

impl Lab {
    fn read(row: &Row) -> Lab {
        Lab {
            panel: row.text(0),
            key: row.text(1),
            loinc: row.text(2),
            label: row.text(3),
            unit: row.text(4),
            ucum: row.text(5),
            low: [row.number(6), row.number(8)],
            high: [row.number(7), row.number(9)],
            mean: row.number(10).unwrap_or(0.0),
            sd: row.number(11).unwrap_or(0.0),
            decimals: row.number(12).unwrap_or(0.0) as usize,
        }
    }
}
