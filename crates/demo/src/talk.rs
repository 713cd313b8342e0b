//! What people of the clinic said to each other since yesterday: about a patient, and about the house. Written as the
//! service `communication` writes it (`crates/communication/src/talk`), so that its screens show it.

use crate::calendar::{Moment, plus_days};
use crate::element::{J, Resource, concept, object, reference, text, words};
use crate::special;
use crate::staff::Professional;
use crate::world::World;
use fhir::Json;
use uuid::Uuid;

const PURPOSE: &str = "urn:medhub:communication:purpose";
const AMONG: &str = "urn:medhub:among";
/// Of the service: receipts are found by an id that follows from conversation and reader.
const NAMESPACE: Uuid = Uuid::from_u128(0x2f6d_55a1_90cb_5c0d_b1f7_7461_6c6b_6964);

struct Line {
    who: &'static str,
    /// Days ago, and minutes of that day.
    at: (i64, u16),
    words: &'static str,
    urgent: bool,
    /// Who is called by name.
    calls: Option<&'static str>,
}

struct Talk {
    key: &'static str,
    subject: &'static str,
    patient: Option<u64>,
    people: &'static [&'static str],
    team: Option<&'static str>,
    /// The secretaries have something to do.
    todo: bool,
    lines: &'static [Line],
}

const fn line(who: &'static str, at: (i64, u16), words: &'static str) -> Line {
    Line { who, at, words, urgent: false, calls: None }
}

const TALKS: [Talk; 3] = [
    Talk {
        key: "anticoagulant",
        subject: "Anticoagulant avant l'intervention",
        patient: Some(special::PORTAL),
        people: &["ortho1", "anesth1"],
        team: None,
        todo: false,
        lines: &[
            line(
                "ortho1",
                (1, 17 * 60 + 12),
                "Le patient prend de l'apixaban 5 mg matin et soir. À quelle date l'arrêter ?",
            ),
            Line {
                calls: Some("ortho1"),
                urgent: true,
                ..line(
                    "anesth1",
                    (0, 8 * 60 + 4),
                    "Dernière prise l'avant-veille au soir, clairance à 62. Pas de relais. Pouvez-vous le prévenir aujourd'hui ?",
                )
            },
        ],
    },
    Talk {
        key: "convocation",
        subject: "Nouvelle date de consultation",
        patient: Some(special::PORTAL + 1),
        people: &["ortho1"],
        team: Some("secretary"),
        todo: true,
        lines: &[line(
            "ortho1",
            (0, 7 * 60 + 50),
            "Merci de proposer une consultation à six semaines, avec une radiographie le même jour.",
        )],
    },
    Talk {
        key: "colonne",
        subject: "Colonne d'arthroscopie de la salle 2",
        patient: None,
        people: &["ortho1", "ibode1"],
        team: Some("nurse"),
        todo: false,
        lines: &[
            line(
                "ibode1",
                (1, 15 * 60 + 30),
                "La colonne de la salle 2 revient de révision demain à midi. D'ici là, celle de la salle 4 est réservée.",
            ),
            line("ortho1", (1, 15 * 60 + 41), "Bien noté, je garde l'ordre du programme."),
        ],
    },
];

/// All of it, after the patients whom it is about.
pub(crate) fn talks(world: &World) -> Vec<Resource> {
    TALKS.iter().flat_map(|talk| resources(world, talk)).collect()
}

fn resources(world: &World, talk: &Talk) -> Vec<Resource> {
    let id = format!("talk-{}", world.id(&format!("talk/{}", talk.key)));
    let people: Vec<&Professional> = talk.people.iter().filter_map(|key| world.professional(key)).collect();
    let of = Of { world, talk, id: &id, people: &people };
    let mut out = vec![of.conversation()];
    out.extend((1i64..).zip(talk.lines).map(|(seq, line)| of.message(seq, line)));
    let mut readers: Vec<&str> = talk.lines.iter().map(|line| line.who).collect();
    readers.sort_unstable();
    readers.dedup();
    out.extend(readers.into_iter().filter_map(|who| of.receipt(who)));
    out
}

struct Of<'a> {
    world: &'a World,
    talk: &'a Talk,
    id: &'a str,
    people: &'a [&'a Professional],
}

impl Of<'_> {
    fn base(&self, id: String, kind: &str) -> Resource {
        let mut out = Resource::new("Communication", id)
            .text("status", if kind == "conversation" { "in-progress" } else { "completed" })
            .with("category", Json::array([concept(PURPOSE, kind, "")]));
        for person in self.people {
            out.label(AMONG, &person.reference);
        }
        if let Some(team) = self.talk.team {
            out.label(AMONG, &format!("role/{team}"));
        }
        let patient =
            self.talk.patient.map(|n| format!("Patient/{}", self.world.id(&format!("patient/{n}"))));
        out.maybe("subject", patient.map(|patient| reference(&patient)))
    }

    fn part(&self) -> J {
        Json::array([reference(&format!("Communication/{}", self.id))])
    }

    fn recipients(&self) -> Vec<J> {
        self.people.iter().map(|person| reference(&person.reference)).collect()
    }

    fn at(&self, line: &Line) -> String {
        let (days, minute) = line.at;
        // A clinic that is looked at before breakfast has no messages from later.
        let minute = if days == 0 { minute.min(self.world.now.minute) } else { minute };
        Moment::new(plus_days(self.world.today, -days), minute).text()
    }

    fn conversation(&self) -> Resource {
        let lines = self.talk.lines;
        let count = i64::try_from(lines.len()).unwrap_or(0);
        let mut more = vec![extension("count", "valueUnsignedInt", Json::integer(count))];
        more.extend(self.talk.team.map(|team| extension("team", "valueCode", text(team))));
        if let Some(last) = lines.last() {
            let name = self.world.professional(last.who).map(Professional::display).unwrap_or_default();
            let short: String = last.words.chars().take(140).collect();
            more.push(extension("excerpt", "valueString", text(short)));
            more.push(extension("by", "valueString", text(name)));
            if self.talk.todo {
                more.push(extension("todo", "valueInstant", text(self.at(last))));
            }
        }
        for (seq, line) in (1i64..).zip(lines) {
            if line.urgent {
                more.push(extension("urgent", "valueUnsignedInt", Json::integer(seq)));
            }
            if let Some(called) = line.calls.and_then(|key| self.world.professional(key)) {
                let parts = [
                    object(vec![("url", text("who")), ("valueReference", reference(&called.reference))]),
                    object(vec![("url", text("in")), ("valueUnsignedInt", Json::integer(seq))]),
                ];
                more.push(object(vec![("url", text(url("mention"))), ("extension", Json::array(parts))]));
            }
        }
        let sent = lines.last().map(|line| text(self.at(line)));
        self.base(self.id.to_string(), "conversation")
            .with("topic", words(self.talk.subject))
            .list("recipient", self.recipients())
            .maybe("sent", sent)
            .list("extension", more)
    }

    fn message(&self, seq: i64, line: &Line) -> Resource {
        let id = format!("talk-message-{}", self.world.id(&format!("talk/{}/{seq}", self.talk.key)));
        let delegated = self.talk.todo && seq == 1;
        let mut more = vec![
            extension("seq", "valueUnsignedInt", Json::integer(seq)),
            extension("what", "valueCode", text(if delegated { "delegated" } else { "said" })),
        ];
        let called = line.calls.and_then(|key| self.world.professional(key));
        more.extend(
            called.map(|person| extension("mentioned", "valueReference", reference(&person.reference))),
        );
        self.base(id, "conversation-message")
            .with("partOf", self.part())
            .text("priority", if line.urgent { "urgent" } else { "routine" })
            .list("recipient", self.recipients())
            .text("sent", self.at(line))
            .maybe("sender", self.world.professional(line.who).map(named_person))
            .with("payload", Json::array([object(vec![("contentString", text(line.words))])]))
            .list("extension", more)
    }

    /// Who wrote has read to there.
    fn receipt(&self, who: &str) -> Option<Resource> {
        let person = self.world.professional(who)?;
        let (seq, line) = (1i64..).zip(self.talk.lines).filter(|(_, line)| line.who == who).last()?;
        let of = format!("{}\n{}", self.id, person.reference);
        let id = format!("talk-read-{}", Uuid::new_v5(&NAMESPACE, of.as_bytes()));
        let upto = extension("upto", "valueUnsignedInt", Json::integer(seq));
        let out = self.base(id, "conversation-read").with("partOf", self.part());
        Some(
            out.text("received", self.at(line))
                .with("sender", named_person(person))
                .list("extension", vec![upto]),
        )
    }
}

fn named_person(person: &Professional) -> J {
    object(vec![("reference", text(person.reference.clone())), ("display", text(person.display()))])
}

fn url(name: &str) -> String {
    format!("urn:medhub:conversation:{name}")
}

fn extension(name: &str, member: &'static str, value: J) -> J {
    object(vec![("url", text(url(name))), (member, value)])
}
