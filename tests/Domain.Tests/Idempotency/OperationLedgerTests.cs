using System.Globalization;
using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Domain.Tests.Idempotency;

public sealed class OperationLedgerTests
{
    [Fact]
    public void Find_KnownAndUnknown_ReturnsTheResultOrNull()
    {
        var ledger = OperationLedger.Empty.Add("a", "key 1").Add("b").Add(null, "nothing");

        Assert.Equal("key 1", ledger.Find("a")?.Result);
        Assert.NotNull(ledger.Find("b"));
        Assert.Null(ledger.Find("c"));
        Assert.Null(ledger.Find(null));
        Assert.Equal(2, ledger.Done.Length);
    }

    [Fact]
    public void Add_KnownOperation_ReplacesItsResult()
    {
        var ledger = OperationLedger.Empty.Add("a").Add("a", "refused");

        Assert.Equal("refused", Assert.Single(ledger.Done).Result);
    }

    [Fact]
    public void Add_MoreThanAreKept_DropsTheOldest()
    {
        var ledger = OperationLedger.Empty;
        for (var i = 0; i <= OperationLedger.KeptMax; i++)
        {
            ledger = ledger.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(OperationLedger.KeptMax, ledger.Done.Length);
        Assert.Null(ledger.Find("0"));
    }
}
