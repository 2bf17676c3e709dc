using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>
/// Pages of a list that the agent keeps in memory, newest first. A cursor is the time and id of the last row, so that rows which arrive between two
/// pages neither repeat nor hide others.
/// </summary>
internal static class RpcPage
{
    /// <summary>Rows of a page, and the newest rows that can be paged through; History has the others.</summary>
    public const int RowsMax = 500;

    private const int RowsDefault = 100;

    /// <exception cref="global::Grpc.Core.RpcException">The size or the cursor is invalid.</exception>
    public static (IReadOnlyList<T> Rows, string Next) Of<T>(
        IEnumerable<T> rows, Func<T, Timestamp> timeOf, Func<T, string> idOf, int pageSize, string cursor)
    {
        var size = SizeOf(pageSize, RowsDefault, RowsMax);
        var after = cursor.Length == 0 ? ((long Time, string Id)?)null : Parse(cursor);
        var left = rows
            .OrderByDescending(row => timeOf(row).UnixNanoseconds).ThenBy(idOf, StringComparer.Ordinal)
            .Where(row => after is not { } last || IsAfter((timeOf(row).UnixNanoseconds, idOf(row)), last))
            .Take(size + 1)
            .ToArray();
        return left.Length <= size
            ? (left, "")
            : (left[..size], Write(timeOf(left[size - 1]).UnixNanoseconds, idOf(left[size - 1])));
    }

    /// <exception cref="global::Grpc.Core.RpcException">The size is out of range.</exception>
    public static int SizeOf(int pageSize, int byDefault, int most) => pageSize switch
    {
        0 => byDefault,
        _ when pageSize > 0 && pageSize <= most => pageSize,
        _ => throw RpcProblem.BadField("page_size", string.Create(CultureInfo.InvariantCulture, $"page_size is {pageSize}: the range is 1…{most}, or 0 for {byDefault}")),
    };

    private static bool IsAfter((long Time, string Id) row, (long Time, string Id) last) =>
        row.Time < last.Time || (row.Time == last.Time && string.CompareOrdinal(row.Id, last.Id) > 0);

    private static string Write(long time, string id) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time} {id}")));

    private static (long Time, string Id) Parse(string cursor)
    {
        if (Base64Url.IsValid(cursor))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var time))
            {
                return (time, text[(space + 1)..]);
            }
        }

        throw RpcProblem.BadField("cursor", "cursor is not one of this list: send next_cursor of the page before, or none for the first page");
    }
}
