using BtcAgent.Domain.Access;
using BtcAgent.Domain.Confirmations;

namespace BtcAgent.Domain.Tests.Confirmations;

/// <summary>The rules of commands that need two persons.</summary>
public sealed class ConfirmationInboxTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_800_000_000_000);

    [Fact]
    public void Confirm_ByThePersonWhoRequested_IsRefused()
    {
        var change = Inbox().Confirm("1", "ada", AccessRole.Admin, Start);
        Assert.Null(change.Confirmation);
        Assert.Contains("another person", change.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_ByALowerRole_IsRefused() =>
        Assert.Contains("risk-manager", Inbox().Confirm("1", "bob", AccessRole.Trader, Start).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Confirm_Twice_IsAcceptedOnce()
    {
        var first = Inbox().Confirm("1", "bob", AccessRole.RiskManager, Start);
        Assert.Equal(ConfirmationState.Confirmed, first.Confirmation!.StateAt(Start));
        Assert.Contains("confirmed by bob", first.Inbox.Confirm("1", "eve", AccessRole.Admin, Start).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_AtItsEnd_IsRefused()
    {
        var late = Start + TimeSpan.FromMinutes(10);
        Assert.Contains("expired", Inbox().Confirm("1", "bob", AccessRole.RiskManager, late).Refusal, StringComparison.Ordinal);
        Assert.Equal(ConfirmationState.Expired, Inbox().Find("1")!.StateAt(late));
    }

    [Fact]
    public void Refuse_ByThePersonWhoRequested_TakesItBack()
    {
        var refused = Inbox().Refuse("1", "ada", "a mistake", Start).Inbox;
        Assert.Contains("refused by ada", refused.Confirm("1", "bob", AccessRole.RiskManager, Start).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_Confirmed_RecordsTheResultOnce()
    {
        var confirmed = Inbox().Confirm("1", "bob", AccessRole.RiskManager, Start).Inbox;
        var finished = confirmed.Finish("1", isDone: true, "armed").Inbox;

        Assert.Equal((ConfirmationState.Done, "armed"), (finished.Find("1")!.Stored, finished.Find("1")!.Result));
        Assert.NotNull(finished.Finish("1", isDone: false, "again").Refusal);
        Assert.NotNull(Inbox().Finish("1", isDone: true, "early").Refusal);
    }

    [Fact]
    public void Request_MoreThanMayWait_IsRefusedUntilSomeEnd()
    {
        var inbox = ConfirmationInbox.Empty;
        for (var i = 0; i < ConfirmationInbox.PendingMax; i++)
        {
            inbox = inbox.Request(Wanted($"{i}") with { RequestedBy = $"key-{i}" }, Start).Inbox;
        }

        Assert.NotNull(inbox.Request(Wanted("more"), Start).Refusal);
        Assert.Null(inbox.Request(Wanted("more"), Start + TimeSpan.FromMinutes(10)).Refusal);
    }

    [Fact]
    public void Request_ManyOfOnePerson_IsRefusedAndOthersStillMay()
    {
        var inbox = ConfirmationInbox.Empty;
        for (var i = 0; i < ConfirmationInbox.PendingOfOneMax; i++)
        {
            inbox = inbox.Request(Wanted($"{i}") with { RequestedBy = i % 2 == 0 ? "bob" : "Bob" }, Start).Inbox;
        }

        Assert.Contains("of 'BOB' wait", inbox.Request(Wanted("more") with { RequestedBy = "BOB" }, Start).Refusal, StringComparison.Ordinal);
        Assert.Null(inbox.Request(Wanted("more") with { RequestedBy = "eve" }, Start).Refusal);
        Assert.NotNull(inbox.Confirm("0", "BOB", AccessRole.Admin, Start).Refusal);
    }

    [Fact]
    public void Request_MoreThanAreKept_DropsTheOldestDecidedOne()
    {
        var inbox = ConfirmationInbox.Empty;
        for (var i = 0; i <= ConfirmationInbox.KeptMax; i++)
        {
            inbox = inbox.Request(Wanted($"{i}"), Start).Inbox.Refuse($"{i}", "ada", "a drill", Start).Inbox;
        }

        Assert.Equal(ConfirmationInbox.KeptMax, inbox.Items.Length);
        Assert.Null(inbox.Find("0"));
    }

    private static ConfirmationInbox Inbox() => ConfirmationInbox.Empty.Request(Wanted("1"), Start).Inbox;

    private static Confirmation Wanted(string id) => new()
    {
        Id = id,
        Verb = "arm",
        Subject = "",
        Summary = "arm",
        Command = "{}",
        Role = AccessRole.RiskManager,
        RequestedBy = "ada",
        Reason = "a drill",
        RequestedAt = Start,
        ExpiresAt = Start + TimeSpan.FromMinutes(10),
    };
}
