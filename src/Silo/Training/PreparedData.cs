using BtcAgent.Domain.Retraining;

namespace BtcAgent.Silo.Training;

/// <summary>Description of the prepared samples.</summary>
/// <param name="Source">Their origin, for the report and the lineage.</param>
/// <param name="Used">What was used and what was left out.</param>
internal sealed record PreparedData(string Source, UsedData Used);
