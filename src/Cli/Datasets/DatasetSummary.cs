namespace BtcAgent.Cli.Datasets;

/// <summary>The output of <c>dataset build --json</c>.</summary>
internal sealed record DatasetSummary(
    string File, int Rows, int Features, int LabelsKnown, int Up, int Down, string Label, string SchemaHash, string DataHash);
