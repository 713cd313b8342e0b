//! When and where: rooms and people, what they are free for, and who has booked them.

mod act;
mod agenda;
mod block;
mod booking;
mod calendar;
mod case;
mod closure;
mod day;
mod duration;
mod element;
#[cfg(test)]
mod fixture;
mod index;
mod operations;
mod optimise;
mod place;
mod plan;
mod scenario;
mod secret;
mod self_booking;
mod stopped;
mod suite;
mod wall;
mod words;
mod working_hours;
mod zone;

use fhir::ResourceType;
use index::Shelves;
use service::{Reaction, Route, Service};
use std::sync::Arc;
use store::Rule;

/// The service of bookings.
#[derive(Default)]
pub struct Scheduling {
    shelves: Arc<Shelves>,
}

const OWNS: [ResourceType; 6] = [
    ResourceType::ACTIVITY_DEFINITION,
    ResourceType::APPOINTMENT,
    ResourceType::APPOINTMENT_RESPONSE,
    ResourceType::SCHEDULE,
    ResourceType::SLOT,
    ResourceType::LOCATION,
];

impl Service for Scheduling {
    fn name(&self) -> &'static str {
        "scheduling"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![
            Arc::new(booking::rule::BookedOnce),
            Arc::new(act::DefinesAct),
            Arc::new(self_booking::OpenLimit),
        ]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![Arc::new(stopped::CaseStopped)]
    }

    fn routes(&self) -> Vec<Route> {
        let mut routes = suite::routes(&self.shelves);
        routes.extend(act::routes(&self.shelves));
        routes.extend(duration::verb::routes(&self.shelves));
        routes.extend(optimise::routes(&self.shelves));
        routes.extend(agenda::routes(&self.shelves));
        routes.extend(self_booking::routes(&self.shelves));
        routes.extend(working_hours::routes(&self.shelves));
        routes.extend(calendar::routes(&self.shelves));
        routes.extend(day::routes(&self.shelves));
        routes.extend(wall::routes(&self.shelves));
        routes.extend(scenario::routes(&self.shelves));
        routes.extend(operations::routes(&self.shelves));
        routes
    }
}
