namespace BtcAgent.Cli.Datasets;

/// <summary>What <c>dataset build --json</c> prints.</summary>
internal sealed record DatasetSummary(
    string File, int Rows, int Features, int LabelsKnown, int Up, int Down, string Label, string SchemaHash, string DataHash);
