using BtcAgent.Domain.Retraining;

namespace BtcAgent.Silo.Training;

/// <summary>Description of the prepared samples.</summary>
/// <param name="Source">Their origin, for the report and the lineage.</param>
/// <param name="Used">The samples that were used, and those left out.</param>
internal sealed record PreparedData(string Source, UsedData Used);
