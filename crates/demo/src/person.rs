//! Draws who a patient is: sex, birth, names, where from, where they live, how they are reached.

use crate::calendar::plus_days;
use crate::data::{Birthplace, Commune, Data};
use crate::digits::nir_key;
use crate::rng::Rng;
use jiff::civil::Date;

/// A person as identity vigilance sees it.
pub struct Person {
    pub male: bool,
    pub birth: Date,
    /// Birth names: the first is the one in use.
    pub given: Vec<&'static str>,
    pub family: &'static str,
    /// The name used in life where it is another than the birth name.
    pub usual: Option<&'static str>,
    pub birthplace: &'static Birthplace,
    pub commune: &'static Commune,
    pub street: String,
    pub mobile: String,
    pub landline: Option<String>,
    pub identity: Identity,
}

/// How sure the identity is: the four states of the national rules (RNIV).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    Provisional,
    Retrieved,
    Validated,
    Qualified,
}

impl Identity {
    pub fn code(self) -> &'static str {
        match self {
            Identity::Provisional => "PROV",
            Identity::Retrieved => "RECUP",
            Identity::Validated => "VALI",
            Identity::Qualified => "QUAL",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Identity::Provisional => "Identité provisoire",
            Identity::Retrieved => "Identité récupérée",
            Identity::Validated => "Identité validée",
            Identity::Qualified => "Identité qualifiée",
        }
    }

    fn draw(rng: &mut Rng) -> Identity {
        let all = [
            (Identity::Qualified, 58.0),
            (Identity::Validated, 14.0),
            (Identity::Retrieved, 11.0),
            (Identity::Provisional, 17.0),
        ];
        rng.weighted(&all, |(_, w)| *w).map_or(Identity::Provisional, |(i, _)| *i)
    }
}

/// A given name usual for that sex and birth year.
pub fn given_for(data: &'static Data, rng: &mut Rng, male: bool, year: i64) -> &'static str {
    let usual: Vec<&str> = data
        .given
        .iter()
        .filter(|g| g.male == male && g.from <= year && year <= g.to)
        .map(|g| g.name)
        .collect();
    rng.pick(&usual).copied().unwrap_or(if male { "Pierre" } else { "Marie" })
}

impl Person {
    /// `None` only if the tables are empty.
    pub fn draw(data: &'static Data, rng: &mut Rng, today: Date, age: i64, male: bool) -> Option<Person> {
        let birth = plus_days(today, -(age * 365 + age / 4) - rng.between(1, 364));
        let year = i64::from(birth.year());
        let mut given = vec![given_for(data, rng, male, year)];
        for _ in 0..rng.between(0, 2) {
            let other = given_for(data, rng, male, year - 25);
            if !given.contains(&other) {
                given.push(other);
            }
        }
        let family = rng.pick(&data.family).copied()?;
        let married = !male && age > 28 && rng.chance(0.45);
        let usual = if married { rng.pick(&data.family).copied().filter(|f| *f != family) } else { None };
        let number = rng.between(1, 148);
        let suffix = if rng.chance(0.08) { " bis" } else { "" };
        Some(Person {
            male,
            birth,
            given,
            family,
            usual,
            birthplace: rng.weighted(&data.birthplaces, |b| b.weight)?,
            commune: rng.weighted(&data.communes, |c| c.weight)?,
            street: format!("{number}{suffix} {}", rng.pick(&data.streets).copied().unwrap_or("rue Pasteur")),
            // Ranges kept for fiction by the French numbering plan: 06 39 98 and 04 65 71.
            mobile: format!("+33 6 39 98 {:02} {:02}", rng.between(0, 99), rng.between(0, 99)),
            landline: (age > 45 && rng.chance(0.5))
                .then(|| format!("+33 4 65 71 {:02} {:02}", rng.between(20, 99), rng.between(0, 99))),
            identity: Identity::draw(rng),
        })
    }

    /// The name in use.
    pub fn name(&self) -> &'static str {
        self.usual.unwrap_or(self.family)
    }

    /// The 15 characters of a demonstration NIR: order numbers from 900 up keep clear of real ones.
    pub fn nir(&self, n: u64) -> Option<String> {
        let sex = if self.male { 1 } else { 2 };
        let year = self.birth.year();
        // Corsica was one department, 20, until 1976.
        let place = match self.birthplace.insee.split_at_checked(2) {
            Some(("2A" | "2B", rest)) if year < 1976 => format!("20{rest}"),
            _ => self.birthplace.insee.to_string(),
        };
        let stem = format!("{sex}{:02}{:02}{place}{:03}", year % 100, self.birth.month(), 900 + n % 100);
        let key = nir_key(&stem)?;
        Some(format!("{stem}{key:02}"))
    }
}
