using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Domain;
using Grpc.Core;

namespace BtcAgent.Client.Tests.Rpc;

public sealed class RpcPageTests
{
    private static readonly (long Time, string Id)[] Rows = [(3, "a"), (2, "b"), (2, "a"), (2, "c"), (1, "a")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(0)]
    public void Of_PageAfterPage_HasEachRowOnceNewestFirst(int size)
    {
        var seen = new List<(long, string)>();
        var cursor = "";
        do
        {
            var (rows, next) = Page(Rows, size, cursor);
            seen.AddRange(rows);
            cursor = next;
        }
        while (cursor.Length > 0 && seen.Count <= Rows.Length);

        Assert.Equal([(3L, "a"), (2L, "a"), (2L, "b"), (2L, "c"), (1L, "a")], seen);
    }

    [Fact]
    public void Of_RowsArriveBetweenPages_NeitherRepeatsNorHides()
    {
        var (first, next) = Page(Rows, 2, "");
        var (second, _) = Page([.. Rows, (9, "new"), (4, "new")], 5, next);

        Assert.Equal(5, first.Concat(second).Distinct().Count());
        Assert.DoesNotContain(second, row => row.Id == "new");
    }

    [Theory]
    [InlineData(-1, "", "page_size")]
    [InlineData(501, "", "page_size")]
    [InlineData(1, "%", "cursor")]
    [InlineData(1, "eHl6", "cursor")]
    public void Of_InvalidArgument_NamesTheField(int size, string cursor, string field)
    {
        var refusal = Assert.Throws<RpcException>(() => Page(Rows, size, cursor));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal(field, Assert.Single(refusal.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field);
    }

    private static (IReadOnlyList<(long Time, string Id)> Rows, string Next) Page((long Time, string Id)[] rows, int size, string cursor) =>
        RpcPage.Of(rows, row => new Timestamp(row.Time), row => row.Id, size, cursor);
}
