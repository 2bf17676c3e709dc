using System.Text.Json;

namespace BtcAgent.Client.Api;

/// <summary>A page of history.</summary>
/// <param name="Items">Rows; docs/history.md has the fields of each data set.</param>
/// <param name="Next">Cursor of the next page; null after the last row.</param>
internal sealed record HistoryAnswer(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Items, string? Next);
