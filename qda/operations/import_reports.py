"""Keeping the report of an import in the project, in the step of the import itself."""

from qda.model.import_report import ImportReport, ReportBuilder
from qda.store import history, import_reports
from qda.store.project_file import ProjectFile


def keep_report(project: ProjectFile, report: ReportBuilder, coder: str) -> ImportReport:
    """Keep the report of an import within its operation, so that undoing takes it along.

    Called last. An import that changed nothing is no step, so its report is not kept either.
    """
    finished = report.finished()
    if history.has_changed(project.connection):
        import_reports.insert(project.connection, finished, coder)
    return finished
