using System.Text;
using BtcAgent.Domain.Audit;
using BtcAgent.Testing;

namespace BtcAgent.Domain.Tests.Audit;

/// <summary>Each way of changing a recorded chain is found, and located to the entry.</summary>
public sealed class AuditVerifierTests
{
    private const int PerDay = 10;
    private const int Days = 3;

    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    [Fact]
    public void Verify_WholeChain_HasNoFault()
    {
        var (days, head) = Chain();
        var verifier = Verify(days, head);

        Assert.Empty(verifier.Faults);
        Assert.Equal(PerDay * Days, verifier.Entries);
        Assert.Equal(head, verifier.Last);
    }

    [Fact]
    public void Write_FirstEntryOfADay_ContainsTheLastHashOfTheDayBefore()
    {
        var (days, _) = Chain();
        var last = AuditFormat.Read(days[0].Lines[^1])!;

        Assert.Equal(last.Hash, AuditFormat.Read(days[1].Lines[0])!.Previous);
    }

    [Fact]
    public void Read_Entry_GivesBackWhatWasWritten()
    {
        var line = AuditFormat.Write(AuditHead.Genesis, Draft(1) with { Reason = "quotes \" and ‮ and ü", Before = "armed" }, Start);

        Assert.Equal(line.Entry, AuditFormat.Read(line.Text.AsSpan()));
        Assert.All(line.Text, character => Assert.InRange(character, (byte)' ', (byte)'~'));
    }

    [Fact]
    public void Write_Entry_HasTheGoldenForm()
    {
        var first = AuditFormat.Write(AuditHead.Genesis, Draft(1), Start);
        var second = AuditFormat.Write(new AuditHead(1, first.Entry.Hash, first.Day), Draft(2) with { Before = "armed", After = "not armed" }, Start);

        GoldenFile.Check("AuditEntry.json", $"{Encoding.ASCII.GetString(first.Text.AsSpan())}\n{Encoding.ASCII.GetString(second.Text.AsSpan())}");
    }

    [Theory]
    [InlineData(AuditKind.Operator, AuditOutcome.Requested)]
    [InlineData(AuditKind.Trading, AuditOutcome.Failed)]
    [InlineData(AuditKind.Audit, AuditOutcome.Pending)]
    [InlineData(AuditKind.Audit, AuditOutcome.Refused)]
    public void Read_KindAndOutcome_AreThoseWritten(AuditKind kind, AuditOutcome outcome)
    {
        var read = AuditFormat.Read(AuditFormat.Write(AuditHead.Genesis, Draft(1) with { Kind = kind, Outcome = outcome }, Start).Text.AsSpan())!;
        Assert.Equal((kind, outcome), (read.Kind, read.Outcome));
    }

    [Fact]
    public void Write_ClockSetBack_StaysInTheDay() =>
        Assert.Equal("2026-11-30", AuditFormat.Write(new AuditHead(4, new string('a', 64), "2026-11-30"), Draft(1), Start).Day);

    [Fact]
    public void Verify_AnyFlippedBit_IsLocatedToItsEntry()
    {
        var (original, head) = Chain();
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var days = Copy(original);
            var day = random.Next(Days);
            var entry = random.Next(PerDay);
            var line = days[day].Lines[entry];
            var at = random.Next(line.Length);
            line[at] ^= (byte)(1 << random.Next(8));
            if (line[at] == '\n')
            {
                continue; // Splits the line; the files' tests cover it.
            }

            var verifier = Verify(days, head);
            var fault = Assert.Single(verifier.Faults);
            Assert.Equal(((day * PerDay) + entry + 1, days[day].Day, entry + 1), (fault.Sequence, fault.Day, fault.Line));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(1, 0)]
    [InlineData(2, 8)]
    public void Verify_RemovedEntry_IsLocated(int day, int entry)
    {
        var (days, head) = Chain();
        days[day].Lines.RemoveAt(entry);

        var sequence = (day * PerDay) + entry + 1;
        var fault = Assert.Single(Verify(days, head).Faults);
        Assert.Equal(sequence, fault.Sequence);
        Assert.Equal($"entry {sequence} is missing before entry {sequence + 1}", fault.Problem);
    }

    [Fact]
    public void Verify_RemovedDay_IsLocated()
    {
        var (days, head) = Chain();
        days.RemoveAt(1);

        Assert.Equal("entries 11 to 20 are missing before entry 21", Assert.Single(Verify(days, head).Faults).Problem);
    }

    [Fact]
    public void Verify_ReorderedPair_IsLocated()
    {
        var (days, head) = Chain();
        (days[1].Lines[3], days[1].Lines[4]) = (days[1].Lines[4], days[1].Lines[3]);

        Assert.Equal(
            ["entry 14 is missing before entry 15", "entry 14 is out of order: it follows entry 15"],
            Verify(days, head).Faults.Select(fault => fault.Problem));
    }

    [Theory]
    [InlineData(1, "entry 30 is missing at the end")]
    [InlineData(4, "entries 27 to 30 are missing at the end")]
    public void Verify_TruncatedTail_IsLocated(int removed, string problem)
    {
        var (days, head) = Chain();
        days[^1].Lines.RemoveRange(PerDay - removed, removed);

        Assert.Equal(problem, Assert.Single(Verify(days, head).Faults).Problem);
    }

    [Fact]
    public void Verify_RewrittenTail_IsFoundByTheHead()
    {
        var (days, head) = Chain();
        var before = AuditFormat.Read(days[^1].Lines[^2])!;
        days[^1].Lines[^1] = [.. AuditFormat.Write(
            new AuditHead(before.Sequence, before.Hash, days[^1].Day), Draft(99), before.Time).Text];

        Assert.StartsWith("the last entry is 30", Assert.Single(Verify(days, head).Faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_RewrittenEntryWithItsOwnHash_IsFoundByTheNext()
    {
        var (days, head) = Chain();
        var before = AuditFormat.Read(days[0].Lines[4])!;
        days[0].Lines[5] = [.. AuditFormat.Write(new AuditHead(before.Sequence, before.Hash, days[0].Day), Draft(99), before.Time).Text];

        Assert.StartsWith("entry 7 does not follow from entry 6", Assert.Single(Verify(days, head).Faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_InsertedEntry_IsFound()
    {
        var (days, head) = Chain();
        days[0].Lines.Insert(5, days[0].Lines[4]);

        Assert.Equal("entry 5 is out of order: it follows entry 5", Assert.Single(Verify(days, head).Faults).Problem);
    }

    private static AuditVerifier Verify(IEnumerable<(string Day, List<byte[]> Lines)> days, AuditHead head)
    {
        var verifier = new AuditVerifier();
        foreach (var (day, lines) in days)
        {
            verifier.BeginDay(day);
            lines.ForEach(line => verifier.Add(line));
        }

        verifier.End(head);
        return verifier;
    }

    private static (List<(string Day, List<byte[]> Lines)> Days, AuditHead Head) Chain()
    {
        var days = new List<(string Day, List<byte[]> Lines)>();
        var head = AuditHead.Genesis;
        for (var i = 0; i < PerDay * Days; i++)
        {
            var line = AuditFormat.Write(head, Draft(i), Start + TimeSpan.FromDays(i / PerDay) + TimeSpan.FromSeconds(i));
            if (line.Day != head.Day)
            {
                days.Add((line.Day, []));
            }

            days[^1].Lines.Add([.. line.Text]);
            head = new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day);
        }

        return (days, head);
    }

    private static List<(string Day, List<byte[]> Lines)> Copy(List<(string Day, List<byte[]> Lines)> days) =>
        [.. days.Select(day => (day.Day, day.Lines.Select(line => (byte[])[.. line]).ToList()))];

    private static AuditDraft Draft(int number) => new()
    {
        Id = Encoding.ASCII.GetString([(byte)('a' + (number % 26))]),
        Kind = AuditKind.Operator,
        Actor = "ada",
        Role = "trader",
        Address = "127.0.0.1",
        Action = "halt",
        Subject = "main",
        Reason = $"reason {number}",
        Outcome = AuditOutcome.Done,
    };
}
