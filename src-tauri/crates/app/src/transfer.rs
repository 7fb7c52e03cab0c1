//! Bringing an old journal along, and taking this one out.

use std::ops::ControlFlow;
use std::path::Path;

use fristed_base::Moment;

use crate::convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::{ErrorCode, ExportDone, ExportFormat, ImportDone, ImportPreview, Progress};

/// Told how far a piece of work has come; says whether to go on.
pub type OnProgress<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

impl Fristed {
    /// Reads a file or a folder and says what an import of it would bring; nothing is written.
    ///
    /// The plan is kept for [`Fristed::import_run`].
    ///
    /// # Errors
    /// `UnknownFormat`, `BadFile`, `TooLarge`, `Cancelled`, `Io`.
    pub fn import_preview(
        &self,
        path: &Path,
        progress: OnProgress<'_>,
    ) -> Result<ImportPreview, AppError> {
        let journal = self.journal()?;
        let plan =
            fristed_exchange::preview(path, &journal, &chrono::Local, &mut |done, total| {
                progress(Progress { done, total })
            })?;
        let preview = convert::preview(plan.preview());
        self.state().plan = Some(plan);
        Ok(preview)
    }

    /// Brings in what was previewed last, all of it or nothing.
    ///
    /// # Errors
    /// `NotFound` where nothing was previewed, `Cancelled`, and what keeps a store from being
    /// written; after any of them the journal is as it was.
    pub fn import_run(
        &self,
        progress: OnProgress<'_>,
        now: Moment,
    ) -> Result<ImportDone, AppError> {
        let plan = self.state().plan.take().ok_or(ErrorCode::NotFound)?;
        let journal = self.journal()?;
        let mut forward = |done, total| progress(Progress { done, total });
        Ok(convert::import_done(plan.run(&journal, &mut forward, now)?))
    }

    /// Writes every entry outside the trash into a new or empty folder, unencrypted. Of a damaged
    /// store it writes everything that can be read, and says what it left out.
    ///
    /// # Errors
    /// `NotEmpty`, `Cancelled`, `Damaged` where not one entry can be read, and what keeps the
    /// folder from being written; after any of them the folder is as it was.
    pub fn export_run(
        &self,
        format: ExportFormat,
        folder: &Path,
        progress: OnProgress<'_>,
    ) -> Result<ExportDone, AppError> {
        let journal = self.journal()?;
        let mut forward = |done, total| progress(Progress { done, total });
        Ok(convert::export_done(match format {
            ExportFormat::Markdown => {
                fristed_exchange::export_markdown(&journal, folder, &mut forward)?
            }
            ExportFormat::Json => fristed_exchange::export_json(&journal, folder, &mut forward)?,
        }))
    }
}
