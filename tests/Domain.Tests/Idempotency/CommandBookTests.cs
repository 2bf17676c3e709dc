using System.Globalization;
using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Domain.Tests.Idempotency;

public sealed class CommandBookTests
{
    private const string Id = "00112233445566778899aabbccddeeff";

    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Keep = TimeSpan.FromHours(24);
    private static readonly CommandAnswer Done = new(200, "application/json", """{"isArmed":true}""");

    [Fact]
    public void Begin_UnknownKey_Runs()
    {
        var (book, turn) = Begin(CommandBook.Empty, Start);

        Assert.Equal(CommandTurnKind.Run, turn.Kind);
        Assert.Equal(turn.Record, book.Records[Id]);
    }

    [Fact]
    public void Begin_WhileTheFirstRuns_IsBusyUntilItsLeaseEnds()
    {
        var (book, first) = Begin(CommandBook.Empty, Start);

        Assert.Equal(CommandTurnKind.Busy, Begin(book, Start + Lease - TimeSpan.FromMilliseconds(1)).Turn.Kind);
        var (taken, again) = Begin(book, Start + Lease);
        Assert.Equal((CommandTurnKind.Run, first.Record.Operation), (again.Kind, again.Record.Operation));
        Assert.Equal(CommandTurnKind.Busy, Begin(taken, Start + Lease).Turn.Kind);
    }

    [Fact]
    public void Begin_Answered_ReplaysTheFirstAnswer()
    {
        var (book, turn) = Begin(CommandBook.Empty, Start);
        var answered = book.Answer(Id, turn.Record.Operation, Done).Answer(Id, turn.Record.Operation, Done with { Status = 500 });

        var repeat = Begin(answered, Start + Keep - TimeSpan.FromMilliseconds(1)).Turn;
        Assert.Equal((CommandTurnKind.Replay, Done), (repeat.Kind, repeat.Record.Answer));
    }

    [Fact]
    public void Begin_OtherRequest_IsDifferentWhileTheRecordIsKept()
    {
        var (book, _) = Begin(CommandBook.Empty, Start);

        Assert.Equal(CommandTurnKind.Different, book.Begin(Id, "other", Start, Lease, Keep).Turn.Kind);
        Assert.Equal(CommandTurnKind.Run, book.Begin(Id, "other", Start + Keep, Lease, Keep).Turn.Kind);
    }

    [Fact]
    public void Begin_AfterTheRecordsEnd_IsAnotherOperation()
    {
        var (book, first) = Begin(CommandBook.Empty, Start);
        var later = Begin(book.Answer(Id, first.Record.Operation, Done), Start + Keep).Turn;

        Assert.Equal(CommandTurnKind.Run, later.Kind);
        Assert.NotEqual(first.Record.Operation, later.Record.Operation);
    }

    [Fact]
    public void Answer_OfAnEndedOperation_ChangesNothing()
    {
        var (book, first) = Begin(CommandBook.Empty, Start);
        var (second, _) = Begin(book, Start + Keep);

        Assert.Same(second, second.Answer(Id, first.Record.Operation, Done));
    }

    [Fact]
    public void Release_LetsTheNextRepeatCarryOnTheSameOperation()
    {
        var (book, first) = Begin(CommandBook.Empty, Start);
        var turn = Begin(book.Release(Id, first.Record.Operation), Start).Turn;

        Assert.Equal((CommandTurnKind.Run, first.Record.Operation), (turn.Kind, turn.Record.Operation));
    }

    [Fact]
    public void ReleaseAll_LeavesAnswersAlone()
    {
        var (book, first) = Begin(CommandBook.Empty, Start);
        var answered = book.Answer(Id, first.Record.Operation, Done);

        Assert.Equal(CommandTurnKind.Run, Begin(book.ReleaseAll(), Start).Turn.Kind);
        Assert.Equal(CommandTurnKind.Replay, Begin(answered.ReleaseAll(), Start).Turn.Kind);
    }

    [Fact]
    public void Forget_RemovesOnlyWhatIsNotAnswered()
    {
        var (book, first) = Begin(CommandBook.Empty, Start);

        Assert.Empty(book.Forget(Id, first.Record.Operation).Records);
        Assert.Single(book.Answer(Id, first.Record.Operation, Done).Forget(Id, first.Record.Operation).Records);
    }

    [Fact]
    public void Sweep_RemovesRecordsThatHaveEnded()
    {
        var (book, _) = Begin(CommandBook.Empty, Start);
        var (both, _) = book.Begin("ff" + Id, "same", Start + TimeSpan.FromHours(1), Lease, Keep);

        Assert.Equal(["ff" + Id], both.Sweep(Start + Keep).Records.Keys);
    }

    [Fact]
    public void Begin_BookIsFull_DropsTheOldest()
    {
        var book = CommandBook.Empty;
        for (var i = 0; i <= CommandBook.RecordsMax; i++)
        {
            (book, _) = book.Begin(i.ToString("x32", CultureInfo.InvariantCulture), "same", Start + TimeSpan.FromSeconds(i), Lease, Keep);
        }

        Assert.Equal(CommandBook.RecordsMax, book.Records.Count);
        Assert.DoesNotContain(0.ToString("x32", CultureInfo.InvariantCulture), book.Records.Keys);
    }

    private static (CommandBook Book, CommandTurn Turn) Begin(CommandBook book, Timestamp now) => book.Begin(Id, "same", now, Lease, Keep);
}
