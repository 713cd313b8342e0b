//! What becomes of an alert: a function of its state, of what people say, and of the time.

use super::ladder::{LAST_RUNG, Priority};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Said, and nobody called yet.
    Triggered,
    /// The people of its rung are called.
    Notified,
    /// Somebody has read it. It is not over.
    Acked,
    /// Somebody is at it.
    Responding,
    Resolved,
    /// Its sender took it back.
    Withdrawn,
}

impl State {
    pub const ALL: [State; 6] = [
        State::Triggered,
        State::Notified,
        State::Acked,
        State::Responding,
        State::Resolved,
        State::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Triggered => "triggered",
            State::Notified => "notified",
            State::Acked => "acked",
            State::Responding => "responding",
            State::Resolved => "resolved",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn is_over(self) -> bool {
        matches!(self, State::Resolved | State::Withdrawn)
    }
}

/// What a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// I have read it.
    Ack,
    /// I come.
    Respond,
    /// I cannot come: call the next ones.
    Pass,
    Resolve,
    Withdraw,
}

impl Answer {
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Ack => "ack",
            Answer::Respond => "respond",
            Answer::Pass => "pass",
            Answer::Resolve => "resolve",
            Answer::Withdraw => "withdraw",
        }
    }
}

/// Where an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    pub state: State,
    pub rung: usize,
    /// When the next step follows by itself (ms since epoch); `None` when it is over.
    pub next: Option<i64>,
}

/// What follows by itself when `next` has come, and its name for the history.
pub(crate) fn overdue_step(stand: Stand, priority: Priority, now: i64) -> Option<(Stand, &'static str)> {
    if stand.next.is_none_or(|next| now < next) {
        return None;
    }
    let next = Some(now + priority.unanswered());
    let up = Stand { state: State::Notified, rung: (stand.rung + 1).min(LAST_RUNG), next };
    match stand.state {
        State::Triggered => Some((Stand { state: State::Notified, rung: 0, next }, "called")),
        State::Notified if stand.rung == LAST_RUNG => Some((up, "called-again")),
        State::Notified => Some((up, "unanswered")),
        State::Acked => Some((up, "idle")),
        State::Responding => Some((up, "unresolved")),
        State::Resolved | State::Withdrawn => None,
    }
}

/// Where an alert stands after somebody's answer; `None` when the answer does not fit.
pub(crate) fn answer(stand: Stand, said: Answer, priority: Priority, now: i64) -> Option<Stand> {
    if stand.state.is_over() {
        return None;
    }
    let to = |state, next| Stand { state, next, ..stand };
    match (said, stand.state) {
        (Answer::Ack, State::Responding) => None,
        (Answer::Ack, _) => Some(to(State::Acked, Some(now + priority.idle()))),
        (Answer::Respond, _) => Some(to(State::Responding, Some(now + priority.unresolved()))),
        (Answer::Pass, _) => Some(Stand {
            state: State::Notified,
            rung: (stand.rung + 1).min(LAST_RUNG),
            next: Some(now + priority.unanswered()),
        }),
        (Answer::Resolve, _) => Some(to(State::Resolved, None)),
        (Answer::Withdraw, _) => Some(to(State::Withdrawn, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said() -> impl Strategy<Value = Option<Answer>> {
        prop::option::of(prop::sample::select(vec![Answer::Ack, Answer::Respond, Answer::Pass]))
    }

    proptest! {
        /// Whatever people say short of its end, and however late the clock looks: it always has a next step, nobody who
        /// was called is forgotten, and when all fall silent the last rung is called again and again.
        #[test]
        fn an_alert_is_never_dropped(
            steps in prop::collection::vec((said(), 0i64..600 * 60_000), 0..40),
            which in prop::sample::select(Priority::ALL.to_vec()),
        ) {
            let mut now = 1_795_334_400_000;
            let mut stand = Stand { state: State::Triggered, rung: 0, next: Some(now) };
            for (said, wait) in steps {
                now += wait;
                let before = stand;
                if let Some((next, _)) = overdue_step(stand, which, now) {
                    stand = next;
                }
                if let Some(next) = said.and_then(|said| answer(stand, said, which, now)) {
                    stand = next;
                }
                prop_assert!(stand.rung >= before.rung && stand.next.is_some_and(|next| next > now - wait));
            }
            let mut called = 0;
            for _ in 0..10 {
                let next = stand.next.expect("a next step");
                prop_assert!(next - now <= which.unresolved());
                now = now.max(next);
                let (after, _) = overdue_step(stand, which, now).expect("a step that is due");
                prop_assert_eq!(after.state, State::Notified);
                called += i32::from(after.rung == LAST_RUNG);
                stand = after;
            }
            prop_assert!(called >= 7);
        }
    }

    #[test]
    fn to_have_read_it_is_not_to_have_done_it() {
        let now = 0;
        let stand = Stand { state: State::Notified, rung: 0, next: Some(120_000) };
        let read = answer(stand, Answer::Ack, Priority::High, now).unwrap();
        assert_eq!((read.state, read.next), (State::Acked, Some(300_000)));
        assert_eq!(
            overdue_step(read, Priority::High, 300_000).map(|(s, why)| (s.rung, why)),
            Some((1, "idle"))
        );
        let over = answer(read, Answer::Resolve, Priority::High, now).unwrap();
        assert_eq!((over.next, answer(over, Answer::Respond, Priority::High, now)), (None, None));
    }
}
