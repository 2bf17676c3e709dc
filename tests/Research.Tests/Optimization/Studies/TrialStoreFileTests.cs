using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Tests.Optimization.Studies;

/// <summary>
/// However a search is interrupted, resuming it gives the bytes of an uninterrupted one; a store that is damaged or belongs to
/// another search is refused.
/// </summary>
public sealed class TrialStoreFileTests : IDisposable
{
    private const int Folds = 3;

    private static readonly StudyOptions Options = new() { Trials = 14, Seed = 7, Objective = "parabola" };

    private readonly string _folder = Directory.CreateTempSubdirectory("btcagent-trials-").FullName;

    private string FilePath => Path.Combine(_folder, "search.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Resume_CutAnywhere_GivesTheSameBytes()
    {
        var whole = Search(jobs: 1);
        var random = new TrialRandom(3);
        var cuts = Enumerable.Range(0, 40).Select(_ => random.NextBelow(whole.Length)).Append(0).Append(whole.Length - 1).Append(whole.Length);
        foreach (var cut in cuts)
        {
            File.WriteAllBytes(FilePath, whole[..cut]);

            Assert.True(whole.AsSpan().SequenceEqual(Search(resume: true)), $"cut at {cut}");
        }
    }

    /// <summary>A line of zeros is what a file system may leave of a write at a power failure.</summary>
    [Fact]
    public void Resume_ZerosAtTheEnd_GivesTheSameBytes()
    {
        var whole = Search();
        File.WriteAllBytes(FilePath, [.. whole[..^100], .. new byte[100]]);

        Assert.True(whole.AsSpan().SequenceEqual(Search(resume: true)));
    }

    /// <summary>Cancels at each evaluation in turn, with trials in flight, and computes no finished fold twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Resume_CancelledAtEachEvaluation_ComputesNoFoldTwice(int jobs)
    {
        var whole = Search(jobs: 1);
        var folds = new FoldObjective(Folds);
        new Study(FoldObjective.Space, folds, new TpeSampler(), Options).Run();
        for (var stopAt = 1; stopAt <= folds.Calls; stopAt += 4)
        {
            File.Delete(FilePath);
            using var cancel = new CancellationTokenSource();
            var at = stopAt;
            var first = new FoldObjective(Folds) { Before = call => StudyTests.Cancel(call == at, cancel) };
            var rest = new FoldObjective(Folds);

            Search(jobs, first, cancel.Token);
            var resumed = Search(jobs, rest, resume: true);

            Assert.True(whole.AsSpan().SequenceEqual(resumed), $"cancelled at {stopAt}");
            // The call that was cancelled, and those that the other jobs were just beginning, have no fold.
            Assert.InRange(first.Calls + rest.Calls, folds.Calls, folds.Calls + jobs);
            Assert.Equal([FilePath], Directory.GetFiles(_folder));
        }
    }

    [Fact]
    public void Resume_FoldsOfAnotherSearch_AreNotUsed()
    {
        var whole = Search();
        File.Delete(FilePath);
        using var cancel = new CancellationTokenSource();
        var other = Options with { Seed = 8 };
        Search(1, new FoldObjective(Folds) { Before = call => StudyTests.Cancel(call == 3, cancel) }, cancel.Token, other);
        Assert.True(File.Exists(FilePath + ".folds"));
        File.Delete(FilePath);

        Assert.True(whole.AsSpan().SequenceEqual(Search()));
    }

    [Fact]
    public void Trials_ReadBack_AreTheTrials()
    {
        using var store = TrialStoreFile.Open(FilePath, resume: false);
        var result = new Study(FoldObjective.Space, new FoldObjective(Folds), new TpeSampler(), Options, store).Run();
        store.Dispose();

        using var again = TrialStoreFile.Open(FilePath, resume: true);

        Assert.Equal(FoldObjective.Space.Hash, again.Identity!.Space.Hash);
        Assert.Empty(again.Warnings);
        foreach (var (expected, actual) in result.Trials.Zip(again.Trials))
        {
            Assert.Equal((expected.Number, expected.Point, expected.State, expected.Value), (actual.Number, actual.Point, actual.State, actual.Value));
            Assert.Equal(expected.Folds.SelectMany(f => f.Returns.Prepend(f.Score)), actual.Folds.SelectMany(f => f.Returns.Prepend(f.Score)));
        }
    }

    [Fact]
    public void Open_TornLastLine_Warns()
    {
        File.WriteAllBytes(FilePath, Search()[..^5]);

        using var store = TrialStoreFile.Open(FilePath, resume: true);

        Assert.Contains("is cut off", Assert.Single(store.Warnings), StringComparison.Ordinal);
        Assert.Equal(Options.Trials - 1, store.Trials.Length);
    }

    [Fact]
    public void Open_DamagedEarlierLine_NamesTheLine()
    {
        var bytes = Search();
        var third = bytes.AsSpan().IndexOf("\"trial\":1,"u8);
        bytes[third + 12] ^= 1;
        File.WriteAllBytes(FilePath, bytes);

        var e = Assert.Throws<TrialStoreException>(() => TrialStoreFile.Open(FilePath, resume: true));

        Assert.Contains("line 3 of", e.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Open_MissingLine_IsRefused()
    {
        var lines = File.ReadAllLines(Write(Search()));
        File.WriteAllLines(FilePath, lines.Where((_, i) => i != 4));

        Assert.Contains("in the place of trial 3", Assert.Throws<TrialStoreException>(() => TrialStoreFile.Open(FilePath, resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_OtherSearch_SaysWhatDiffers()
    {
        Search();
        string Refusal(StudyOptions options, int folds = Folds, ISampler? sampler = null)
        {
            using var store = TrialStoreFile.Open(FilePath, resume: true);
            return Assert.Throws<TrialStoreException>(() =>
                new Study(FoldObjective.Space, new FoldObjective(folds), sampler ?? new TpeSampler(), options, store).Run()).Message;
        }

        Assert.Contains("it has the seed 7, not 8", Refusal(Options with { Seed = 8 }), StringComparison.Ordinal);
        Assert.Contains("the objective 'parabola', not 'x'", Refusal(Options with { Objective = "x" }), StringComparison.Ordinal);
        Assert.Contains("the lag 4, not 2", Refusal(Options with { Lag = 2 }), StringComparison.Ordinal);
        Assert.Contains("3 folds, not 4", Refusal(Options, folds: 4), StringComparison.Ordinal);
        Assert.Contains("not 'random'", Refusal(Options, sampler: new RandomSampler()), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNotAStore_IsLeftAlone()
    {
        File.WriteAllText(FilePath, "notes");

        Assert.Contains("is not a store", Assert.Throws<TrialStoreException>(() => Search(resume: true)).Message, StringComparison.Ordinal);
        Assert.Contains("exists", Assert.Throws<TrialStoreException>(() => Search()).Message, StringComparison.Ordinal);
        Assert.Equal("notes", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Open_TwiceAtOnce_RefusesTheSecond()
    {
        using var store = TrialStoreFile.Open(FilePath, resume: false);

        Assert.Contains("another process may be using it", Assert.Throws<TrialStoreException>(() => TrialStoreFile.Open(FilePath, resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_MoreTrials_Continues()
    {
        var whole = Search();
        File.Delete(FilePath);
        Search(options: Options with { Trials = 6 });

        Assert.True(whole.AsSpan().SequenceEqual(Search(resume: true)));
    }

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        return FilePath;
    }

    private byte[] Search(
        int jobs = 1, FoldObjective? objective = null, CancellationToken ct = default, StudyOptions? options = null, bool resume = false)
    {
        using (var store = TrialStoreFile.Open(FilePath, resume))
        {
            new Study(
                FoldObjective.Space, objective ?? new FoldObjective(Folds), new TpeSampler(), (options ?? Options) with { Jobs = jobs }, store).Run(ct: ct);
        }

        return File.ReadAllBytes(FilePath);
    }
}
