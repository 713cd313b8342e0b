//! When and where: rooms and people, what they are free for, and who has booked them.

use fhir::ResourceType;
use service::Service;

/// The service of bookings.
pub struct Scheduling;

const OWNS: [ResourceType; 5] = [
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
}
