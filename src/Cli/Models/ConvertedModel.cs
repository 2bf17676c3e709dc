namespace BtcAgent.Cli.Models;

/// <summary>What <c>model convert --json</c> prints.</summary>
internal sealed record ConvertedModel(
    string File, string Objective, int Trees, int Features, int Outputs, int ParityRows, long BranchDifferences, double MaxRelativeDifference);
