//! What is known of the way to the relay, from one round to the next.

use super::{ApiError, App, changed, lock};
use crate::id::AtMs;

/// How the rounds with the relay ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reachability {
    pub(crate) offline_since: Option<AtMs>,
    pub(crate) synced_at: Option<AtMs>,
    /// Why sync stands still though the relay answers, as a code of an error; waiting does not mend it.
    pub(crate) stopped: Option<String>,
    /// How the last round failed. One odd answer may be chance, the second in a row is not.
    failed: Option<String>,
}

impl Reachability {
    /// The relay cannot be reached. Returns whether that is news.
    fn note_offline(&mut self, at: AtMs) -> bool {
        let is_news = self.offline_since.is_none() || self.stopped.is_some();
        self.offline_since.get_or_insert(at);
        (self.stopped, self.failed) = (None, None);
        is_news
    }

    /// A round ended by what waiting does not mend. Returns whether that is news.
    fn note_failed(&mut self, code: &str) -> bool {
        if self.failed.as_deref() != Some(code) {
            self.failed = Some(code.to_owned());
            return false;
        }
        let is_news = self.stopped.as_deref() != Some(code);
        self.stopped = Some(code.to_owned());
        self.offline_since = None;
        is_news
    }

    fn note_synced(&mut self, at: AtMs) {
        *self = Self { synced_at: Some(at), ..Self::default() };
    }
}

impl App {
    pub(crate) fn note_offline(&self, at: AtMs) {
        let is_news = lock(&self.inner.sync_status).note_offline(at);
        if is_news {
            self.announce(vec![changed("sync")]);
        }
    }

    /// A round ended by what waiting does not mend: from the second time on people are told.
    pub(crate) fn note_failed(&self, why: &ApiError) {
        let is_news = lock(&self.inner.sync_status).note_failed(&why.code);
        if is_news {
            self.announce(vec![changed("sync")]);
        }
    }

    pub(crate) fn note_synced(&self, at: AtMs) {
        lock(&self.inner.sync_status).note_synced(at);
        self.announce(vec![changed("sync")]);
    }

    /// The relay took the knock of this device, which is no member yet.
    pub(crate) fn note_knocked(&self) {
        let before = std::mem::take(&mut *lock(&self.inner.sync_status));
        if before.stopped.is_some() || before.offline_since.is_some() {
            self.announce(vec![changed("sync")]);
        }
    }

    /// Why sync stands still, if it does.
    pub(crate) fn why_stopped(&self) -> Option<String> {
        lock(&self.inner.sync_status).stopped.clone()
    }

    /// Another relay: what was known of the way does not count.
    pub(crate) fn forget_reach(&self) {
        *lock(&self.inner.sync_status) = Reachability::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_the_second_time_in_a_row_and_goes_away_with_a_round() {
        let mut reach = Reachability::default();
        assert!(!reach.note_failed("disk_full"));
        assert_eq!(reach.stopped, None);
        assert!(!reach.note_failed("relay_nonsense"), "another failure is a first one");
        assert!(reach.note_failed("relay_nonsense"));
        assert_eq!(reach.stopped.as_deref(), Some("relay_nonsense"));
        assert!(!reach.note_failed("relay_nonsense"), "it is known by now");
        reach.note_synced(AtMs(7));
        assert_eq!((reach.stopped.clone(), reach.synced_at), (None, Some(AtMs(7))));
        assert!(!reach.note_failed("relay_nonsense"), "and counts from the start again");
    }

    #[test]
    fn a_relay_that_is_gone_is_offline_whatever_it_refused_before() {
        let mut reach = Reachability::default();
        reach.note_failed("relay_full");
        reach.note_failed("relay_full");
        assert!(reach.note_offline(AtMs(5)));
        assert_eq!((reach.stopped.clone(), reach.offline_since), (None, Some(AtMs(5))));
        assert!(!reach.note_offline(AtMs(9)), "it is offline since then");
        assert_eq!(reach.offline_since, Some(AtMs(5)));
    }
}
