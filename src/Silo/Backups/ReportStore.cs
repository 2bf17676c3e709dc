using BtcAgent.Storage.Objects;

namespace BtcAgent.Silo.Backups;

/// <summary>Where models and reports of trainings are kept, beside the backups.</summary>
/// <param name="Store">The store of the section <c>Backup</c>.</param>
internal sealed record ReportStore(IObjectStore Store);
