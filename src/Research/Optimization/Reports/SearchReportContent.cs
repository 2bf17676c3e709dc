using BtcAgent.Research.Optimization.Searches;

namespace BtcAgent.Research.Optimization.Reports;

/// <summary>Content of the report of a search.</summary>
/// <param name="Plan">Settings of the search.</param>
/// <param name="Outcome">Its result.</param>
/// <param name="Source">Description of the data.</param>
public sealed record SearchReportContent(SearchPlan Plan, SearchOutcome Outcome, string Source);
