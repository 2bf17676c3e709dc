namespace BtcAgent.Contracts.Queries;

/// <summary>Rows in the requested format.</summary>
/// <param name="Content">The body of the answer.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Next">Cursor of the next page; null after the last row.</param>
public sealed record HistoryPage(byte[] Content, string ContentType, int Rows, string? Next);
