//! Long work: one thread each, with progress and a way to stop.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::{ApiError, App, changed, lock};
use crate::{
    id::{ImportId, JobId},
    io::SystemEntropy,
    job::{JobStarted, JobView, PartsDone},
    sync::Entropy,
};

/// Finished jobs that are remembered.
const JOBS_MAX: usize = 64;

/// All jobs since the start.
#[derive(Debug, Default)]
pub struct Jobs {
    by_id: Mutex<HashMap<JobId, Arc<Job>>>,
    of_import: Mutex<HashMap<ImportId, JobId>>,
}

#[derive(Debug)]
struct Job {
    kind: &'static str,
    done: AtomicU32,
    total: AtomicU32,
    is_stopping: AtomicBool,
    end: Mutex<Option<Result<&'static str, String>>>,
    did: Mutex<Option<PartsDone>>,
}

/// What a job tells and hears while it works.
#[derive(Debug, Clone)]
pub struct JobContext {
    job: Arc<Job>,
}

impl JobContext {
    /// Tells how far it is.
    pub fn progress(&self, done: u32, total: u32) {
        self.job.done.store(done, Ordering::Relaxed);
        self.job.total.store(total, Ordering::Relaxed);
    }

    /// Tells what an action did that is done.
    pub fn did(&self, done: PartsDone) {
        *lock(&self.job.did) = Some(done);
    }

    /// Whether it shall stop at the next safe place.
    pub fn is_stopping(&self) -> bool {
        self.job.is_stopping.load(Ordering::Relaxed)
    }
}

impl Jobs {
    /// Asks a job to stop at the next safe place.
    pub fn stop(&self, id: JobId) {
        if let Some(job) = lock(&self.by_id).get(&id) {
            job.is_stopping.store(true, Ordering::Relaxed);
        }
    }

    /// The job that works at an import now. What the database says can be older: of a run that was cut off.
    pub fn of_import(&self, import: ImportId) -> Option<JobId> {
        let job = lock(&self.of_import).get(&import).copied()?;
        self.is_live(job).then_some(job)
    }

    fn is_live(&self, id: JobId) -> bool {
        lock(&self.by_id).get(&id).is_some_and(|job| lock(&job.end).is_none())
    }

    fn is_of_kind(&self, id: JobId, kind: &str) -> bool {
        lock(&self.by_id).get(&id).is_some_and(|job| job.kind == kind)
    }

    /// Tells how a job stands.
    ///
    /// # Errors
    /// [`ApiError`] if there is none.
    pub fn view(&self, id: JobId) -> Result<JobView, ApiError> {
        let job =
            lock(&self.by_id).get(&id).cloned().ok_or_else(|| ApiError::new("not_found", "no such job"))?;
        let (state, error) = match &*lock(&job.end) {
            None => ("running", None),
            Some(Ok(state)) => (*state, None),
            Some(Err(code)) => ("failed", Some(code.clone())),
        };
        Ok(JobView {
            id,
            kind: job.kind.to_owned(),
            state: state.to_owned(),
            done: job.done.load(Ordering::Relaxed),
            total: job.total.load(Ordering::Relaxed),
            error,
            did: *lock(&job.did),
        })
    }
}

impl App {
    /// Starts long work. `work` ends with the word of its state: done, paused or cancelled.
    pub fn start_job(
        &self,
        kind: &'static str,
        work: impl FnOnce(&App, &JobContext) -> Result<&'static str, ApiError> + Send + 'static,
    ) -> JobStarted {
        let id = JobId(SystemEntropy.bytes());
        let job = Arc::new(Job {
            kind,
            done: AtomicU32::new(0),
            total: AtomicU32::new(0),
            is_stopping: AtomicBool::new(false),
            end: Mutex::new(None),
            did: Mutex::new(None),
        });
        {
            let mut jobs = lock(&self.jobs().by_id);
            if jobs.len() >= JOBS_MAX {
                jobs.retain(|_, job| lock(&job.end).is_none());
            }
            jobs.insert(id, Arc::clone(&job));
        }
        let app = self.clone();
        std::thread::spawn(move || {
            let context = JobContext { job: Arc::clone(&job) };
            // A job that fell over has ended too: nobody shall wait for it.
            let end = catch_unwind(AssertUnwindSafe(|| work(&app, &context)))
                .unwrap_or_else(|_| Err(ApiError::new("internal", "the work fell over")));
            *lock(&job.end) = Some(end.map_err(|error| error.code));
            app.announce(vec![changed("job"), changed("import"), changed("contact")]);
        });
        JobStarted { job: id }
    }

    /// Starts work at an import, or joins the same work if it goes on already.
    ///
    /// # Errors
    /// [`ApiError`] if other work at this import goes on.
    pub fn start_import_job(
        &self,
        kind: &'static str,
        import: ImportId,
        work: impl FnOnce(&App, &JobContext) -> Result<&'static str, ApiError> + Send + 'static,
    ) -> Result<JobStarted, ApiError> {
        let mut of_import = lock(&self.jobs().of_import);
        if let Some(job) = of_import.get(&import).copied().filter(|job| self.jobs().is_live(*job)) {
            return if self.jobs().is_of_kind(job, kind) {
                Ok(JobStarted { job })
            } else {
                Err(ApiError::new("import_started", "this import is being worked at"))
            };
        }
        let started = self.start_job(kind, work);
        of_import.insert(import, started.job);
        Ok(started)
    }
}
