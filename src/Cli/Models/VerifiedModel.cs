namespace BtcAgent.Cli.Models;

/// <summary>What <c>model verify --json</c> prints.</summary>
internal sealed record VerifiedModel(string Id, bool Ok, int ParityRows, long BranchDifferences, double MaxRelativeDifference);
