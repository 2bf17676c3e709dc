namespace BtcAgent.History.Queries;

/// <summary>Rows of a query.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Values; null where there is none.</param>
/// <param name="IsTruncated">True when there were more rows than the limit.</param>
public sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows, bool IsTruncated);
