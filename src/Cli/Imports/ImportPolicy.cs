namespace BtcAgent.Cli.Imports;

/// <summary>The treatment of gaps, repeated rows, rows out of order and irregular bars.</summary>
internal sealed record ImportPolicy(ImportChoice Gap, ImportChoice Duplicate, ImportChoice Disorder, ImportChoice Irregular);
