namespace BtcAgent.Cli.Models;

/// <summary>The output of <c>model convert --json</c>.</summary>
internal sealed record ConvertedModel(
    string File, string Objective, int Trees, int Features, int Outputs, int ParityRows, long BranchDifferences, double MaxRelativeDifference);
