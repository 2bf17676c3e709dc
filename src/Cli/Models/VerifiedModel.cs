namespace BtcAgent.Cli.Models;

/// <summary>The output of <c>model verify --json</c>.</summary>
internal sealed record VerifiedModel(string Id, bool Ok, int ParityRows, long BranchDifferences, double MaxRelativeDifference);
